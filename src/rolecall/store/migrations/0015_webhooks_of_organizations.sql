-- Webhooks of an organization as a whole: for the connectors of one environment, signed with one key.

-- The key, sealed.
alter table workspace add column webhook_key bytea;

alter table webhook add column environment text check (environment in ('production', 'development'));

-- Which connector a message is about, and every try of it: when, the answer or why there was none, and how long it took.
alter table webhook_delivery
    add column connector_id uuid,
    add column attempts     jsonb not null default '[]',
    add foreign key (workspace_id, connector_id) references connector (workspace_id, id) on delete cascade;
create index on webhook_delivery (workspace_id, connector_id);

-- What one request has changed is told in one message.
create index on event (workspace_id, cause);
