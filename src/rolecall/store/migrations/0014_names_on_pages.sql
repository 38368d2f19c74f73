-- Job pages are kept as they are until what they show changes. Departments and locations are on the pages of any number of
-- jobs, so a new name of one of them raises this number, and all pages of the workspace are made anew.
alter table workspace add column names_version bigint not null default 0;
