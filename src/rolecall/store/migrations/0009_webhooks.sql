-- Webhooks: who wants to hear of what, and what was sent to them.

-- The events of one request, task or command have one cause.
alter table event add column cause uuid;

-- A subscription. `events` are words of the surface it was made by, `event_types` our events that they come from.
create table webhook (
    workspace_id uuid not null references workspace (id) on delete cascade,
    id           uuid not null,
    surface      text not null,
    name         text not null,
    url          text not null,
    events       text[] not null,
    event_types  text[] not null,
    active       boolean not null default true,
    secret       bytea not null,
    created_at   timestamptz not null,
    updated_at   timestamptz not null,
    primary key (workspace_id, id)
);

-- A message to one receiver, as it is sent on each try, and what became of the last one.
create table webhook_delivery (
    workspace_id uuid not null,
    id           uuid not null,
    webhook_id   uuid not null,
    event_id     uuid not null,
    event        text not null,
    body         bytea not null,
    status       text not null check (status in ('waiting', 'delivered', 'failed')),
    tries        integer not null default 0,
    tried_at     timestamptz,
    next_try_at  timestamptz,
    answer       integer,
    answer_body  text,
    problem      text,
    milliseconds integer,
    created_at   timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, webhook_id, event_id),
    foreign key (workspace_id, webhook_id) references webhook (workspace_id, id) on delete cascade
);
create index on webhook_delivery (created_at);
