-- A submission that was transferred came to its posting by the employer, not by its agency.
alter table submission add column transferred_at timestamptz;
