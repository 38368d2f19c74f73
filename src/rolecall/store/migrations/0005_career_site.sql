-- What a career site shows besides vacancies: the team, the offices, articles.

-- kind: an employee is of the house, a portal user comes from outside. role_label is the role as people read it, where
-- the word does not say it. search_text has the folded first name, last name, address and job title, a line each.
alter table member
    add column kind text not null default 'employee' check (kind in ('employee', 'portal')),
    add column job_title text,
    add column phone text,
    add column role_label text,
    add column avatar_image_id uuid,
    add column search_text text not null default '';
update member set search_text = lower(concat_ws(E'\n', first_name, last_name, email, ''));
alter table member add foreign key (workspace_id, avatar_image_id) references image (workspace_id, id)
    on delete set null (avatar_image_id);
create index on member (workspace_id, avatar_image_id);

-- A place where work is done is an office once the workspace says that it is one of its own; then it has a slug.
-- address is the first line. search_text has the folded name, city and address, a line each.
alter table location
    add column is_office boolean not null default false,
    add column slug text,
    add column address_line_2 text,
    add column address_line_3 text,
    add column postal_code text,
    add column search_text text not null default '',
    add check (not is_office or (slug is not null and country_code is not null));
create unique index location_slug on location (workspace_id, slug) where slug is not null;
create index location_office on location (workspace_id, number) where is_office;

-- An article; published_at is null while it is not published. language is the one it is shown in unless asked otherwise.
create table article (
    workspace_id      uuid not null references workspace (id) on delete cascade,
    id                uuid not null,
    number            bigint not null generated always as identity,
    slug              text not null,
    type              text not null check (type in ('news', 'company_update', 'event', 'blog_post')),
    channel           text not null check (channel in ('website', 'internal')),
    language          text not null check (length(language) = 2),
    is_featured       boolean not null default false,
    author_id         uuid,
    featured_image_id uuid,
    published_at      timestamptz,
    expires_at        timestamptz,
    created_at        timestamptz not null,
    updated_at        timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, number),
    unique (workspace_id, slug),
    foreign key (workspace_id, author_id) references member (workspace_id, id) on delete set null (author_id),
    foreign key (workspace_id, featured_image_id) references image (workspace_id, id)
        on delete set null (featured_image_id)
);
create index on article (workspace_id, author_id);
create index on article (workspace_id, featured_image_id);
create index on article (workspace_id, published_at) where channel = 'website';

-- What an article says in one language. search_text has the folded title on the first line, then the excerpt.
create table article_text (
    workspace_id    uuid not null,
    article_id      uuid not null,
    language        text not null check (length(language) = 2),
    title           text not null,
    excerpt         text,
    content         text not null,
    reading_minutes integer not null,
    search_text     text not null,
    primary key (workspace_id, article_id, language),
    foreign key (workspace_id, article_id) references article (workspace_id, id) on delete cascade
);

create table article_term (
    workspace_id uuid not null,
    article_id   uuid not null,
    term_id      uuid not null,
    primary key (workspace_id, article_id, term_id),
    foreign key (workspace_id, article_id) references article (workspace_id, id) on delete cascade,
    foreign key (workspace_id, term_id) references term (workspace_id, id) on delete cascade
);
create index on article_term (workspace_id, term_id);

-- fillfactor leaves room for the counter to be updated in place.
create table article_view (
    workspace_id uuid not null,
    article_id   uuid not null,
    views        bigint not null,
    primary key (workspace_id, article_id),
    foreign key (workspace_id, article_id) references article (workspace_id, id) on delete cascade
) with (fillfactor = 50);
