-- Linked systems: whose they are, how they were linked, and when they were read.

-- origin_id is the caller's own id of the end customer, whose organization is the connector's name. secrets_sealed is
-- what the customer entered to let us in, encrypted. syncs counts the times that everything was read to the end.
-- company_id is the company that its jobs belong to. From deleted_at on a connector is gone for everybody; a task
-- removes its records, and then the row.
alter table connector
    add column origin_id        text,
    add column end_user_email   text,
    add column secrets_sealed   bytea,
    add column completed_at     timestamptz,
    add column relink_needed_at timestamptz,
    add column sync_status      text check (sync_status in ('syncing', 'done', 'failed')),
    add column sync_started_at  timestamptz,
    add column sync_due_at      timestamptz,
    add column syncs            integer not null default 0,
    add column company_id       uuid,
    add column deleted_at       timestamptz,
    add foreign key (workspace_id, company_id) references company (workspace_id, id) on delete set null (company_id);
update connector set completed_at = created_at where status = 'COMPLETE';
create index on connector (workspace_id, company_id);

-- A customer links one system once in each environment; to do it again is to link the same one anew.
create unique index connector_origin on connector (workspace_id, environment, integration, origin_id)
    where origin_id is not null and deleted_at is null;
create index connector_due on connector (sync_due_at) where sync_due_at is not null;
