"""HirEmpire's words beside the record's: display case comes in, in any letter case, and lower case goes out."""

from collections.abc import Mapping

from rolecall.domain.applications import ApplicationStatus
from rolecall.domain.jobs import CAREER_LEVELS as STORED_LEVELS
from rolecall.domain.jobs import FORM_FIELDS, JobStatus

# Input word: what the record has. Each in the order in which the contract lists them.
STATUSES = {
    "Pending": JobStatus.DRAFT,
    "Active": JobStatus.OPEN,
    "Paused": JobStatus.PAUSED,
    "Hired": JobStatus.CLOSED,
    "Closed": JobStatus.CLOSED,
}
JOB_TYPES = {
    word: word.lower()
    for word in ("Full-time", "Part-time", "Contract", "Freelance", "Internship", "Temporary", "Project-based")
}
WORKPLACES = {"On-site": "onsite", "Remote": "remote", "Hybrid": "hybrid"}
CAREER_LEVELS: dict[str, str] = dict(
    zip(
        ("Junior", "Mid-level", "Senior", "Team Leader", "Manager", "Director", "VP", "C-level"),
        STORED_LEVELS,
        strict=True,
    )
)
SALARY_PERIODS = {
    "Per hour": "hour",
    "Per day": "day",
    "Per week": "week",
    "Bi-weekly": "biweek",
    "Per month": "month",
    "Per year": "year",
}
DEPARTMENTS = {
    name: name
    for name in (
        "Accounting/Auditing",
        "Administrative",
        "Advertising",
        "Analyst",
        "Art/Creative",
        "Business Development",
        "Consulting",
        "Customer Service",
        "Design",
        "Distribution",
        "Education",
        "Engineering",
        "Finance",
        "Health Care Provider",
        "Human Resources",
        "Information Technology",
        "Legal",
        "Management",
        "Manufacturing",
        "Marketing",
        "Product Management",
        "Project Management",
        "Production",
        "Public Relations",
        "Purchasing",
        "Quality Assurance",
        "Research",
        "Sales",
        "Science",
        "Strategy/Planning",
        "Supply Chain",
        "Training",
        "Operations",
        "Other",
    )
}
QUESTION_TYPES = (
    "text",
    "textarea",
    "number",
    "date",
    "url",
    "file",
    "single_select",
    "multi_select",
    "video",
    "audio",
)
SELECTS = frozenset({"single_select", "multi_select"})
# The switches of a job's form.
SWITCHES = {f"show_{name}": name for name in FORM_FIELDS}
# Kinds of candidates, and where a person of a kind stands who has no application and was never moved.
FIRST_STANDING = {
    "applicant": ApplicationStatus.APPLIED,
    "prospect": ApplicationStatus.QUALIFIED,
    "upload": ApplicationStatus.UPLOADED,
}
CANDIDATE_TYPES = tuple(FIRST_STANDING)

STATUS_SHOWN = {
    JobStatus.DRAFT: "draft",
    JobStatus.OPEN: "active",
    JobStatus.PAUSED: "paused",
    JobStatus.CLOSED: "closed",
    JobStatus.ARCHIVED: "archived",  # asked for by MCP only
}


def shown(choices: Mapping[str, str]) -> dict[str, str]:
    """The words of the contract's answers, which are the stored ones, for a field that is read by other words."""
    return {stored: stored for stored in choices.values()}


PERIOD_SHOWN = {stored: word for word, stored in SALARY_PERIODS.items()}

# The contract has a word for every job's type and level; these stand where the record has none of them.
DEFAULT_TYPE = "full-time"
DEFAULT_LEVEL = "mid-level"
_TYPES = frozenset(JOB_TYPES.values())
_RELATED_TYPES = {
    "contractor": "contract",
    "fixed-term": "temporary",
    "intern": "internship",
    "permanent": "full-time",
}
_RELATED_QUESTIONS = {
    "multi_line_text": "textarea",
    "numeric": "number",
    "boolean": "single_select",
}


def job_type_shown(contract_type: str | None) -> str:
    """The contract's word that is nearest to a stored kind of contract."""
    word = (contract_type or "").strip().lower().replace("_", "-").replace(" ", "-")
    return word if word in _TYPES else _RELATED_TYPES.get(word, DEFAULT_TYPE)


def question_type_shown(kind: str) -> str:
    """The contract's word that is nearest to a stored kind of question."""
    word = kind.lower()
    return word if word in QUESTION_TYPES else _RELATED_QUESTIONS.get(word, "text")
