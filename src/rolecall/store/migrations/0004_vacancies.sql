-- Facets and search of the vacancies, how often a vacancy was viewed, and the slugs that publications had before.

-- What publications are counted under, once for each combination that occurs. `active` counts the website's active
-- publications that have it, `position` is its place in the bitmaps below, `id` a hash of the options. An option is a
-- number of 64 bits: its list in the highest byte (see store/facets.py), below it the number of the location, term and
-- so on. A sub-tag brings its main tag along. Numbers of records are unique over all workspaces, so the index on
-- options finds within one.
create table facet_group (
    workspace_id uuid not null references workspace (id) on delete cascade,
    id           uuid not null,
    position     integer not null,
    options      bigint[] not null,
    active       bigint not null,
    primary key (workspace_id, id),
    unique (workspace_id, position)
) with (fillfactor = 80);
create index facet_group_by_option on facet_group using gin (options);

-- The same groups, by option: a bit for each of 16,384 groups, set where the group has the option. Options below 64 are
-- the binary digits of `active`, so that one AND and one count of bits weigh all groups of a block.
create table facet_block (
    workspace_id uuid not null references workspace (id) on delete cascade,
    option       bigint not null,
    block        integer not null,
    bits         bit(16384) not null,
    primary key (workspace_id, option, block)
) with (fillfactor = 60);
alter table facet_block alter column bits set storage main;

-- The position of the group of an active publication on the website, null for any other.
alter table publication add column facet_group integer;

-- The words that a publication's title and summary have, as hashes of workspace and word: no two workspaces share one,
-- so the index below is one for all of them and still finds within a workspace.
create table publication_word (
    workspace_id   uuid not null,
    publication_id uuid not null,
    words          bigint[] not null,
    primary key (workspace_id, publication_id),
    foreign key (workspace_id, publication_id) references publication (workspace_id, id) on delete cascade
);
create index publication_word_by_word on publication_word using gin (words);

-- Every word that a workspace's publications have had, to find the ones that a search is a part of.
create table search_word (
    workspace_id uuid not null references workspace (id) on delete cascade,
    id           bigint not null,
    word         text not null,
    primary key (workspace_id, id)
);

-- Public slugs that a publication had before its title changed.
create table publication_slug (
    workspace_id   uuid not null,
    slug           text not null,
    publication_id uuid not null,
    retired_at     timestamptz not null,
    primary key (workspace_id, slug),
    foreign key (workspace_id, publication_id) references publication (workspace_id, id) on delete cascade
);
create index on publication_slug (workspace_id, publication_id);

-- fillfactor leaves room for the counter to be updated in place.
create table publication_view (
    workspace_id   uuid not null,
    publication_id uuid not null,
    views          bigint not null,
    primary key (workspace_id, publication_id),
    foreign key (workspace_id, publication_id) references publication (workspace_id, id) on delete cascade
) with (fillfactor = 50);

-- What departments and terms are called in other languages than their own.
create table translated_name (
    workspace_id uuid not null references workspace (id) on delete cascade,
    record_id    uuid not null,
    language     text not null check (length(language) = 2),
    name         text not null,
    primary key (workspace_id, record_id, language)
);

-- A publication with texts of its own does not follow the job's; description is null where it does.
alter table publication add column own_text boolean not null default false;
alter table publication add column description text;
alter table publication add column header_image_id uuid;
alter table publication add foreign key (workspace_id, header_image_id) references image (workspace_id, id)
    on delete set null (header_image_id);
create index on publication (workspace_id, header_image_id);

-- What is stored already, counted as store/facets.py and store/words.py do it from now on.
create temporary table counted_publication on commit drop as
with found as (
    select p.workspace_id, p.id as publication_id, o.option
    from publication p join job j on j.workspace_id = p.workspace_id and j.id = p.job_id
    cross join lateral (
        select 1::bigint << 56 | l.number as option from job_location jl
        join location l on l.workspace_id = jl.workspace_id and l.id = jl.location_id
        where jl.workspace_id = j.workspace_id and jl.job_id = j.id
        union
        select 2::bigint << 56 | d.number from job_department jd
        join department d on d.workspace_id = jd.workspace_id and d.id = jd.department_id
        where jd.workspace_id = j.workspace_id and jd.job_id = j.id
        union
        select 3::bigint << 56 | c.number from company c
        where c.workspace_id = j.workspace_id and c.id = j.company_id and c.is_client
        union
        select case t.kind when 'job_type' then 4 when 'education_level' then 5 else 6 end::bigint << 56 | n.number
        from job_term jt join term t on t.workspace_id = jt.workspace_id and t.id = jt.term_id
        left join term main on main.workspace_id = t.workspace_id and main.id = t.parent_id
        cross join lateral (values (t.number), (main.number)) n (number)
        where jt.workspace_id = j.workspace_id and jt.job_id = j.id and n.number is not null
        union
        select 7::bigint << 56 | (ascii(p.language)::bigint << 21) | ascii(right(p.language, 1))
    ) o
    where p.active and p.channel = 'website'
)
select workspace_id, publication_id, array_agg(option order by option) as options,
       md5(array_to_string(array_agg(option order by option), ','))::uuid as group_id
from found group by workspace_id, publication_id;

insert into facet_group (workspace_id, id, position, options, active)
select workspace_id, group_id, row_number() over (partition by workspace_id order by group_id) - 1, options, count(*)
from counted_publication group by workspace_id, group_id, options;

insert into facet_block (workspace_id, option, block, bits)
select g.workspace_id, o.option, g.position / 16384, bit_or(set_bit(0::bit(16384), g.position % 16384, 1))
from facet_group g cross join lateral (
    select unnest(g.options) as option
    union all
    select digit from generate_series(0, 62) digit where (g.active >> digit) & 1 = 1
) o
group by 1, 2, 3;

update publication p set facet_group = g.position
from counted_publication c join facet_group g on g.workspace_id = c.workspace_id and g.id = c.group_id
where p.workspace_id = c.workspace_id and p.id = c.publication_id;

insert into publication_word (workspace_id, publication_id, words)
select workspace_id, id,
       array(select distinct hashtextextended(workspace_id || ' ' || word, 0)
             from string_to_table(replace(search_text, E'\n', ' '), ' ') word where word <> '')
from publication;

insert into search_word (workspace_id, id, word)
select distinct workspace_id, hashtextextended(workspace_id || ' ' || word, 0), word
from publication, string_to_table(replace(search_text, E'\n', ' '), ' ') word
where word <> ''
on conflict do nothing;

-- The same orders as before; with the group at hand, a filtered list walks them too.
drop index publication_by_published_at, publication_by_created_at, publication_by_title;
create index publication_by_published_at on publication (workspace_id, published_at, number)
    include (id, language, ends_at, facet_group) where active and channel = 'website';
create index publication_by_created_at on publication (workspace_id, created_at, number)
    include (id, language, published_at, ends_at, facet_group) where active and channel = 'website';
create index publication_by_title on publication (workspace_id, sort_title, number)
    include (id, language, published_at, ends_at, facet_group) where active and channel = 'website';
create index publication_by_facet_group on publication (workspace_id, facet_group)
    where active and channel = 'website';
