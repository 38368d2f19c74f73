-- Where a contest that is upheld takes a hire's invoice back, another agency may be paid instead: a hire of its own, which
-- replaces the first one.
alter table agency_hire
    add column replaces_id uuid,
    add foreign key (workspace_id, replaces_id) references agency_hire (workspace_id, id) on delete cascade;
alter table agency_hire drop constraint agency_hire_workspace_id_submission_id_key;
create unique index agency_hire_submission on agency_hire (workspace_id, submission_id) where replaces_id is null;
create index on agency_hire (workspace_id, submission_id);
create unique index agency_hire_replaces on agency_hire (workspace_id, replaces_id);
