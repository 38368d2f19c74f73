-- Agencies at work: whom they submit to a posting, how far those people come, what is said and paid, and who signs in.

-- What an organization tells of itself, where its invoices go, and who works there.
alter table client
    add column website text,
    add column address text,
    add column about   text;
alter table client_user
    add column first_name text,
    add column last_name  text,
    add column email      text;

create table cost_center (
    workspace_id       uuid not null,
    id                 uuid not null,
    client_id          uuid not null,
    name               text not null,
    address            text not null,
    invoice_recipients text[] not null default '{}',
    notice             text,
    is_default         boolean not null default false,
    archived_at        timestamptz,
    created_at         timestamptz not null,
    updated_at         timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, client_id, name),
    foreign key (workspace_id, client_id) references client (workspace_id, id) on delete cascade
);
create unique index cost_center_default on cost_center (workspace_id, client_id) where is_default;

-- warned_days: the day of the last warning that new candidates wait to be sorted.
alter table posting
    add column cost_center_id uuid,
    add column locked_at      timestamptz,
    add column warned_days    integer,
    add foreign key (workspace_id, cost_center_id) references cost_center (workspace_id, id)
        on delete set null (cost_center_id);
create index on posting (workspace_id, cost_center_id);

-- How a recruiter signs in. Sessions from before sessions_since count no more.
alter table agency_recruiter
    add column role            text not null default 'recruiter'
        check (role in ('recruiter', 'team_manager', 'finance_manager')),
    add column password_hash   text,
    add column failed_sign_ins integer not null default 0,
    add column locked_until    timestamptz,
    add column signed_in_at    timestamptz,
    add column sessions_since  timestamptz;
create index on agency_recruiter (workspace_id, lower(email));

-- token_hash is the SHA-256 of a random token that only the browser has.
create table agency_session (
    workspace_id uuid not null,
    id           uuid not null,
    recruiter_id uuid not null,
    token_hash   bytea not null,
    user_agent   text,
    created_at   timestamptz not null,
    seen_at      timestamptz not null,
    expires_at   timestamptz not null,
    revoked_at   timestamptz,
    primary key (workspace_id, id),
    unique (workspace_id, token_hash),
    foreign key (workspace_id, recruiter_id) references agency_recruiter (workspace_id, id) on delete cascade
);
create index on agency_session (workspace_id, recruiter_id);

-- A link that signs a recruiter in, once.
create table agency_sign_in_link (
    workspace_id uuid not null,
    id           uuid not null,
    recruiter_id uuid not null,
    token_hash   bytea not null,
    created_at   timestamptz not null,
    expires_at   timestamptz not null,
    used_at      timestamptz,
    primary key (workspace_id, id),
    unique (workspace_id, token_hash),
    foreign key (workspace_id, recruiter_id) references agency_recruiter (workspace_id, id) on delete cascade
);
create index on agency_sign_in_link (workspace_id, recruiter_id);

-- Asked by an agency, answered by the client for all agencies that the posting goes to.
create table posting_question (
    workspace_id uuid not null,
    id           uuid not null,
    posting_id   uuid not null,
    agency_id    uuid not null,
    recruiter_id uuid,
    question     text not null,
    answer       text,
    answered_by  uuid,
    created_at   timestamptz not null,
    answered_at  timestamptz,
    primary key (workspace_id, id),
    foreign key (workspace_id, posting_id) references posting (workspace_id, id) on delete cascade,
    foreign key (workspace_id, agency_id) references agency (workspace_id, id) on delete cascade,
    foreign key (workspace_id, recruiter_id) references agency_recruiter (workspace_id, id)
        on delete set null (recruiter_id),
    foreign key (workspace_id, answered_by) references client_user (workspace_id, id) on delete set null (answered_by)
);
create index on posting_question (workspace_id, posting_id);
create index on posting_question (workspace_id, agency_id);
create index on posting_question (workspace_id, recruiter_id);
create index on posting_question (workspace_id, answered_by);

-- A person whom an agency submits to a posting. candidate_id and application_id are there once the person confirmed.
-- email_key, name_key and phone_key are the normalised forms that find the same person again; exited_from is the stage
-- before an exit, to undo it. must_haves: objects with must_have, meets (yes, partly, no) and note, by the agency;
-- answers: objects with question and answer, by the person. external_id is the embedding partner's id for it.
create table submission (
    workspace_id       uuid not null,
    id                 uuid not null,
    posting_id         uuid not null,
    agency_id          uuid not null,
    recruiter_id       uuid,
    external_id        text,
    stage              text not null check (stage in ('unconfirmed', 'awaiting_sort', 'reviewing', 'interviewing',
                                                      'offers', 'hired', 'declined', 'withdrawn', 'rejected')),
    exited_from        text,
    first_name         text not null,
    last_name          text not null,
    email              text not null,
    phone              text,
    location           text,
    current_title      text,
    current_company    text,
    linkedin_url       text,
    pitch              text,
    email_key          text not null,
    name_key           text not null,
    phone_key          text,
    must_haves         jsonb not null default '[]',
    answers            jsonb not null default '[]',
    recruiter_rating   integer check (recruiter_rating between 1 and 5),
    resume_id          uuid,
    resume_replaced_at timestamptz,
    candidate_id       uuid,
    application_id     uuid,
    mailed_at          timestamptz,
    confirmed_at       timestamptz,
    owned_until        timestamptz,
    stage_since        timestamptz not null,
    client_read_at     timestamptz,
    agency_read_at     timestamptz,
    withdrawal_seen_at timestamptz,
    created_at         timestamptz not null,
    updated_at         timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, posting_id, external_id),
    foreign key (workspace_id, posting_id) references posting (workspace_id, id) on delete cascade,
    foreign key (workspace_id, agency_id) references agency (workspace_id, id) on delete cascade,
    foreign key (workspace_id, recruiter_id) references agency_recruiter (workspace_id, id)
        on delete set null (recruiter_id),
    foreign key (workspace_id, resume_id) references file (workspace_id, id),
    foreign key (workspace_id, candidate_id) references candidate (workspace_id, id)
        on delete set null (candidate_id),
    foreign key (workspace_id, application_id) references application (workspace_id, id)
        on delete set null (application_id)
);
create index on submission (workspace_id, posting_id, stage);
create index on submission (workspace_id, agency_id);
create index on submission (workspace_id, recruiter_id);
create index on submission (workspace_id, resume_id);
create index on submission (workspace_id, candidate_id);
create index on submission (workspace_id, application_id);
create index on submission (workspace_id, email_key);
create index on submission (workspace_id, name_key, phone_key);

-- Every move, with what the client or the agency said about it. actor is who moved it, as in events.
create table submission_move (
    workspace_id  uuid not null,
    id            uuid not null,
    submission_id uuid not null,
    old           text not null,
    new           text not null,
    feedback      text,
    actor         text not null,
    created_at    timestamptz not null,
    primary key (workspace_id, id),
    foreign key (workspace_id, submission_id) references submission (workspace_id, id) on delete cascade
);
create index on submission_move (workspace_id, submission_id);

-- The chat of a client and an agency about one submission. text or file_id, or both.
create table submission_message (
    workspace_id  uuid not null,
    id            uuid not null,
    submission_id uuid not null,
    side          text not null check (side in ('client', 'agency')),
    user_id       uuid,
    recruiter_id  uuid,
    text          text,
    file_id       uuid,
    created_at    timestamptz not null,
    primary key (workspace_id, id),
    foreign key (workspace_id, submission_id) references submission (workspace_id, id) on delete cascade,
    foreign key (workspace_id, user_id) references client_user (workspace_id, id) on delete set null (user_id),
    foreign key (workspace_id, recruiter_id) references agency_recruiter (workspace_id, id)
        on delete set null (recruiter_id),
    foreign key (workspace_id, file_id) references file (workspace_id, id)
);
create index on submission_message (workspace_id, submission_id);
create index on submission_message (workspace_id, user_id);
create index on submission_message (workspace_id, recruiter_id);
create index on submission_message (workspace_id, file_id);

-- The client says that it knew the person: two-way contact in the 180 days before. The operator settles it.
create table ownership_contest (
    workspace_id  uuid not null,
    id            uuid not null,
    submission_id uuid not null,
    user_id       uuid,
    contacted_on  date not null,
    evidence      text not null,
    outcome       text check (outcome in ('upheld', 'refused')),
    created_at    timestamptz not null,
    settled_at    timestamptz,
    primary key (workspace_id, id),
    unique (workspace_id, submission_id),
    foreign key (workspace_id, submission_id) references submission (workspace_id, id) on delete cascade,
    foreign key (workspace_id, user_id) references client_user (workspace_id, id) on delete set null (user_id)
);
create index on ownership_contest (workspace_id, user_id);

-- A hire and what it costs. agency_id is who is paid, null where nobody is; guaranteed_until is the guarantee's last
-- day. An invoice that is not paid when a guarantee fails is void; a paid one is refunded, at once or once the client
-- has paid what is long overdue.
create table agency_hire (
    workspace_id     uuid not null,
    id               uuid not null,
    submission_id    uuid not null,
    agency_id        uuid,
    cost_center_id   uuid,
    user_id          uuid,
    starts_on        date not null,
    first_year_pay   numeric not null check (first_year_pay > 0),
    currency         text not null,
    work_location    text not null,
    fee_percent      numeric(5, 2) not null,
    fee_note         text,
    fee_amount       numeric(14, 2) not null,
    invoice_memo     text,
    due_on           date not null,
    guaranteed_until date not null,
    paid_on          date,
    failed_on        date,
    failure_reason   text,
    settlement       text check (settlement in ('void', 'refund_waiting', 'refunded')),
    settled_on       date,
    created_at       timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, submission_id),
    foreign key (workspace_id, submission_id) references submission (workspace_id, id) on delete cascade,
    foreign key (workspace_id, agency_id) references agency (workspace_id, id) on delete set null (agency_id),
    foreign key (workspace_id, cost_center_id) references cost_center (workspace_id, id)
        on delete set null (cost_center_id),
    foreign key (workspace_id, user_id) references client_user (workspace_id, id) on delete set null (user_id)
);
create index on agency_hire (workspace_id, agency_id);
create index on agency_hire (workspace_id, cost_center_id);
create index on agency_hire (workspace_id, user_id);
