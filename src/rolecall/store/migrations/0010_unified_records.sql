-- What the unified ATS API reads beyond jobs and people, and whose each record is: every record belongs to a connector.

create unique index connector_native on connector (workspace_id) where integration = 'native';

-- A record belongs to the connector that its statement names; without one to the workspace's own, or to its job's.
create function belong_to_native() returns trigger language plpgsql as $$
begin
    select id into new.connector_id from connector
    where workspace_id = new.workspace_id and integration = 'native';
    return new;
end $$;

create function belong_with_job() returns trigger language plpgsql as $$
begin
    select connector_id into new.connector_id from job where workspace_id = new.workspace_id and id = new.job_id;
    return new;
end $$;

alter table department add column connector_id uuid, add column raw json;
alter table location add column connector_id uuid, add column raw json, alter column code drop not null;
alter table member
    add column connector_id uuid,
    add column remote_created_at timestamptz,
    add column raw json;
alter table term
    add column connector_id uuid,
    add column remote_id text,
    add column raw json,
    add column created_at timestamptz not null default now(),
    add column modified_at timestamptz not null default now();
alter table term alter column created_at set default clock_timestamp(), alter column modified_at set default clock_timestamp();
alter table stage add column connector_id uuid, add column raw json;
-- choices are the options as they came from outside, each an object; options are their labels.
alter table screening_question
    add column connector_id uuid,
    add column remote_id text,
    add column description text,
    add column choices jsonb,
    add column raw json,
    add column created_at timestamptz not null default now(),
    add column modified_at timestamptz not null default now();
alter table screening_question
    alter column created_at set default clock_timestamp(),
    alter column modified_at set default clock_timestamp();

update department r set connector_id = c.id from connector c
where c.workspace_id = r.workspace_id and c.integration = 'native';
update location r set connector_id = c.id from connector c
where c.workspace_id = r.workspace_id and c.integration = 'native';
update member r set connector_id = c.id from connector c
where c.workspace_id = r.workspace_id and c.integration = 'native';
update term r set connector_id = c.id from connector c
where c.workspace_id = r.workspace_id and c.integration = 'native';
update stage r set connector_id = j.connector_id from job j where j.workspace_id = r.workspace_id and j.id = r.job_id;
update screening_question r set connector_id = j.connector_id from job j
where j.workspace_id = r.workspace_id and j.id = r.job_id;

create trigger belong before insert on department for each row when (new.connector_id is null)
    execute function belong_to_native();
create trigger belong before insert on location for each row when (new.connector_id is null)
    execute function belong_to_native();
create trigger belong before insert on member for each row when (new.connector_id is null)
    execute function belong_to_native();
create trigger belong before insert on term for each row when (new.connector_id is null)
    execute function belong_to_native();
create trigger belong before insert on stage for each row when (new.connector_id is null)
    execute function belong_with_job();
create trigger belong before insert on screening_question for each row when (new.connector_id is null)
    execute function belong_with_job();

-- Names are keys within a connector: two linked systems may both have a Sales department.
alter table department
    alter column connector_id set not null,
    add foreign key (workspace_id, connector_id) references connector (workspace_id, id),
    drop constraint department_workspace_id_company_id_name_key,
    add constraint department_name unique nulls not distinct (workspace_id, connector_id, company_id, name),
    add constraint department_remote_id unique (workspace_id, connector_id, remote_id);
alter table location
    alter column connector_id set not null,
    add foreign key (workspace_id, connector_id) references connector (workspace_id, id),
    drop constraint location_workspace_id_code_key,
    add constraint location_code unique (workspace_id, connector_id, code),
    add constraint location_remote_id unique (workspace_id, connector_id, remote_id);
alter table member
    alter column connector_id set not null,
    add foreign key (workspace_id, connector_id) references connector (workspace_id, id),
    drop constraint member_workspace_id_email_key,
    add constraint member_email unique (workspace_id, connector_id, email),
    add constraint member_remote_id unique (workspace_id, connector_id, remote_id);
alter table term
    alter column connector_id set not null,
    add foreign key (workspace_id, connector_id) references connector (workspace_id, id),
    drop constraint term_workspace_id_kind_parent_id_name_key,
    add constraint term_name unique nulls not distinct (workspace_id, connector_id, kind, parent_id, name),
    add constraint term_remote_id unique (workspace_id, connector_id, remote_id);
alter table stage
    alter column connector_id set not null,
    add foreign key (workspace_id, connector_id) references connector (workspace_id, id),
    add constraint stage_remote_id unique (workspace_id, connector_id, remote_id);
alter table screening_question
    alter column connector_id set not null,
    add foreign key (workspace_id, connector_id) references connector (workspace_id, id),
    add constraint screening_question_remote_id unique (workspace_id, connector_id, remote_id);
create index on department (workspace_id, company_id);

create table reject_reason (
    workspace_id uuid not null references workspace (id) on delete cascade,
    id           uuid not null,
    connector_id uuid not null,
    remote_id    text,
    name         text not null,
    raw          json,
    created_at   timestamptz not null,
    modified_at  timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, connector_id, name),
    unique (workspace_id, connector_id, remote_id),
    foreign key (workspace_id, connector_id) references connector (workspace_id, id)
);

alter table application add column reject_reason_id uuid;
alter table application add foreign key (workspace_id, reject_reason_id) references reject_reason (workspace_id, id)
    on delete set null (reject_reason_id);
create index on application (workspace_id, reject_reason_id);

-- A note, an e-mail or another entry on a candidate's timeline; member_id wrote it.
create table activity (
    workspace_id      uuid not null references workspace (id) on delete cascade,
    id                uuid not null,
    connector_id      uuid not null,
    remote_id         text,
    candidate_id      uuid,
    member_id         uuid,
    kind              text,
    subject           text,
    body              text,
    visibility        text,
    raw               json,
    remote_created_at timestamptz,
    created_at        timestamptz not null,
    modified_at       timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, connector_id, remote_id),
    foreign key (workspace_id, connector_id) references connector (workspace_id, id),
    foreign key (workspace_id, candidate_id) references candidate (workspace_id, id) on delete cascade,
    foreign key (workspace_id, member_id) references member (workspace_id, id) on delete set null (member_id)
);
create index on activity (workspace_id, candidate_id);
create index on activity (workspace_id, member_id);

-- Equal-opportunity answers, kept apart from the candidate's own row.
create table eeoc (
    workspace_id      uuid not null references workspace (id) on delete cascade,
    id                uuid not null,
    connector_id      uuid not null,
    remote_id         text,
    candidate_id      uuid not null,
    submitted_at      timestamptz,
    race              text,
    gender            text,
    veteran_status    text,
    disability_status text,
    raw               json,
    created_at        timestamptz not null,
    modified_at       timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, connector_id, remote_id),
    foreign key (workspace_id, connector_id) references connector (workspace_id, id),
    foreign key (workspace_id, candidate_id) references candidate (workspace_id, id) on delete cascade
);
create index on eeoc (workspace_id, candidate_id);

create table interview (
    workspace_id      uuid not null references workspace (id) on delete cascade,
    id                uuid not null,
    connector_id      uuid not null,
    remote_id         text,
    application_id    uuid not null,
    stage_id          uuid,
    organizer_id      uuid,
    location          text,
    starts_at         timestamptz,
    ends_at           timestamptz,
    status            text,
    raw               json,
    remote_created_at timestamptz,
    remote_updated_at timestamptz,
    created_at        timestamptz not null,
    modified_at       timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, connector_id, remote_id),
    foreign key (workspace_id, connector_id) references connector (workspace_id, id),
    foreign key (workspace_id, application_id) references application (workspace_id, id) on delete cascade,
    foreign key (workspace_id, stage_id) references stage (workspace_id, id) on delete set null (stage_id),
    foreign key (workspace_id, organizer_id) references member (workspace_id, id) on delete set null (organizer_id)
);
create index on interview (workspace_id, application_id);
create index on interview (workspace_id, stage_id);
create index on interview (workspace_id, organizer_id);

-- Who interviews, in order.
create table interview_member (
    workspace_id uuid not null,
    interview_id uuid not null,
    member_id    uuid not null,
    position     smallint not null default 0,
    primary key (workspace_id, interview_id, member_id),
    foreign key (workspace_id, interview_id) references interview (workspace_id, id) on delete cascade,
    foreign key (workspace_id, member_id) references member (workspace_id, id) on delete cascade
);
create index on interview_member (workspace_id, member_id);

-- What one interviewer thinks of an application.
create table scorecard (
    workspace_id      uuid not null references workspace (id) on delete cascade,
    id                uuid not null,
    connector_id      uuid not null,
    remote_id         text,
    application_id    uuid not null,
    interview_id      uuid,
    interviewer_id    uuid,
    recommendation    text,
    submitted_at      timestamptz,
    raw               json,
    remote_created_at timestamptz,
    created_at        timestamptz not null,
    modified_at       timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, connector_id, remote_id),
    foreign key (workspace_id, connector_id) references connector (workspace_id, id),
    foreign key (workspace_id, application_id) references application (workspace_id, id) on delete cascade,
    foreign key (workspace_id, interview_id) references interview (workspace_id, id) on delete set null (interview_id),
    foreign key (workspace_id, interviewer_id) references member (workspace_id, id) on delete set null (interviewer_id)
);
create index on scorecard (workspace_id, application_id);
create index on scorecard (workspace_id, interview_id);
create index on scorecard (workspace_id, interviewer_id);

create table offer (
    workspace_id      uuid not null references workspace (id) on delete cascade,
    id                uuid not null,
    connector_id      uuid not null,
    remote_id         text,
    application_id    uuid not null,
    creator_id        uuid,
    status            text,
    sent_at           timestamptz,
    closed_at         timestamptz,
    start_date        date,
    raw               json,
    remote_created_at timestamptz,
    created_at        timestamptz not null,
    modified_at       timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, connector_id, remote_id),
    foreign key (workspace_id, connector_id) references connector (workspace_id, id),
    foreign key (workspace_id, application_id) references application (workspace_id, id) on delete cascade,
    foreign key (workspace_id, creator_id) references member (workspace_id, id) on delete set null (creator_id)
);
create index on offer (workspace_id, application_id);
create index on offer (workspace_id, creator_id);

-- A field that an organization adds to a model, and where its value is in the raw payload of a record: a mapping is for
-- one connector, or for all connectors of an integration.
create table custom_field (
    workspace_id uuid not null references workspace (id) on delete cascade,
    id           uuid not null,
    category     text not null,
    model        text not null,
    name         text not null,
    description  text,
    source       text not null default 'API',
    created_at   timestamptz not null,
    updated_at   timestamptz,
    primary key (workspace_id, id),
    unique (workspace_id, category, model, name)
);

create table custom_field_mapping (
    workspace_id    uuid not null,
    id              uuid not null,
    custom_field_id uuid not null,
    integration     text,
    connector_id    uuid,
    json_path       text not null,
    created_at      timestamptz not null,
    updated_at      timestamptz,
    primary key (workspace_id, id),
    check (num_nonnulls(integration, connector_id) = 1),
    unique nulls not distinct (workspace_id, custom_field_id, integration, connector_id),
    foreign key (workspace_id, custom_field_id) references custom_field (workspace_id, id) on delete cascade,
    foreign key (workspace_id, connector_id) references connector (workspace_id, id) on delete cascade
);
create index on custom_field_mapping (workspace_id, connector_id);

-- A page goes by id within a connector; a poll finds what changed since a time.
create index on department (workspace_id, connector_id, id);
create index on location (workspace_id, connector_id, id);
create index on member (workspace_id, connector_id, id);
create index on term (workspace_id, connector_id, id);
create index on stage (workspace_id, connector_id, id);
create index on screening_question (workspace_id, connector_id, id);
create index on reject_reason (workspace_id, connector_id, id);
create index on activity (workspace_id, connector_id, id);
create index on eeoc (workspace_id, connector_id, id);
create index on interview (workspace_id, connector_id, id);
create index on scorecard (workspace_id, connector_id, id);
create index on offer (workspace_id, connector_id, id);
create index on job (workspace_id, connector_id, modified_at);
create index on candidate (workspace_id, connector_id, modified_at);
create index on application (workspace_id, connector_id, modified_at);
create index on attachment (workspace_id, connector_id, modified_at);
create index on activity (workspace_id, connector_id, modified_at);
create index on stage (workspace_id, connector_id, modified_at);
create index on screening_question (workspace_id, connector_id, modified_at);

-- Words compared without letter case, as filters by name and address compare them.
create function folded_words(words text[]) returns text[] language sql immutable strict parallel safe
    return (select coalesce(array_agg(lower(w)), '{}') from unnest(words) w);
create index on candidate (workspace_id, connector_id, lower(last_name));
create index on candidate (workspace_id, connector_id, lower(first_name));
create index on candidate (workspace_id, connector_id, lower(company));
create index candidate_addresses on candidate using gin (folded_words(email_addresses));

-- A raw payload is asked for rarely: it stays out of the row and is not compressed.
alter table candidate alter column raw set storage external;
alter table application alter column raw set storage external;
alter table attachment alter column raw set storage external;
alter table activity alter column raw set storage external;
