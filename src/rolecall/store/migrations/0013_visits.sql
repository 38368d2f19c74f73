-- Visits of source links, one by one, and what they add up to.

-- An opening of a link. `visitor` is a keyed hash: see visit_salt. The key finds a link's visits of some days, keeps the
-- foreign key's index, and has the time in it, so that the table can be made of partitions one day.
create table visit (
    workspace_id   uuid not null,
    source_link_id uuid not null,
    visited_at     timestamptz not null,
    id             uuid not null,
    referrer_host  text,
    device         text not null check (device in ('desktop', 'phone', 'tablet', 'bot', 'unknown')),
    bot            boolean not null,
    visitor        bytea not null,
    primary key (workspace_id, source_link_id, visited_at, id),
    foreign key (workspace_id, source_link_id) references source_link (workspace_id, id) on delete cascade
);
-- Rows are stored in the order of time, so this tiny index finds the newest and the oldest of all workspaces.
create index on visit using brin (visited_at) with (pages_per_range = 32, autosummarize = on);

-- The random part of the key of a day's hashes, for the whole installation. Without it they say nothing about anybody;
-- it is deleted once the day is over. UTC.
create table visit_salt (
    day  date primary key,
    salt bytea not null
);

-- Figures of a link and a day (UTC): all visits, those of people, how many people; applications of that day, and how
-- many of these ended in a hire.
create table source_day (
    workspace_id   uuid not null,
    source_link_id uuid not null,
    day            date not null,
    total          bigint not null default 0,
    human          bigint not null default 0,
    visitors       bigint not null default 0,
    applications   bigint not null default 0,
    hires          bigint not null default 0,
    primary key (workspace_id, source_link_id, day),
    foreign key (workspace_id, source_link_id) references source_link (workspace_id, id) on delete cascade
);

-- Until when source_day is true, for all workspaces.
create table visits_rolled_up (
    id    boolean primary key default true check (id),
    until timestamptz not null
);
insert into visits_rolled_up (until) values ('-infinity');

create index on application (modified_at) where source_link_id is not null;
