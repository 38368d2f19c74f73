"""The report: a table for each workload, the ratios that are promised, and the machine."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from bench import source_links, unified_jobs
from bench.machine import busy
from bench.rounds import HEADINGS, Sample, ratios, row, spread
from bench.vacancies import Contest
from bench.vacancies_database import Costs


@dataclass(frozen=True, slots=True)
class Promise:
    """A ratio and the least that it should be."""

    name: str
    values: Sequence[float]
    least: float

    def text(self) -> str:
        met = "met" if median(self.values) >= self.least else "NOT met"
        return f"- {self.name}: **{spread(self.values)}**, promised {self.least:g}: {met}"


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A figure and the most that it should be."""

    name: str
    values: Sequence[float]
    most: float

    def text(self) -> str:
        met = "met" if median(self.values) <= self.most else "NOT met"
        return f"- {self.name}: **{spread(self.values)}**, promised at most {self.most:g}: {met}"


@dataclass(frozen=True, slots=True)
class Section:
    """One workload's part of the report."""

    title: str
    about: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    promises: Sequence[Promise | Ceiling]
    notes: Sequence[str] = ()

    def text(self) -> str:
        lines = [self.headings, ["---"] * len(self.headings), *self.rows]
        table = [f"| {' | '.join(cells)} |" for cells in lines]
        promises = [promise.text() for promise in self.promises]
        notes = [f"- {note}" for note in self.notes]
        return "\n".join([f"## {self.title}", "", self.about, "", *table, "", *promises, *notes, ""])


@dataclass(slots=True)
class Report:
    """All of it, as Markdown."""

    machine: Sequence[str]
    sections: list[Section] = field(default_factory=list)

    def add(self, section: Section) -> None:
        self.sections.append(section)

    def text(self, *, over: str = "") -> str:
        """The report; sections of an earlier one that are not measured this time are taken `over` from it."""
        head = ["# Results of `make bench`", "", *(f"- {line}" for line in self.machine), ""]
        about = "Medians of interleaved rounds; in brackets the least and the most of the rounds' ratios."
        earlier = {text.partition("\n")[0]: f"## {text}" for text in over.split("\n## ")[1:]}
        present = {section.title: section.text() for section in self.sections}
        return "\n".join([*head, about, "", *(text.rstrip() + "\n" for _, text in sorted((earlier | present).items()))])


def of_jobs(samples: dict[str, list[Sample]]) -> Section:
    """Workload A."""
    ours, limit, peer = (samples[name] for name in (unified_jobs.OURS, unified_jobs.LIMIT, unified_jobs.PEER))
    return Section(
        "A. A page of 50 jobs of the unified list",
        "One web process, 32 connections, a million jobs in a thousand workspaces, pages of about 117 kB. Rolecall "
        "checks both tokens, counts the call against its rate limit and logs it; the bare function reads and joins.",
        HEADINGS,
        [row(name, found) for name, found in samples.items()],
        [Promise("of the bare limit", ratios(ours, limit), 0.75), Promise("times the peer", ratios(ours, peer), 7)],
    )


def of_links(found: source_links.Visits) -> Section:
    """Workload B."""
    ours, limit = found.samples[source_links.OURS], found.samples[source_links.LIMIT]
    redirect = found.samples.get(source_links.REDIRECT)
    answered, stored = sum(kill.answered for kill in found.kills), sum(kill.stored for kill in found.kills)
    told = f"{answered:,} visits answered, {stored:,} stored; those beyond were under way"
    notes = [f"killed with `kill -9` in the middle, {len(found.kills)} times: {told}"]
    if redirect is not None:
        notes.insert(0, f"of nginx's constant 302: {spread(ratios(ours, redirect))}, which is no promise")
    return Section(
        "B. Opening a source link, each visit durable before its answer",
        f"One web process, {source_links.VISITORS} connections, a thousand links, headers as browsers send them. Each "
        "visit adds to its link's counter and has a row. After every round rows, counters and the client's count were "
        "compared: none was lost, none was counted twice.",
        HEADINGS,
        [row(name, samples) for name, samples in found.samples.items()],
        [Promise("of the constant page", ratios(ours, limit), 0.45)],
        notes,
    )


def of_imports(results: Sequence[tuple[float, float, int]]) -> Section:
    """Workload C."""
    ours = [lines / spent for spent, _, lines in results]
    limit = [lines / spent for _, spent, lines in results]
    return Section(
        "C. Importing postings",
        f"{results[0][2]:,} postings with their publications, questions and links, into an empty workspace; beside a "
        "COPY of exactly the rows that this makes into unlogged tables of the same shape, without a key or an index.",
        ["", "lines/s"],
        [["Rolecall, import", f"{median(ours):,.0f}"], ["COPY of the same rows", f"{median(limit):,.0f}"]],
        [Promise("of the bare COPY", [one / other for one, other in zip(ours, limit, strict=True)], 0.25)],
    )


def of_vacancies(contests: Sequence[Contest]) -> Section:
    """Workload D, through the web."""
    rows: list[list[str]] = []
    for one in contests:
        ours = row(f"{one.publications:,}: {one.kind}", one.ours)
        rows.append([*ours[:2], f"{median(one.limit):,.0f}", *ours[2:]])
    return Section(
        "D. Vacancies of a workspace, with their total, and with facets",
        "One web process, 32 connections, pages of 20 under mixed filters, from none to four lists at once. Beside it "
        "pgbench with 32 connections, which runs the same statements, each prepared once with its values in place. "
        "Nearly every publication has a combination of options of its own, which is the hardest case. " + busy(),
        [HEADINGS[0], HEADINGS[1], "pgbench, transactions/s", *HEADINGS[2:]],
        rows,
        [Promise(f"of pgbench, {one.kind} of {one.publications:,}", one.ratios(), 0.6) for one in contests],
    )


_FACETS_AT_MOST = {100_000: 20, 1_000_000: 120}  # milliseconds


def of_vacancy_costs(costs: Sequence[Costs]) -> Section:
    """Workload D, in the database."""
    promises: list[Ceiling] = []
    for one in costs:
        where = f"{one.publications:,}, {_filtered(one)}"
        if one.filters and one.publications in _FACETS_AT_MOST:
            promises.append(Ceiling(f"ms for facets of {where}", one.facets, _FACETS_AT_MOST[one.publications]))
        promises += [
            Ceiling(f"the total's cost, of its page's, {where}", _more(one.page, one.alone), 1),
            Ceiling(f"the page in the middle, of the first, {where}", _of(one.middle, one.page), 10),
            Ceiling(f"the last page, of the first, {where}", _of(one.last, one.page), 10),
        ]
    return Section(
        "D. Vacancies, in the database alone",
        "Milliseconds of processor time of the one backend that answers, which on an idle machine is the time that a "
        "caller waits for it. " + busy(),
        ["", "page with total", "page alone", "page in the middle", "last page", "facets"],
        [
            [
                f"{one.publications:,}, {_filtered(one)}",
                *(f"{median(values):,.2f}" for values in (one.page, one.alone, one.middle, one.last, one.facets)),
            ]
            for one in costs
        ],
        promises,
    )


def _filtered(costs: Costs) -> str:
    lists = "a list" if costs.filters == 1 else f"{costs.filters} lists"
    return f"filtered by {lists}" if costs.filters else "not filtered"


def _of(some: Sequence[float], others: Sequence[float]) -> list[float]:
    return [one / other for one, other in zip(some, others, strict=True)]


def _more(some: Sequence[float], others: Sequence[float]) -> list[float]:
    return [one / other - 1 for one, other in zip(some, others, strict=True)]
