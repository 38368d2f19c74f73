-- Embedded screens. A link to one is a launch token: the first page that opens it is the only one that may open it
-- again, and each opening gives that page a session of its own, which ends with the link at the latest.
create table screen_link (
    workspace_id uuid not null,
    id           uuid not null,
    origin       text,
    opened_at    timestamptz not null,
    expires_at   timestamptz not null,
    primary key (workspace_id, id)
);

-- token_hash is the SHA-256 of a random token that only the page has. origin is that of the framing page, null where
-- the browser did not tell; opened_from is the session of the screen that led to this one.
create table screen_session (
    workspace_id  uuid not null,
    id            uuid not null,
    link_id       uuid not null,
    token_hash    bytea not null,
    screen        text not null check (screen in ('settings', 'tasks', 'job', 'application')),
    credential_id uuid not null,
    connector_id  uuid not null,
    client_id     uuid not null,
    user_id       uuid not null,
    job_id        uuid,
    submission_id uuid,
    origin        text,
    opened_from   uuid,
    created_at    timestamptz not null,
    expires_at    timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, token_hash),
    foreign key (workspace_id, link_id) references screen_link (workspace_id, id) on delete cascade,
    foreign key (workspace_id, connector_id) references connector (workspace_id, id) on delete cascade,
    foreign key (workspace_id, client_id) references client (workspace_id, id) on delete cascade,
    foreign key (workspace_id, user_id) references client_user (workspace_id, id) on delete cascade,
    foreign key (workspace_id, job_id) references job (workspace_id, id) on delete cascade,
    foreign key (workspace_id, submission_id) references submission (workspace_id, id) on delete cascade,
    foreign key (workspace_id, opened_from) references screen_session (workspace_id, id)
        on delete set null (opened_from)
);
create index on screen_session (workspace_id, link_id);
create index on screen_session (workspace_id, connector_id);
create index on screen_session (workspace_id, client_id);
create index on screen_session (workspace_id, user_id);
create index on screen_session (workspace_id, job_id);
create index on screen_session (workspace_id, submission_id);
create index on screen_session (workspace_id, opened_from);
create index on screen_link (expires_at);
