-- The ground floor: global tables first, then the tenant tables.
-- Every tenant table's keys start with workspace_id, so a row cannot point into another workspace
-- and the schema can be distributed by workspace_id.

create table workspace (
    id          uuid primary key,
    slug        text not null unique,
    name        text not null,
    api_enabled boolean not null default true,
    created_at  timestamptz not null
);

-- Secrets are high-entropy, so a plain SHA-256 is enough; public_id is the half of a pair that may be shown.
create table credential (
    id           uuid primary key,
    kind         text not null,
    secret_hash  bytea not null unique,
    prefix       text not null,
    public_id    text unique,
    workspace_id uuid not null references workspace (id) on delete cascade,
    subject_id   uuid,
    name         text not null,
    scopes       text[] not null default '{}',
    environment  text,
    created_at   timestamptz not null,
    expires_at   timestamptz,
    last_used_at timestamptz,
    revoked_at   timestamptz
);
create index on credential (workspace_id, kind);

-- Counters of the fixed windows of rate limits. Unlogged: a crash forgets at most one window.
create unlogged table rate_window (
    key        text primary key,
    count      bigint not null,
    expires_at timestamptz not null
);
create index on rate_window (expires_at);

create table partner (
    workspace_id        uuid not null references workspace (id) on delete cascade,
    id                  uuid not null,
    name                text not null,
    publish_immediately boolean not null default false,
    disabled_at         timestamptz,
    created_at          timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, name)
);

create table connector (
    workspace_id uuid not null references workspace (id) on delete cascade,
    id           uuid not null,
    category     text not null,
    integration  text not null,
    name         text not null,
    partner_id   uuid,
    token_sealed bytea,
    environment  text,
    status       text not null default 'COMPLETE',
    origins      text[] not null default '{}',
    disabled_at  timestamptz,
    created_at   timestamptz not null,
    primary key (workspace_id, id),
    foreign key (workspace_id, partner_id) references partner (workspace_id, id)
);
create index on connector (workspace_id, partner_id);

create table company (
    workspace_id  uuid not null references workspace (id) on delete cascade,
    id            uuid not null,
    number        bigint not null generated always as identity,
    name          text not null,
    slug          text not null,
    is_client     boolean not null default false,
    partner_id    uuid,
    external_id   text,
    website       text,
    sector        text,
    size          text,
    location_code text,
    city          text,
    country_code  text,
    description   text,
    logo_url      text,
    created_at    timestamptz not null,
    updated_at    timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, number),
    unique (workspace_id, slug),
    unique (workspace_id, partner_id, external_id),
    foreign key (workspace_id, partner_id) references partner (workspace_id, id)
);
create index on company (workspace_id, name);

-- Public addresses carry no workspace: the slug finds it.
create table company_slug (
    slug         text primary key,
    workspace_id uuid not null,
    company_id   uuid not null,
    foreign key (workspace_id, company_id) references company (workspace_id, id) on delete cascade
);
create index on company_slug (workspace_id, company_id);

create table department (
    workspace_id uuid not null references workspace (id) on delete cascade,
    id           uuid not null,
    number       bigint not null generated always as identity,
    company_id   uuid,
    name         text not null,
    remote_id    text,
    created_at   timestamptz not null,
    modified_at  timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, number),
    unique nulls not distinct (workspace_id, company_id, name),
    foreign key (workspace_id, company_id) references company (workspace_id, id) on delete cascade
);

-- code is the natural key: a country, optionally a city, optionally an address, as in SE or SE-lund.
create table location (
    workspace_id uuid not null references workspace (id) on delete cascade,
    id           uuid not null,
    number       bigint not null generated always as identity,
    code         text not null,
    name         text not null,
    address      text,
    city         text,
    region       text,
    country_code text,
    latitude     double precision,
    longitude    double precision,
    remote_id    text,
    created_at   timestamptz not null,
    modified_at  timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, number),
    unique (workspace_id, code)
);

create table member (
    workspace_id uuid not null references workspace (id) on delete cascade,
    id           uuid not null,
    number       bigint not null generated always as identity,
    email        text not null,
    first_name   text not null,
    last_name    text not null,
    role         text not null default 'recruiter',
    disabled_at  timestamptz,
    remote_id    text,
    created_at   timestamptz not null,
    modified_at  timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, number),
    unique (workspace_id, email)
);

-- Words to file jobs under: job types, education levels and two levels of tags.
create table term (
    workspace_id uuid not null references workspace (id) on delete cascade,
    id           uuid not null,
    number       bigint not null generated always as identity,
    kind         text not null check (kind in ('job_type', 'education_level', 'tag')),
    name         text not null,
    parent_id    uuid,
    primary key (workspace_id, id),
    unique (workspace_id, number),
    unique nulls not distinct (workspace_id, kind, parent_id, name),
    foreign key (workspace_id, parent_id) references term (workspace_id, id) on delete cascade
);
create index on term (workspace_id, parent_id);

-- unified is the record's default body in the unified API, ready to send; it is written with the row.
create table job (
    workspace_id      uuid not null references workspace (id) on delete cascade,
    id                uuid not null,
    connector_id      uuid not null,
    remote_id         text,
    company_id        uuid not null,
    partner_id        uuid,
    external_id       text,
    title             text not null,
    description       text,
    code              text,
    status            text not null check (status in ('draft', 'open', 'paused', 'closed', 'archived')),
    remote_status     text,
    confidential      boolean not null default false,
    sector            text,
    job_function      text,
    contract_type     text,
    workplace         text not null default 'onsite' check (workplace in ('onsite', 'hybrid', 'remote')),
    headcount         integer not null default 1,
    languages         text[] not null default '{}',
    salary_min        numeric,
    salary_max        numeric,
    salary_currency   text,
    salary_period     text check (salary_period in ('hour', 'day', 'week', 'month', 'year')),
    remote_created_at timestamptz,
    remote_updated_at timestamptz,
    raw               json,
    source_hash       bytea,
    created_at        timestamptz not null,
    updated_at        timestamptz not null,
    modified_at       timestamptz not null,
    published_at      timestamptz,
    unified           bytea not null,
    primary key (workspace_id, id),
    unique (workspace_id, connector_id, remote_id),
    foreign key (workspace_id, connector_id) references connector (workspace_id, id),
    foreign key (workspace_id, company_id) references company (workspace_id, id),
    foreign key (workspace_id, partner_id) references partner (workspace_id, id)
);
-- A page of jobs reads unified and nothing else: it stays in the row, uncompressed, as long as the row is half a page.
alter table job set (toast_tuple_target = 4080);
alter table job alter column unified set storage main;
alter table job alter column raw set storage external;
create index on job (workspace_id, connector_id, id);
create index on job (workspace_id, company_id);
create index on job (workspace_id, partner_id, id);
-- An archived job is gone for its partner, who may use its id again.
create unique index job_partner_external_id on job (workspace_id, partner_id, external_id)
    where external_id is not null and status <> 'archived';
create index on job (workspace_id, code) where code is not null;

create table job_department (
    workspace_id  uuid not null,
    job_id        uuid not null,
    department_id uuid not null,
    position      smallint not null default 0,
    primary key (workspace_id, job_id, department_id),
    foreign key (workspace_id, job_id) references job (workspace_id, id) on delete cascade,
    foreign key (workspace_id, department_id) references department (workspace_id, id) on delete cascade
);
create index on job_department (workspace_id, department_id);

create table job_location (
    workspace_id uuid not null,
    job_id       uuid not null,
    location_id  uuid not null,
    position     smallint not null default 0,
    primary key (workspace_id, job_id, location_id),
    foreign key (workspace_id, job_id) references job (workspace_id, id) on delete cascade,
    foreign key (workspace_id, location_id) references location (workspace_id, id) on delete cascade
);
create index on job_location (workspace_id, location_id);

create table job_member (
    workspace_id uuid not null,
    job_id       uuid not null,
    member_id    uuid not null,
    role         text not null check (role in ('hiring_manager', 'recruiter')),
    position     smallint not null default 0,
    primary key (workspace_id, job_id, role, member_id),
    foreign key (workspace_id, job_id) references job (workspace_id, id) on delete cascade,
    foreign key (workspace_id, member_id) references member (workspace_id, id) on delete cascade
);
create index on job_member (workspace_id, member_id);

create table job_term (
    workspace_id uuid not null,
    job_id       uuid not null,
    term_id      uuid not null,
    primary key (workspace_id, job_id, term_id),
    foreign key (workspace_id, job_id) references job (workspace_id, id) on delete cascade,
    foreign key (workspace_id, term_id) references term (workspace_id, id) on delete cascade
);
create index on job_term (workspace_id, term_id);

create table screening_question (
    workspace_id uuid not null,
    id           uuid not null,
    job_id       uuid not null,
    position     smallint not null,
    section      text,
    text         text not null,
    kind         text not null,
    options      text[] not null default '{}',
    required     boolean not null default false,
    primary key (workspace_id, id),
    foreign key (workspace_id, job_id) references job (workspace_id, id) on delete cascade
);
create index on screening_question (workspace_id, job_id, position);

-- A job in one language on one channel. active follows the job: true while it is open.
create table publication (
    workspace_id uuid not null,
    id           uuid not null,
    number       bigint not null generated always as identity,
    job_id       uuid not null,
    language     text not null check (length(language) = 2),
    channel      text not null check (channel in ('website', 'internal')),
    slug         text not null,
    title        text not null,
    summary      text,
    search_text  text not null,
    sort_title   text collate "C" generated always as (left(split_part(search_text, E'\n', 1), 200)) stored,
    active       boolean not null,
    published_at timestamptz not null,
    ends_at      timestamptz,
    created_at   timestamptz not null,
    updated_at   timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, number),
    unique (workspace_id, slug),
    unique (workspace_id, job_id, language, channel),
    foreign key (workspace_id, job_id) references job (workspace_id, id) on delete cascade
);
-- Each covers a sort order of the vacancies list, so that a deep page skips index entries and not rows.
create index publication_by_published_at on publication (workspace_id, published_at, number)
    include (id, language, ends_at) where active and channel = 'website';
create index publication_by_created_at on publication (workspace_id, created_at, number)
    include (id, language, published_at, ends_at) where active and channel = 'website';
create index publication_by_title on publication (workspace_id, sort_title, number)
    include (id, language, published_at, ends_at) where active and channel = 'website';
create index publication_by_ends_at on publication (workspace_id, ends_at)
    include (language, published_at) where active and channel = 'website' and ends_at is not null;

-- How many active publications the website has, by language; the language '' stands for all of them.
-- Kept by every statement that writes publications: counting 100,000 of them costs more than showing a page.
create table publication_count (
    workspace_id uuid not null references workspace (id) on delete cascade,
    language     text not null,
    active       bigint not null,
    primary key (workspace_id, language)
) with (fillfactor = 50);

-- fillfactor leaves room for the counter to be updated in place.
create table source_link (
    workspace_id uuid not null,
    id           uuid not null,
    job_id       uuid not null,
    name         text not null,
    code         text not null,
    visits       bigint not null default 0,
    created_at   timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, job_id, name),
    unique (workspace_id, job_id, code),
    foreign key (workspace_id, job_id) references job (workspace_id, id) on delete cascade
) with (fillfactor = 70);

create table agency (
    workspace_id uuid not null references workspace (id) on delete cascade,
    id           uuid not null,
    name         text not null,
    email        text not null,
    website      text,
    specialties  text[] not null default '{}',
    created_at   timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, name)
);

-- A client of an embedding partner, named by the partner's own id.
create table client (
    workspace_id       uuid not null,
    id                 uuid not null,
    connector_id       uuid not null,
    external_id        text not null,
    acts_for_workspace boolean not null default false,
    created_at         timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, connector_id, external_id),
    foreign key (workspace_id, connector_id) references connector (workspace_id, id) on delete cascade
);

create table client_user (
    workspace_id uuid not null,
    id           uuid not null,
    client_id    uuid not null,
    external_id  text not null,
    permissions  text[] not null default '{}',
    disabled_at  timestamptz,
    created_at   timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, client_id, external_id),
    foreign key (workspace_id, client_id) references client (workspace_id, id) on delete cascade
);

create table client_job (
    workspace_id uuid not null,
    client_id    uuid not null,
    external_id  text not null,
    job_id       uuid not null,
    primary key (workspace_id, client_id, external_id),
    foreign key (workspace_id, client_id) references client (workspace_id, id) on delete cascade,
    foreign key (workspace_id, job_id) references job (workspace_id, id) on delete cascade
);
create index on client_job (workspace_id, job_id);

create table preferred_agency (
    workspace_id uuid not null,
    client_id    uuid not null,
    agency_id    uuid not null,
    fee_percent  numeric(5, 2),
    primary key (workspace_id, client_id, agency_id),
    foreign key (workspace_id, client_id) references client (workspace_id, id) on delete cascade,
    foreign key (workspace_id, agency_id) references agency (workspace_id, id) on delete cascade
);
create index on preferred_agency (workspace_id, agency_id);

-- A job offered to agencies; distribution says to which.
create table posting (
    workspace_id uuid not null,
    id           uuid not null,
    job_id       uuid not null,
    client_id    uuid not null,
    state        text not null check (state in ('draft', 'open', 'yielded', 'locked', 'closed')),
    title        text not null,
    description  text not null,
    fee_percent  numeric(5, 2) not null,
    must_haves   text[] not null default '{}',
    questions    text[] not null default '{}',
    yield_reason text,
    version      integer not null default 1,
    created_at   timestamptz not null,
    updated_at   timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, job_id),
    foreign key (workspace_id, job_id) references job (workspace_id, id) on delete cascade,
    foreign key (workspace_id, client_id) references client (workspace_id, id) on delete cascade
);
create index on posting (workspace_id, client_id);

create table distribution (
    workspace_id uuid not null,
    posting_id   uuid not null,
    agency_id    uuid not null,
    created_at   timestamptz not null,
    primary key (workspace_id, posting_id, agency_id),
    foreign key (workspace_id, posting_id) references posting (workspace_id, id) on delete cascade,
    foreign key (workspace_id, agency_id) references agency (workspace_id, id) on delete cascade
);
create index on distribution (workspace_id, agency_id);

create table event (
    workspace_id uuid not null references workspace (id) on delete cascade,
    id           uuid not null,
    type         text not null,
    record_kind  text not null,
    record_id    uuid not null,
    actor        text not null,
    payload      jsonb not null default '{}',
    occurred_at  timestamptz not null,
    primary key (workspace_id, id)
);
create index on event (workspace_id, record_id);
