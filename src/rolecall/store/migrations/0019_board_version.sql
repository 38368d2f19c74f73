-- Boards and feeds are kept as they are until what they show changes. Whoever changes what is published holds the row of
-- all languages (see store/facets.py), and leaves a number there that nobody has left before, and the time.
alter table publication_count
    add column version    bigint not null default 0,
    add column changed_at timestamptz not null default now();
