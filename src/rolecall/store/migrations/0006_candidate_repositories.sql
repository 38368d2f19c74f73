-- Candidates in members' repositories, and resumes that were uploaded for members.

-- What a search looks in and what lists are sorted by: folded first name, last name and address, a line each, cut to
-- what fits an index. The application folds: databases differ in what they know of letters.
alter table candidate add column search_text text not null default '';

-- A repository is listed from its own rows: copies of the candidate's number, time, status and search_text, kept by
-- the statements of store/candidates.py.
alter table candidate_member
    add column candidate_number     bigint not null default 0,
    add column candidate_created_at timestamptz not null default '-infinity',
    add column status               text not null default 'potential',
    add column search_text          text not null default '';
update candidate set search_text = lower(
    left(coalesce(first_name, ''), 100) || E'\n' || left(coalesce(last_name, ''), 100) || E'\n'
    || left(coalesce(email, ''), 200));
update candidate_member cm
set candidate_number = c.number, candidate_created_at = c.created_at, status = c.status, search_text = c.search_text
from candidate c where c.workspace_id = cm.workspace_id and c.id = cm.candidate_id;
create index candidate_member_listed
    on candidate_member (workspace_id, member_id, candidate_created_at, candidate_number)
    include (candidate_id, status, search_text);

-- A resume on its way to become a candidate. `facts` is what was read of it, `reason` why nothing was.
create table resume_upload (
    workspace_id uuid not null references workspace (id) on delete cascade,
    id           uuid not null,
    member_id    uuid not null,
    file_id      uuid not null,
    status       text not null
        check (status in ('processing', 'completed', 'needs_review', 'needs_completion', 'failed')),
    reason       text,
    facts        jsonb,
    candidate_id uuid,
    created_at   timestamptz not null,
    finished_at  timestamptz,
    primary key (workspace_id, id),
    foreign key (workspace_id, member_id) references member (workspace_id, id) on delete cascade,
    foreign key (workspace_id, file_id) references file (workspace_id, id),
    foreign key (workspace_id, candidate_id) references candidate (workspace_id, id) on delete set null (candidate_id)
);
create index on resume_upload (workspace_id, member_id);
create index on resume_upload (workspace_id, file_id);
create index on resume_upload (workspace_id, candidate_id);
create index on resume_upload (created_at) where status = 'processing';

-- What a member is told or asked about an upload. `resolution` is how somebody settled it.
create table assistant_request (
    workspace_id uuid not null,
    id           uuid not null,
    member_id    uuid not null,
    upload_id    uuid not null,
    kind         text not null check (kind in ('candidate_created', 'resume_review', 'resume_completion')),
    candidate_id uuid,
    resolution   text check (resolution in ('seen', 'merged', 'completed', 'dismissed')),
    created_at   timestamptz not null,
    resolved_at  timestamptz,
    primary key (workspace_id, id),
    unique (workspace_id, upload_id),
    foreign key (workspace_id, member_id) references member (workspace_id, id) on delete cascade,
    foreign key (workspace_id, upload_id) references resume_upload (workspace_id, id) on delete cascade,
    foreign key (workspace_id, candidate_id) references candidate (workspace_id, id) on delete set null (candidate_id)
);
create index on assistant_request (workspace_id, member_id, id);
create index on assistant_request (workspace_id, candidate_id);
