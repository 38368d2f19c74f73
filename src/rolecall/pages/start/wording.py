"""What the start page says of each contract. One that is not here is shown by its own title."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """`capability` in our words, the vendor whose contract it is, and what one does with it."""

    capability: str
    vendor: str
    purpose: str


WORDS = {
    "bindbee": Words("Unified ATS API", "Bindbee", "Read the jobs of every source in one shape, with one cursor."),
    "recruitsome": Words(
        "Vacancy publishing", "RecruitSome", "Fill a career site: vacancies with filters, sorting and paging."
    ),
    "hirempire": Words(
        "Source tracking",
        "HirEmpire",
        "One counted link for each channel and job: know where people come from. Assistants connect by MCP.",
    ),
    "recruitifi": Words(
        "Agency distribution", "RecruitiFi", "Signed screens inside a partner's page: offer a job to agencies."
    ),
    "crosspath": Words(
        "Partner intake", "CrossPath", "Partners push their companies and missions in, and keep them in step."
    ),
}
