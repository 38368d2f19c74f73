-- The website's active publications in the order of a list, counted by stretches of neighbours (see store/runs.py): each
-- from a first one up to the next row's. sort is the column that the list goes by: first_at is its time there, or
-- first_title its title. Language '' stands for all of them. A list is entered at the run that a page is in.
create table publication_run (
    workspace_id uuid not null references workspace (id) on delete cascade,
    sort         text not null check (sort in ('published_at', 'created_at', 'sort_title')),
    language     text not null,
    first_at     timestamptz not null,
    first_title  text collate "C" not null,
    first_number bigint not null,
    active       bigint not null,
    primary key (workspace_id, sort, language, first_at, first_title, first_number)
) with (fillfactor = 50);

insert into publication_run (workspace_id, sort, language, first_at, first_title, first_number, active)
with placed as (
    select p.workspace_id, s.sort, s.at, s.title, p.number, p.language,
           (row_number() over (partition by p.workspace_id, s.sort order by s.at, s.title, p.number) - 1) / 4096 as run
    from publication p
    cross join lateral (
        values ('published_at', p.published_at, '' collate "C"), ('created_at', p.created_at, ''),
               ('sort_title', '-infinity', p.sort_title)
    ) s (sort, at, title)
    where p.facet_group is not null
),
begun as (
    select distinct on (workspace_id, sort, run) workspace_id, sort, run,
           case run when 0 then '-infinity' else at end as first_at, case run when 0 then '' else title end as first_title,
           case run when 0 then 0 else number end as first_number
    from placed order by workspace_id, sort, run, at, title, number
)
select b.workspace_id, b.sort, l.language, b.first_at, b.first_title, b.first_number, count(*)
from placed p join begun b using (workspace_id, sort, run)
cross join lateral (values (''), (p.language)) l (language)
group by 1, 2, 3, 4, 5, 6;

-- What is over is taken off the runs on reading, so its places in the lists belong to the index that finds it.
drop index publication_by_ends_at;
create index publication_by_ends_at on publication (workspace_id, ends_at)
    include (language, published_at, created_at, sort_title, number)
    where active and channel = 'website' and ends_at is not null;
