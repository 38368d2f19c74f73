import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import psycopg
import pytest
from procrastinate.schema import SchemaManager

from rolecall.actions.ids import new_id
from rolecall.store.db import Connection
from rolecall.store.migrate import Migration, MigrationError, migrate, packaged, pending, read

FIRST = Migration(version=1, name="0001_first", sql="create table first (id int)")
SECOND = Migration(version=2, name="0002_second", sql="create table second (id int)")


async def connect(url: str) -> Connection:
    return await psycopg.AsyncConnection[Any].connect(url, autocommit=True)


async def column(url: str, query: str) -> list[Any]:
    async with await connect(url) as conn:
        return [row[0] for row in await (await conn.execute(cast("Any", query))).fetchall()]


async def test_an_empty_database_gets_everything_once(empty_database_url: str):
    steps: list[str] = []
    applied = await migrate(empty_database_url, report=steps.append)
    assert applied[0] == "0001_ground_floor"
    assert applied[-1].startswith("procrastinate 3.")
    assert steps == [f"applying {name}" for name in applied]
    assert await migrate(empty_database_url) == []
    assert await column(empty_database_url, "select count(*) from procrastinate_jobs") == [0]


async def test_pending_names_what_is_missing(empty_database_url: str):
    async with await connect(empty_database_url) as conn:
        missing = await pending(conn)
        assert missing == await migrate(empty_database_url)
        assert await pending(conn) == []


async def test_of_several_that_start_at_once_one_migrates(empty_database_url: str):
    applied = await asyncio.gather(*(migrate(empty_database_url) for _ in range(4)))
    names = [migration.name for migration in packaged()]
    assert sorted(applied, key=len)[:3] == [[], [], []]
    assert max(applied, key=len)[:-1] == names
    assert await column(empty_database_url, "select name from schema_migration order by version") == names


async def test_a_later_release_adds_its_own(empty_database_url: str):
    await migrate(empty_database_url, migrations=[FIRST])
    assert await migrate(empty_database_url, migrations=[FIRST, SECOND]) == ["0002_second"]
    assert await column(empty_database_url, "select count(*) from second") == [0]


async def test_a_fee_agreed_on_becomes_the_first_of_several(empty_database_url: str):
    await migrate(empty_database_url, migrations=[found for found in packaged() if found.version < 26])
    async with await connect(empty_database_url) as conn:
        await conn.execute("set session_replication_role = replica")  # no client and no agency is needed here
        query = "insert into preferred_agency select %s, %s, gen_random_uuid(), unnest(array[18.5, null])"
        await conn.execute(query, [new_id(), new_id()])
    await migrate(empty_database_url)
    assert await column(empty_database_url, "select (position, percent)::text from agency_fee") == ["(0,18.50)"]
    assert await column(empty_database_url, "select count(*) from preferred_agency") == [2]


async def test_a_changed_file_is_refused(empty_database_url: str):
    await migrate(empty_database_url, migrations=[FIRST])
    changed = replace(FIRST, sql="create table first (id bigint)")
    with pytest.raises(MigrationError, match=r"0001_first is not the one .* must not change"):
        await migrate(empty_database_url, migrations=[changed, SECOND])
    assert await column(empty_database_url, "select to_regclass('second')") == [None]


async def test_a_newer_database_is_refused(empty_database_url: str):
    await migrate(empty_database_url, migrations=[FIRST, SECOND])
    with pytest.raises(MigrationError, match="newer than this release: it has the migration 0002_second"):
        await migrate(empty_database_url, migrations=[FIRST])


async def test_a_failing_migration_leaves_nothing_behind(empty_database_url: str):
    broken = replace(SECOND, sql="create table second (id int); select 1 / 0")
    with pytest.raises(MigrationError, match="0002_second failed and changed nothing: division by zero"):
        await migrate(empty_database_url, migrations=[FIRST, broken])
    assert await column(empty_database_url, "select name from schema_migration") == ["0001_first"]
    assert await migrate(empty_database_url, migrations=[FIRST, SECOND]) != []


async def test_a_table_in_use_is_not_waited_for_endlessly(empty_database_url: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("rolecall.store.migrate._LOCK_TIMEOUT", "100ms")
    await migrate(empty_database_url, migrations=[FIRST])
    alter = replace(SECOND, sql="alter table first add name text")
    async with await connect(empty_database_url) as conn, conn.transaction():
        await conn.execute("select * from first")
        with pytest.raises(MigrationError, match=r"0002_second waited .* long transaction"):
            await migrate(empty_database_url, migrations=[FIRST, alter])


async def test_the_queue_of_an_older_release_is_upgraded(empty_database_url: str):
    older = Path(SchemaManager.get_migrations_path()).glob("0[0-2].*.sql")
    async with await connect(empty_database_url) as conn:
        for file in sorted(older):
            await conn.execute(cast("Any", file.read_text()))
        await conn.execute("create table queue_migration (delta text, version text)")
        await conn.execute("insert into queue_migration values ('02.14.01_01_add_indexes_for_fetch_job', '2.15.1')")
        applied = await migrate(empty_database_url, migrations=[])
        assert applied[0] == "procrastinate 03.00.00_01_pre_cancel_notification"
        assert await column(empty_database_url, "select count(*) from procrastinate_workers") == [0]
        assert await migrate(empty_database_url, migrations=[]) == []


async def test_a_newer_queue_is_refused(empty_database_url: str):
    await migrate(empty_database_url)
    await column(empty_database_url, "update queue_migration set delta = '99.00.00_01_pre' returning 1")
    with pytest.raises(MigrationError, match=r"queue is newer than this release: it has procrastinate's 99\.00"):
        await migrate(empty_database_url)


async def test_a_server_that_is_not_there_is_a_clear_error():
    with pytest.raises(MigrationError, match="The database cannot be reached"):
        await migrate("postgresql://nobody@127.0.0.1:1/nothing")


def test_numbers_are_used_once(tmp_path):
    (tmp_path / "0001_a.sql").touch()
    (tmp_path / "0001_b.sql").touch()
    with pytest.raises(MigrationError, match=r"number of 0001_b\.sql"):
        read(tmp_path)


def test_names_say_what_a_migration_does(tmp_path):
    (tmp_path / "1.sql").touch()
    with pytest.raises(MigrationError, match=r"NNNN_what_it_does\.sql"):
        read(tmp_path)
