-- PostgreSQL compresses bitmaps, most to a fifth and those of small workspaces to a thirtieth, and unpacks them for every
-- count, which takes longer than counting. Behind a workspace's first block they are kept as they are.
alter table facet_block rename to compressed_facet_block;
alter table compressed_facet_block rename constraint facet_block_pkey to compressed_facet_block_pkey;

create table facet_block (
    workspace_id uuid not null references workspace (id) on delete cascade,
    option       bigint not null,
    block        integer not null,
    bits         bit(16384) not null,
    primary key (workspace_id, option, block)
) partition by range (block);
create table facet_block_first partition of facet_block for values from (0) to (1) with (fillfactor = 60);
create table facet_block_more partition of facet_block for values from (1) to (maxvalue) with (fillfactor = 60);
alter table facet_block_first alter column bits set storage main;
alter table facet_block_more alter column bits set storage plain;

-- What is only copied stays compressed.
insert into facet_block (workspace_id, option, block, bits)
select workspace_id, option, block, bits # 0::bit(16384) from compressed_facet_block;
drop table compressed_facet_block;
