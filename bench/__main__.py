"""`python -m bench [A] [B] …`: the benchmarks, each beside its limit. Writes bench/RESULTS.md when all have run."""

import argparse
import asyncio
import tempfile
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import psycopg

from bench import (
    crawl,
    import_postings,
    pages,
    source_links,
    unified_jobs,
    unified_records,
    vacancies,
    vacancies_database,
)
from bench.client import NoClient, check_installed
from bench.dataset import fill
from bench.machine import description
from bench.report import Report, of_imports, of_jobs, of_links, of_vacancies, of_vacancy_costs
from bench.rounds import Pace, Place
from bench.sample import write_postings
from bench.unified_records_data import fill_records
from bench.vacancies_data import fill_site
from rolecall.store.embedded import start_embedded
from rolecall.store.migrate import migrate

WORKLOADS = {
    "A": "unified job list",
    "B": "source links",
    "C": "import of postings",
    "D": "vacancies",
    "E": "boards and job pages",
    "F": "records of the unified API",
}
ON_JOBS = {"A", "B", "E"}
RESULTS = Path(__file__).with_name("RESULTS.md")


def main(words: Sequence[str] | None = None) -> None:
    """Run the chosen workloads on a scratch PostgreSQL in a temporary folder."""
    options = _parser().parse_args(words)
    chosen = options.workloads or list(WORKLOADS)
    if set(chosen) - {"C"}:
        _need_client()
    with _folder(options.data) as folder, start_embedded(Path(folder)) as server:
        asyncio.run(migrate(server.url))
        report = Report(description(_version(server.url)))
        pace = Pace(rounds=options.rounds, seconds=options.seconds, warm_up=options.warm_up, say=say)
        if ON_JOBS & set(chosen):
            say(f"filling {options.jobs:,} jobs into {options.workspaces:,} workspaces")
            tenants = fill(server.url, workspaces=options.workspaces, jobs=options.jobs, raw=False, say=say)
            place = Place(server.url, Path(folder), tenants)
            if "A" in chosen:
                report.add(of_jobs(unified_jobs.measure(place, pace)))
            if "B" in chosen:
                report.add(of_links(source_links.measure(place, pace)))
            if "E" in chosen:
                report.add(pages.section(pages.measure(place, pace)))
        if "C" in chosen:
            report.add(of_imports(asyncio.run(_imports(server.url, options.postings, rounds=options.rounds))))
        if "D" in chosen:
            sites = [asyncio.run(fill_site(server.url, publications=size, say=say)) for size in options.publications]
            place = Place(server.url, Path(folder), [])
            report.add(of_vacancies(vacancies.measure(place, sites, pace)))
            report.add(of_vacancy_costs(asyncio.run(vacancies_database.measure(place, sites, pace))))
        if "F" in chosen:
            tenant = fill_records(server.url, candidates=options.candidates, say=say)
            place = Place(server.url, Path(folder), [tenant])
            report.add(unified_records.section(unified_records.measure(place, pace)))
            report.add(crawl.section(crawl.measure(place, pace)))
    print(report.text())
    if options.update_results or (set(chosen) == set(WORKLOADS) and not options.keep_results):
        RESULTS.write_text(report.text(over=RESULTS.read_text(encoding="utf-8")), encoding="utf-8")
        say(f"written to {RESULTS.name}")


def _need_client() -> None:
    try:
        check_installed()
    except NoClient as error:
        raise SystemExit(str(error)) from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "workloads", nargs="*", choices=[[], *WORKLOADS], metavar="|".join(WORKLOADS), help="default: all"
    )
    parser.add_argument("--jobs", type=int, default=1_000_000, help="jobs of A, B and E")
    parser.add_argument("--workspaces", type=int, default=1_000, help="over so many workspaces")
    parser.add_argument("--postings", type=int, default=20_000, help="lines of C")
    sizes = list(vacancies.SIZES)
    parser.add_argument("--publications", type=int, nargs="+", default=sizes, help="of D, a workspace for each number")
    parser.add_argument("--candidates", type=int, default=1_000_000, help="of F")
    parser.add_argument("--rounds", type=int, default=5, help="interleaved rounds")
    parser.add_argument("--seconds", type=float, default=6, help="of each measurement")
    parser.add_argument("--warm-up", type=float, default=2, help="seconds before each measurement, not counted")
    parser.add_argument("--data", type=Path, help="keep the scratch database here")
    parser.add_argument("--keep-results", action="store_true", help="do not write RESULTS.md")
    parser.add_argument("--update-results", action="store_true", help="write what has run into RESULTS.md")
    return parser


def _folder(data: Path | None) -> AbstractContextManager[str]:
    return tempfile.TemporaryDirectory(prefix="rolecall-bench-") if data is None else nullcontext(str(data))


def _version(url: str) -> str:
    with psycopg.connect(url) as conn:
        return str(conn.info.server_version // 10000)


async def _imports(url: str, postings: int, *, rounds: int) -> list[tuple[float, float, int]]:
    """Seconds of an import, seconds of its limit, lines; a triple a round."""
    results: list[tuple[float, float, int]] = []
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "postings.ndjson.gz"
        write_postings(source, count=postings)
        for number in range(1, rounds + 1):
            spent = await import_postings.run_import(url, source)
            limit = await import_postings.run_copy_limit(url, source)
            results.append((spent, limit, postings))
            say(f"round {number} of {rounds}: import {postings / spent:,.0f} lines/s, COPY {postings / limit:,.0f}")
    return results


def say(text: str) -> None:
    """Tell how far it is."""
    print(f"  {text}", flush=True)


if __name__ == "__main__":
    main()
