"""The report: a table for each workload, the ratios that are promised, and the machine."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from bench import source_links, unified_jobs
from bench.rounds import HEADINGS, Sample, ratios, row, spread


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
class Section:
    """One workload's part of the report."""

    title: str
    about: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    promises: Sequence[Promise]

    def text(self) -> str:
        lines = [self.headings, ["---"] * len(self.headings), *self.rows]
        table = [f"| {' | '.join(cells)} |" for cells in lines]
        promises = [promise.text() for promise in self.promises]
        return "\n".join([f"## {self.title}", "", self.about, "", *table, "", *promises, ""])


@dataclass(slots=True)
class Report:
    """All of it, as Markdown."""

    machine: Sequence[str]
    sections: list[Section] = field(default_factory=list)

    def add(self, section: Section) -> None:
        self.sections.append(section)

    def text(self) -> str:
        head = ["# Results of `make bench`", "", *(f"- {line}" for line in self.machine), ""]
        about = "Medians of interleaved rounds; in brackets the least and the most of the rounds' ratios."
        return "\n".join([*head, about, "", *(section.text() for section in self.sections)])


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


def of_links(samples: dict[str, list[Sample]]) -> Section:
    """Workload B."""
    ours, limit = samples[source_links.OURS], samples[source_links.LIMIT]
    return Section(
        "B. Opening a source link, each visit durable before its answer",
        "One web process, 64 connections, a thousand links. After every round the stored visits were compared with the "
        "client's count: none was lost, none was counted twice.",
        HEADINGS,
        [row(name, found) for name, found in samples.items()],
        [Promise("of the constant page", ratios(ours, limit), 0.45)],
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
