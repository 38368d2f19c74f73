"""The arguments of the tools about jobs, as JSON Schema."""

from typing import Any

from rolecall.domain.jobs import JobStatus
from rolecall.surfaces.hirempire import words

JOB_STATUSES = {shown: status for status, shown in words.STATUS_SHOWN.items()}
JOB_REQUIRED = (
    "company_id",
    "title",
    "department",
    "location_type",
    "country",
    "employment_type",
    "career_level",
    "salary_type",
    "currency",
    "salary_period",
    "description",
    "sources",
    "status",
)
_TEXT = {"type": "string"}
_AMOUNT = {"type": "number"}
_FLAG = {"type": "boolean"}


def _one_of(choices: Any) -> dict[str, Any]:
    return {"type": "string", "enum": list(choices)}


_QUESTION = {
    "type": "object",
    "required": ["label", "type"],
    "properties": {
        "label": _TEXT,
        "type": _one_of(words.QUESTION_TYPES),
        "options": {"type": "array", "items": _TEXT, "description": "For single_select and multi_select."},
        "required": _FLAG,
    },
}
JOB_PROPERTIES: dict[str, Any] = {
    "company_id": _TEXT | {"description": "The company's id, as get_companies has it."},
    "title": _TEXT,
    "industry": _TEXT,
    "department": _one_of(words.DEPARTMENTS),
    "location_type": _one_of(words.shown(words.WORKPLACES)),
    "country": _TEXT | {"description": "In English, as in Portugal."},
    "city": _TEXT,
    "employment_type": _one_of(words.shown(words.JOB_TYPES)),
    "career_level": _one_of(words.shown(words.CAREER_LEVELS)),
    "salary_type": _one_of(["fixed", "range", "confidential"]),
    "salary_fixed": _AMOUNT | {"description": "Needed for fixed."},
    "salary_min": _AMOUNT | {"description": "Needed for range."},
    "salary_max": _AMOUNT | {"description": "Needed for range."},
    "currency": _TEXT | {"description": "Three letters, as in EUR."},
    "salary_period": _one_of(words.SALARY_PERIODS),
    "hide_salary": _FLAG | {"description": "Leave the salary out of public pages."},
    "description": _TEXT | {"description": "Plain text, Markdown or HTML."},
    "sources": {"type": "array", "items": _TEXT, "description": "Where the job is advertised, as in LinkedIn."},
    "post_on_linkedin": _FLAG | {"description": "Nothing is posted from here; posted_on_linkedin says so."},
    "questions": {
        "type": "object",
        "properties": {
            "fields": {"type": "object", "properties": dict.fromkeys(words.SWITCHES, _FLAG)},
            "custom": {"type": "array", "items": _QUESTION},
        },
    },
    "status": _one_of([words.STATUS_SHOWN[status] for status in (JobStatus.OPEN, JobStatus.DRAFT)]),
}
