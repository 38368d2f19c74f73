-- People and what they send: files, images, candidates, applications with answers, attachments, stages of a job.

-- A file of the file store; `key` finds it there, and is written before the row is, so a row always has its bytes.
create table file (
    workspace_id uuid not null references workspace (id) on delete cascade,
    id           uuid not null,
    number       bigint not null generated always as identity,
    key          text not null,
    name         text not null,
    media_type   text not null,
    size         bigint not null,
    sha256       bytea not null,
    created_at   timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, number),
    unique (workspace_id, key)
);

-- A picture that is shown: its variants are files in named crops and sizes.
create table image (
    workspace_id uuid not null references workspace (id) on delete cascade,
    id           uuid not null,
    name         text not null,
    created_at   timestamptz not null,
    primary key (workspace_id, id)
);

create table image_variant (
    workspace_id uuid not null,
    image_id     uuid not null,
    crop         text not null,
    size         text not null check (size in ('small', 'medium', 'large')),
    file_id      uuid not null,
    width        integer not null,
    height       integer not null,
    primary key (workspace_id, image_id, crop, size),
    foreign key (workspace_id, image_id) references image (workspace_id, id) on delete cascade,
    foreign key (workspace_id, file_id) references file (workspace_id, id)
);
create index on image_variant (workspace_id, file_id);

-- A person, once in each connector. email is the first address, folded, by which an applicant is known again.
create table candidate (
    workspace_id        uuid not null references workspace (id) on delete cascade,
    id                  uuid not null,
    number              bigint not null generated always as identity,
    connector_id        uuid not null,
    remote_id           text,
    slug                text not null,
    kind                text not null default 'applicant' check (kind in ('applicant', 'prospect', 'upload')),
    status              text not null default 'potential',
    pool_stage          text check (pool_stage in ('cold', 'warm', 'hot', 'not_interested')),
    first_name          text,
    last_name           text,
    email               text,
    email_addresses     text[] not null default '{}',
    phone_numbers       text[] not null default '{}',
    title               text,
    company             text,
    locations           text[] not null default '{}',
    urls                jsonb not null default '[]',
    linkedin_url        text,
    website_url         text,
    date_of_birth       date,
    language            text,
    address             jsonb,
    city                text,
    country_code        text,
    nationality         text,
    experience_years    numeric,
    salary_expectation  numeric,
    spoken_languages    jsonb not null default '[]',
    skills              text[] not null default '{}',
    available_from      date,
    photo_id            uuid,
    avatar_url          text,
    is_private          boolean,
    can_email           boolean,
    privacy_accepted_at timestamptz,
    talent_pool_at      timestamptz,
    last_interaction_at timestamptz,
    remote_created_at   timestamptz,
    remote_updated_at   timestamptz,
    raw                 json,
    created_at          timestamptz not null,
    updated_at          timestamptz not null,
    modified_at         timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, number),
    unique (workspace_id, slug),
    unique (workspace_id, connector_id, remote_id),
    foreign key (workspace_id, connector_id) references connector (workspace_id, id),
    foreign key (workspace_id, photo_id) references file (workspace_id, id)
);
create index on candidate (workspace_id, connector_id, id);
create index on candidate (workspace_id, email);
create index on candidate (workspace_id, photo_id);

-- The members whose repository a candidate is in.
create table candidate_member (
    workspace_id uuid not null,
    candidate_id uuid not null,
    member_id    uuid not null,
    created_at   timestamptz not null,
    primary key (workspace_id, candidate_id, member_id),
    foreign key (workspace_id, candidate_id) references candidate (workspace_id, id) on delete cascade,
    foreign key (workspace_id, member_id) references member (workspace_id, id) on delete cascade
);
create index on candidate_member (workspace_id, member_id, candidate_id);

create table candidate_term (
    workspace_id uuid not null,
    candidate_id uuid not null,
    term_id      uuid not null,
    primary key (workspace_id, candidate_id, term_id),
    foreign key (workspace_id, candidate_id) references candidate (workspace_id, id) on delete cascade,
    foreign key (workspace_id, term_id) references term (workspace_id, id) on delete cascade
);
create index on candidate_term (workspace_id, term_id);

-- A step of a job's hiring process. `status` is the application status that the step stands for, where it has one.
create table stage (
    workspace_id uuid not null,
    id           uuid not null,
    job_id       uuid not null,
    remote_id    text,
    name         text not null,
    position     integer not null,
    status       text,
    created_at   timestamptz not null,
    modified_at  timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, job_id, name),
    foreign key (workspace_id, job_id) references job (workspace_id, id) on delete cascade
);
create index on stage (workspace_id, job_id, position);

-- One candidate pursuing one job. agency_id: who submitted it; source: the channel's name, as reports show it.
create table application (
    workspace_id   uuid not null,
    id             uuid not null,
    number         bigint not null generated always as identity,
    connector_id   uuid not null,
    remote_id      text,
    candidate_id   uuid not null,
    job_id         uuid not null,
    publication_id uuid,
    source_link_id uuid,
    agency_id      uuid,
    credited_to_id uuid,
    stage_id       uuid,
    status         text not null,
    source         text,
    motivation     text,
    tracking       jsonb not null default '{}',
    raw            json,
    applied_at     timestamptz,
    rejected_at    timestamptz,
    created_at     timestamptz not null,
    updated_at     timestamptz not null,
    modified_at    timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, number),
    unique (workspace_id, connector_id, remote_id),
    foreign key (workspace_id, connector_id) references connector (workspace_id, id),
    foreign key (workspace_id, candidate_id) references candidate (workspace_id, id) on delete cascade,
    foreign key (workspace_id, job_id) references job (workspace_id, id) on delete cascade,
    foreign key (workspace_id, publication_id) references publication (workspace_id, id)
        on delete set null (publication_id),
    foreign key (workspace_id, source_link_id) references source_link (workspace_id, id)
        on delete set null (source_link_id),
    foreign key (workspace_id, agency_id) references agency (workspace_id, id) on delete set null (agency_id),
    foreign key (workspace_id, credited_to_id) references member (workspace_id, id) on delete set null (credited_to_id),
    foreign key (workspace_id, stage_id) references stage (workspace_id, id) on delete set null (stage_id)
);
create index on application (workspace_id, connector_id, id);
create index on application (workspace_id, candidate_id);
create index on application (workspace_id, job_id, id);
create index on application (workspace_id, publication_id);
create index on application (workspace_id, source_link_id);
create index on application (workspace_id, agency_id);
create index on application (workspace_id, credited_to_id);
create index on application (workspace_id, stage_id);

-- The answer keeps the question's words: the question may be changed or deleted later.
create table application_answer (
    workspace_id   uuid not null,
    application_id uuid not null,
    position       integer not null,
    question_id    uuid,
    question       text not null,
    kind           text not null,
    answer         jsonb,
    file_id        uuid,
    primary key (workspace_id, application_id, position),
    foreign key (workspace_id, application_id) references application (workspace_id, id) on delete cascade,
    foreign key (workspace_id, question_id) references screening_question (workspace_id, id)
        on delete set null (question_id),
    foreign key (workspace_id, file_id) references file (workspace_id, id)
);
create index on application_answer (workspace_id, question_id);
create index on application_answer (workspace_id, file_id);

-- A document of a candidate: a file of ours, or an address elsewhere.
create table attachment (
    workspace_id   uuid not null,
    id             uuid not null,
    number         bigint not null generated always as identity,
    connector_id   uuid not null,
    remote_id      text,
    candidate_id   uuid not null,
    application_id uuid,
    kind           text not null,
    name           text,
    file_id        uuid,
    url            text,
    raw            json,
    created_at     timestamptz not null,
    modified_at    timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, number),
    unique (workspace_id, connector_id, remote_id),
    foreign key (workspace_id, connector_id) references connector (workspace_id, id),
    foreign key (workspace_id, candidate_id) references candidate (workspace_id, id) on delete cascade,
    foreign key (workspace_id, application_id) references application (workspace_id, id)
        on delete set null (application_id),
    foreign key (workspace_id, file_id) references file (workspace_id, id)
);
create index on attachment (workspace_id, connector_id, id);
create index on attachment (workspace_id, candidate_id);
create index on attachment (workspace_id, application_id);
create index on attachment (workspace_id, file_id);

-- Writes that must not happen twice: `scope` says whose, `key` is the client's own or a hash of what it sent.
-- record_id is null while the first request is under way.
create table idempotency (
    workspace_id uuid not null references workspace (id) on delete cascade,
    scope        text not null,
    key          bytea not null,
    request_hash bytea not null,
    record_id    uuid,
    answer       bytea,
    created_at   timestamptz not null,
    expires_at   timestamptz not null,
    primary key (workspace_id, scope, key)
);
create index on idempotency (workspace_id, expires_at);
