-- Where a company's page on LinkedIn is.
alter table company add column linkedin_url text;
