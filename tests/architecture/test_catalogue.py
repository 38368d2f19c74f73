"""DESIGN's rule of tenancy, read from the catalogue of a migrated database."""

from rolecall.store.db import Database, fetch_dicts

# Without a tenant, each for a reason; procrastinate's tables are its own.
GLOBAL_TABLES = (
    "workspace",  # the tenants themselves
    "credential",  # found by its hash, before the tenant is known
    "company_slug",  # public addresses carry no tenant
    "rate_window",  # short-lived counters, keyed by text
    "credential_generation",  # one number for all credentials
    "visit_salt",  # a random number a day, of the installation
    "visits_rolled_up",  # one time for all visits
    "schema_migration",  # of the installation
    "queue_migration",  # of the installation
)

TENANT_TABLES = """
select relname as table_name from pg_class
where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
  and relname <> all(%s) and relname not like 'procrastinate\\_%%'
"""

# Every key with its columns in order. Unique indexes without a constraint count too; an expression has no column name.
KEYS = """
select c.relname as table_name, k.name, k.kind,
       array(select coalesce(a.attname, '(expression)') from unnest(k.columns) with ordinality as u (number, position)
             left join pg_attribute a on a.attrelid = k.relation and a.attnum = u.number
             order by position)::text[] as columns
from (select conrelid as relation, conname as name, 'foreign' as kind, conkey as columns
      from pg_constraint where contype = 'f'
      union all
      select indrelid, indexrelid::regclass::text, case when indisprimary then 'primary' else 'unique' end,
             (indkey::smallint[])[:indnkeyatts - 1]
      from pg_index where indisunique) k
join pg_class c on c.oid = k.relation
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname not like 'procrastinate\\_%%'
"""

INDEXES = """
select c.relname as table_name,
       array(select coalesce(a.attname, '(expression)')
             from unnest((i.indkey::smallint[])[:i.indnkeyatts - 1]) with ordinality as u (number, position)
             left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = u.number
             order by position)::text[] as columns
from pg_index i join pg_class c on c.oid = i.indrelid
where c.relnamespace = 'public'::regnamespace and i.indpred is null
"""


async def test_every_tenant_table_has_a_primary_key(database: Database):
    async with database.reading() as conn:
        tables = {row["table_name"] for row in await fetch_dicts(conn, TENANT_TABLES, [list(GLOBAL_TABLES)])}
        keys = await fetch_dicts(conn, KEYS)
    assert len(tables) > 10
    assert tables - {key["table_name"] for key in keys if key["kind"] == "primary"} == set()


async def test_every_key_of_a_tenant_table_starts_with_the_workspace(database: Database):
    async with database.reading() as conn:
        keys = await fetch_dicts(conn, KEYS)
    faults = [
        f"{key['table_name']}: {key['kind']} key {key['name']} {key['columns']}"
        for key in keys
        if key["table_name"] not in GLOBAL_TABLES and key["columns"][0] != "workspace_id"
    ]
    assert faults == []


async def test_every_foreign_key_has_an_index(database: Database):
    """An index whose leading columns are the key's, in whatever order: without it a delete reads the whole table."""
    async with database.reading() as conn:
        keys, indexes = await fetch_dicts(conn, KEYS), await fetch_dicts(conn, INDEXES)
    faults = [
        f"create index on {key['table_name']} ({', '.join(key['columns'])});"
        for key in keys
        if key["kind"] == "foreign"
        and not any(
            index["table_name"] == key["table_name"]
            and set(index["columns"][: len(key["columns"])]) == set(key["columns"])
            for index in indexes
        )
    ]
    assert faults == []
