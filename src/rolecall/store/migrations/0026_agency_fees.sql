-- A client may agree on several fees with an agency it prefers: percent of the first year's pay, in the order in which
-- the client lists them, note saying what each is for. With none the posting's own fee holds.
create table agency_fee (
    workspace_id uuid not null,
    client_id    uuid not null,
    agency_id    uuid not null,
    position     integer not null check (position >= 0),
    percent      numeric(5, 2) not null check (percent > 0 and percent <= 100),
    note         text,
    primary key (workspace_id, client_id, agency_id, position),
    foreign key (workspace_id, client_id, agency_id)
        references preferred_agency (workspace_id, client_id, agency_id) on delete cascade
);

insert into agency_fee (workspace_id, client_id, agency_id, position, percent)
select workspace_id, client_id, agency_id, 0, fee_percent from preferred_agency where fee_percent is not null;

alter table preferred_agency drop column fee_percent;

-- Postings that people still work on, which a task looks through for candidates who wait to be sorted.
create index posting_watched on posting (workspace_id, id) where state in ('open', 'yielded', 'locked');
