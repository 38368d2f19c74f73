-- Many runs in a row are a span, in workspaces with so many publications that a filtered list is not to be walked to its
-- middle (see store/spans.py). Spans are divided, and their bitmaps made, when a run is next divided; null until then,
-- and where language is not ''.
alter table publication_run add column span integer;

-- How many of a span's publications each facet group has, in bitmaps as those of facet_block: a row for each binary digit
-- of these numbers. They are read by hundreds, and unpacking one would take longer than counting its bits.
create table span_block (
    workspace_id uuid not null references workspace (id) on delete cascade,
    span         integer not null,
    block        integer not null,
    digit        smallint not null,
    bits         bit(16384) not null,
    primary key (workspace_id, span, block, digit)
) with (fillfactor = 60);
alter table span_block alter column bits set storage plain;
