"""The kept facet groups and their bitmaps agree with what is stored, whoever writes and in whatever order."""

import asyncio
import json
import re
from collections import Counter
from pathlib import Path

import rolecall
from rolecall.actions.importing import import_postings
from rolecall.actions.jobs import JobChanges, change_job, hold_job
from rolecall.actions.places import Place, parse_place
from rolecall.actions.publishing import NewPublication, publish_in_language
from rolecall.domain.jobs import Job, JobStatus
from rolecall.store import facets
from rolecall.store.bitmaps import BLOCK
from rolecall.store.facets import Facet, language_option
from tests.world import World

# Every active publication of the website with all it is filed under, one row each, read without any of the kept tables.
FILED = """
    select p.id, p.language, o.list, o.number
    from publication p
    join job j on j.workspace_id = p.workspace_id and j.id = p.job_id
    left join lateral (
        select 1 as list, l.number from job_location jl, location l
        where jl.job_id = j.id and l.workspace_id = j.workspace_id and l.id = jl.location_id
        union all
        select 2, d.number from job_department jd, department d
        where jd.job_id = j.id and d.workspace_id = j.workspace_id and d.id = jd.department_id
        union all
        select 3, c.number from company c where c.workspace_id = j.workspace_id and c.id = j.company_id and c.is_client
        union all
        select case t.kind when 'job_type' then 4 when 'education_level' then 5 else 6 end, t.number
        from job_term jt, term t
        where jt.job_id = j.id and t.workspace_id = j.workspace_id
          and t.id in (jt.term_id, (select parent_id from term s where s.workspace_id = t.workspace_id
                                                                    and s.id = jt.term_id))
    ) o on true
    where p.workspace_id = %s and p.active and p.channel = 'website'
"""
WRITES = re.compile(
    r"(insert\s+into|update|delete\s+from)\s+(publication|job_location|job_department|job_term)\b"
    r"|update\s+company\s+set\s+[^.]*is_client|update\s+term\b|delete\s+from\s+(term|location|department|company)\b"
)


async def recounted(world: World) -> Counter[tuple[int, ...]]:
    """How many publications there are of each combination of options."""
    options: dict[object, set[int]] = {}
    async with world.services.database.reading() as conn:
        for publication, language, which, number in await (await conn.execute(FILED, (world.workspace.id,))).fetchall():
            filed = options.setdefault(publication, {language_option(language)})
            if which is not None:
                filed.add(facets.option(Facet(which), number))
    return Counter(tuple(sorted(filed)) for filed in options.values())


async def kept(world: World) -> Counter[tuple[int, ...]]:
    """The groups that have publications. Fails where the bitmaps say something else."""
    async with world.services.database.writing() as conn:
        await conn.execute("set transaction isolation level repeatable read")
        rows = await conn.execute(
            "select position, options, active from facet_group where workspace_id = %s", (world.workspace.id,)
        )
        groups = {position: (tuple(options), active) for position, options, active in await rows.fetchall()}
        rows = await conn.execute(
            "select option, block, bits::text from facet_block where workspace_id = %s", (world.workspace.id,)
        )
        blocks = await rows.fetchall()
    options: dict[int, set[int]] = {position: set() for position in groups}
    sizes = dict.fromkeys(groups, 0)
    for option, block, bits in blocks:
        for place in (found.start() + block * BLOCK for found in re.finditer("1", bits)):
            if option < 64:
                sizes[place] += 1 << option
            else:
                options[place].add(option)
    assert {place: (tuple(sorted(options[place])), sizes[place]) for place in groups} == groups
    return Counter({filed: active for filed, active in groups.values() if active})


def _place(code: str) -> Place:
    place = parse_place(code)
    assert place is not None
    return place


async def _change(world: World, job: Job, changes: JobChanges) -> None:
    async with world.services.database.writing() as conn:
        ctx = world.context(conn)
        await change_job(ctx, await hold_job(ctx, job.id), changes)


async def _translate(world: World, job: Job) -> None:
    async with world.services.database.writing() as conn:
        ctx = world.context(conn)
        await publish_in_language(ctx, await hold_job(ctx, job.id), NewPublication(language="nl", title="Planner"))


async def _import(world: World, folder: Path, *lines: dict[str, object]) -> None:
    source = folder / "postings.ndjson"
    source.write_text("".join(json.dumps({"company": "Works", "title": "Planner", **line}) + "\n" for line in lines))
    services = world.services
    report = await import_postings(
        services.database,
        services.job_body,
        clock=services.clock,
        source=source,
        workspace=world.workspace.slug,
        rejects=folder / "rejects.ndjson",
    )
    assert report.rejected == 0


def _line(number: int, **facts: object) -> dict[str, object]:
    tags = {"category": f"Main {number % 2}", "occupation": f"Sub {number % 4}"}
    return {"id": str(number), "location": {"country": "SE"}, "department": f"D{number % 3}", **tags, **facts}


async def test_groups_follow_single_writes(acme: World) -> None:
    job = await acme.job(places=[_place("SE-lund")], contract_type="permanent", languages=["sv"])
    other = await acme.job(places=[_place("SE-lund")], contract_type="permanent", languages=["sv"])
    assert await kept(acme) == await recounted(acme)
    assert list((await kept(acme)).values()) == [2]
    await _change(acme, job, JobChanges(places=[_place("SE-lund"), _place("NL")], contract_type="fixed_term"))
    await _translate(acme, job)
    assert await kept(acme) == await recounted(acme)
    assert sorted((await kept(acme)).values()) == [1, 1, 1]
    await acme.move(job.id, JobStatus.PAUSED)
    await acme.move(other.id, JobStatus.CLOSED)
    assert await kept(acme) == await recounted(acme) == {}
    await acme.move(job.id, JobStatus.OPEN)
    assert await kept(acme) == await recounted(acme)
    assert sum((await kept(acme)).values()) == 2


async def test_bitmaps_behind_the_first_block_are_kept_plain(acme: World) -> None:
    """PostgreSQL would unpack them for every count. One that is written to once more stays as it is."""
    await acme.job(places=[_place("SE-lund")], languages=["sv"])
    async with acme.services.database.writing() as conn:
        await conn.execute(
            "insert into facet_group (workspace_id, id, position, options, active)"
            " values (%s, gen_random_uuid(), %s, '{}', 0)",
            (acme.workspace.id, BLOCK - 1),
        )
    for _ in range(2):
        await acme.job(places=[_place("SE-lund")], contract_type="permanent", languages=["sv"])
    assert await kept(acme) == await recounted(acme)
    async with acme.services.database.reading() as conn:
        query = "select block, pg_column_size(bits) >= 2048 from facet_block where workspace_id = %s"
        found = set(await (await conn.execute(query, (acme.workspace.id,))).fetchall())
    assert found == {(0, False), (1, True)}


async def test_groups_follow_imports(acme: World, tmp_path: Path) -> None:
    await _import(acme, tmp_path, *(_line(number) for number in range(12)))
    assert await kept(acme) == await recounted(acme)
    assert sum((await kept(acme)).values()) == 12
    changed = [
        _line(0, visibility="internal"),
        _line(1, valid_through="2020-01-01"),
        _line(2, department="D9", location={"country": "NL"}),
        _line(3, category="Main 9"),
        _line(4, employment_type="INTERN"),
    ]
    await _import(acme, tmp_path, *changed, *(_line(number) for number in range(10, 20)))
    assert await kept(acme) == await recounted(acme)
    assert sum((await kept(acme)).values()) == 18
    await _import(acme, tmp_path, _line(0), _line(1))
    assert await kept(acme) == await recounted(acme)
    assert sum((await kept(acme)).values()) == 20


async def test_an_import_takes_translations_along(acme: World, tmp_path: Path) -> None:
    await _import(acme, tmp_path, _line(1))
    async with acme.services.database.writing() as conn:
        query = "select id from job where workspace_id = %s"
        ((job_id,),) = await (await conn.execute(query, (acme.workspace.id,))).fetchall()
        ctx = acme.context(conn)
        await publish_in_language(ctx, await hold_job(ctx, job_id), NewPublication(language="nl", title="Planner"))
    assert sum((await kept(acme)).values()) == 2
    await _import(acme, tmp_path, _line(1, visibility="internal"))
    assert await kept(acme) == await recounted(acme) == {}


async def test_concurrent_writers_lose_nothing(acme: World, tmp_path: Path) -> None:
    company = await acme.company()
    jobs = [await acme.job(f"Planner {n}", company=company, places=[_place("SE")]) for n in range(12)]
    await asyncio.gather(
        *(acme.move(job.id, JobStatus.CLOSED) for job in jobs[:4]),
        *(_change(acme, job, JobChanges(places=[_place("NL")])) for job in jobs[2:8]),
        *(_translate(acme, job) for job in jobs[6:]),
        _import(acme, tmp_path, *(_line(number) for number in range(30))),
    )
    assert await kept(acme) == await recounted(acme)
    assert sum((await kept(acme)).values()) == 8 + 6 + 30


def test_every_module_that_writes_what_is_counted_regroups() -> None:
    """What writes publications or links in statements of its own is called by actions that end with `regroup`."""
    source = Path(rolecall.__file__).parent
    writers = {str(path.relative_to(source)) for path in source.rglob("*.py") if WRITES.search(path.read_text())}
    assert writers == {
        "store/connectors.py",  # a company without jobs
        "store/facets.py",
        "store/import_changes.py",
        "store/importing.py",
        "store/jobs.py",
        "store/publications.py",
    }
    callers = re.compile(r"\bjobs\.set_(locations|departments|terms)\(|\bpublications\.(set_active|insert)\(")
    linking = {path.name for path in (source / "actions").rglob("*.py") if callers.search(path.read_text())} - {
        "postings.py"
    }
    assert linking == {"jobs.py", "publishing.py", "synced.py"}
