"""HirEmpire's shapes of candidates. What nobody has evaluated is null."""

from collections.abc import Callable
from typing import Any, Literal
from uuid import UUID

import msgspec

from rolecall.actions.places import country_name
from rolecall.surfaces.hirempire import words
from rolecall.surfaces.hirempire.candidate_queries import CandidateRow
from rolecall.surfaces.hirempire.wire import Number, number, time_text

FileUrl = Callable[[UUID], str]


class CandidateShape(msgspec.Struct, kw_only=True):
    id: str
    applied_at: str
    type: str
    name: str | None
    email: str | None
    phone_number: str | None
    linkedin_url: str | None
    cv_url: str | None
    photo_url: str | None
    source: str | None
    status: str
    nationality: str | None
    location: str | None
    experience_years: Number | None
    salary_expectation: Number | None
    job_id: str | None
    job_title: str | None
    ai_summary: None = None
    ai_score: None = None
    ai_decision: None = None
    ai_match_percentage: None = None
    github_url: str | None
    cover_letter: str | None
    languages: list[dict[str, str]]
    custom_answers: list[dict[str, Any]]
    tags: list[str]
    pool_stage: str | None
    location_country: str | None
    ai_skills_match: None = None
    ai_experience_match: None = None
    ai_location_match: None = None
    linkedin_matching: None = None


class CandidateDetailShape(CandidateShape, kw_only=True):
    linkedin_data: None = None
    github_data: None = None
    github_evaluation: None = None


class CandidateListShape(msgspec.Struct, kw_only=True):
    success: Literal[True] = True
    total_candidates: int
    candidates: list[CandidateShape]


class OneCandidateShape(msgspec.Struct, kw_only=True):
    success: Literal[True] = True
    candidate: CandidateDetailShape


def candidate_list(rows: list[CandidateRow], *, file_url: FileUrl) -> CandidateListShape:
    shapes = [CandidateShape(**_facts(row, file_url)) for row in rows]
    return CandidateListShape(total_candidates=len(shapes), candidates=shapes)


def one_candidate(row: CandidateRow, *, file_url: FileUrl) -> OneCandidateShape:
    return OneCandidateShape(candidate=CandidateDetailShape(**_facts(row, file_url)))


def status_shown(row: CandidateRow) -> str:
    """Where a candidate stands: a person without an application and without a note of it, where the kind begins."""
    return row.status or words.FIRST_STANDING[row.kind]


def _facts(row: CandidateRow, file_url: FileUrl) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "applied_at": time_text(row.applied_at),
        "type": row.kind,
        "name": " ".join(part for part in (row.first_name, row.last_name) if part) or None,
        "email": row.email,
        "phone_number": row.phone,
        "linkedin_url": row.linkedin_url,
        "cv_url": file_url(row.cv_file_id) if row.cv_file_id is not None else row.cv_url,
        "photo_url": file_url(row.photo_id) if row.photo_id is not None else row.avatar_url,
        "source": row.source,
        "status": status_shown(row),
        "nationality": row.nationality,
        "location": row.city,
        "experience_years": number(row.experience_years),
        "salary_expectation": number(row.salary_expectation),
        "job_id": str(row.job_id) if row.job_id is not None else None,
        "job_title": row.job_title,
        "github_url": _github(row),
        "cover_letter": row.motivation,
        "languages": [language_shown(spoken) for spoken in row.spoken_languages],
        "custom_answers": [_answer(answer, file_url) for answer in row.answers],
        "tags": row.tags,
        "pool_stage": row.pool_stage,
        "location_country": country_name(row.country_code) if row.country_code is not None else None,
    }


def _github(row: CandidateRow) -> str | None:
    addresses = (str(url.get("value") or "") for url in row.urls)
    return next((address for address in addresses if "://github.com/" in address.replace("//www.", "//")), None)


def language_shown(spoken: dict[str, Any]) -> dict[str, str]:
    """A language as the contract has it; what is not known is empty."""
    return {"language": str(spoken.get("language") or ""), "fluency": str(spoken.get("fluency") or "")}


def _answer(answer: dict[str, Any], file_url: FileUrl) -> dict[str, Any]:
    file_id = answer.pop("file_id")
    return answer | {"answer": file_url(UUID(file_id))} if file_id is not None else answer
