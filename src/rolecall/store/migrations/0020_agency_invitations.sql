-- The organization API: what a client is called, who works for an agency, and whom clients invite.
alter table client add column name text;

create table agency_recruiter (
    workspace_id uuid not null,
    id           uuid not null,
    agency_id    uuid not null,
    first_name   text not null,
    last_name    text not null,
    email        text not null,
    phone        text,
    disabled_at  timestamptz,
    created_at   timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, agency_id, email),
    foreign key (workspace_id, agency_id) references agency (workspace_id, id) on delete cascade
);

-- custom_fees is a list of objects with percentage (text, two decimals) and note. agency_id is there once it is accepted.
create table agency_invitation (
    workspace_id  uuid not null,
    id            uuid not null,
    client_id     uuid not null,
    status        text not null check (status in ('pending', 'accepted', 'declined')),
    optimized_fee boolean not null,
    first_name    text,
    last_name     text,
    email         text,
    company_name  text,
    custom_fees   jsonb not null,
    agency_id     uuid,
    created_at    timestamptz not null,
    expires_at    timestamptz not null,
    mailed_at     timestamptz,
    settled_at    timestamptz,
    primary key (workspace_id, id),
    foreign key (workspace_id, client_id) references client (workspace_id, id) on delete cascade,
    foreign key (workspace_id, agency_id) references agency (workspace_id, id) on delete set null (agency_id)
);
create index on agency_invitation (workspace_id, client_id);
create index on agency_invitation (workspace_id, agency_id);

-- Who invites an address again renews the invitation that waits.
create unique index agency_invitation_waiting on agency_invitation (workspace_id, client_id, lower(email))
    where status = 'pending' and email is not null;
