"""HirEmpire's webhooks: which of its seven words an event is, and what is sent with it.

Its traps: the company's name is `company.company` in two of the bodies and `company.name` in the others; words have
display case, unlike everywhere else; `location` is the country here.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from rolecall.actions.places import country_name
from rolecall.domain.events import EventType
from rolecall.domain.ids import parse_id
from rolecall.domain.jobs import JobStatus
from rolecall.services import file_url
from rolecall.store import events
from rolecall.surfaces.hirempire import words
from rolecall.surfaces.hirempire.candidate_wire import language_shown
from rolecall.surfaces.hirempire.event_queries import (
    ApplicantTold,
    JobTold,
    MeetingTold,
    applicant_told,
    job_told,
    meeting_told,
)
from rolecall.surfaces.hirempire.wire import number, time_text
from rolecall.webhooks import Message, Occasion, WebhookSurface

NAME = "hirempire"
# The contract's words, and the events that each may come from.
EVENTS: dict[str, tuple[EventType, ...]] = {
    "job_added": (EventType.JOB_MOVED,),
    "job_activated": (EventType.JOB_MOVED,),
    "job_deactivated": (EventType.JOB_MOVED,),
    "job_deleted": (EventType.JOB_MOVED,),
    "applicant_applied": (EventType.APPLICATION_CREATED,),
    "cv_upload_completed": (EventType.CANDIDATE_RESUME_READ,),
    "meeting_booked": (EventType.INTERVIEW_CREATED,),
}
_TYPES_SHOWN = {stored: word for word, stored in words.JOB_TYPES.items()}
_WORKPLACES_SHOWN = {stored: word for word, stored in words.WORKPLACES.items()}
_LEVELS_SHOWN = {stored: word for word, stored in words.CAREER_LEVELS.items()}
_RECORDED = frozenset({"audio", "video"})


async def _compose(occasion: Occasion) -> Message | None:
    match occasion.event.type:
        case EventType.JOB_MOVED:
            return await _about_job(occasion)
        case EventType.APPLICATION_CREATED:
            return await _applied(occasion)
        case EventType.CANDIDATE_RESUME_READ:
            return await _resume_read(occasion)
        case EventType.INTERVIEW_CREATED:
            return await _booked(occasion)
        case _:
            return None


async def _about_job(occasion: Occasion) -> Message | None:
    word = await _word_of_move(occasion)
    if word is None or word not in occasion.webhook.events:
        return None
    job = await job_told(occasion.conn, occasion.event.workspace_id, occasion.event.record_id)
    if job is None:
        return None
    company = {"id": str(job.company_id), "name": job.company_name}
    return Message(word, _head(word, occasion) | {"company": company, "job": _job(job)})


async def _word_of_move(occasion: Occasion) -> str | None:
    """A job that is opened by what made it was added; one that is archived was deleted, whatever it was before."""
    old, new = (JobStatus(occasion.event.payload[key]) for key in ("old", "new"))
    if new == JobStatus.ARCHIVED:
        return "job_deleted"
    if new == JobStatus.OPEN:
        added = await events.same_cause(occasion.conn, occasion.event, EventType.JOB_CREATED)
        return "job_added" if added else "job_activated"
    return "job_deactivated" if old == JobStatus.OPEN else None


async def _applied(occasion: Occasion) -> Message | None:
    word = "applicant_applied"
    told = await applicant_told(occasion.conn, occasion.event.workspace_id, occasion.event.record_id)
    if told is None:
        return None
    short = _applicant(occasion, told)
    recorded = {answer["kind"]: answer for answer in told.answers if answer["kind"] in _RECORDED}
    applicant = {
        **{name: short[name] for name in ("id", "name", "email", "phone")},
        "linkedin_url": told.linkedin_url,
        "cv_url": short["cv_url"],
        "photo": _address(occasion, told.photo_id) or told.avatar_url,
        **{name: short[name] for name in ("source", "nationality", "location")},
        "city": told.city,
        "years_of_experience": short["years_of_experience"],
        "spoken_languages": [language_shown(spoken) for spoken in told.spoken_languages],
        "ai_evaluation": None,
        "special_questions": [
            {"question": answer["question"], "answer": _answer(occasion, answer)}
            for answer in told.answers
            if answer["kind"] not in _RECORDED
        ],
        "media_questions": {f"{kind}_url": _answer(occasion, recorded.get(kind)) for kind in ("audio", "video")},
    }
    return Message(word, _head(word, occasion) | {"job": _ref(told), "company": _legacy(told), "applicant": applicant})


async def _resume_read(occasion: Occasion) -> Message | None:
    """Of a resume that came with an application. The contract has no body for one of a person without a job."""
    word = "cv_upload_completed"
    application_id = parse_id(str(occasion.event.payload.get("application_id")))
    if application_id is None:
        return None
    told = await applicant_told(occasion.conn, occasion.event.workspace_id, application_id)
    if told is None:
        return None
    applicant = _applicant(occasion, told) | {"ai_evaluation": None}
    return Message(word, _head(word, occasion) | {"company": _legacy(told), "job": _ref(told), "applicant": applicant})


async def _booked(occasion: Occasion) -> Message | None:
    """An interview is a meeting once it has a time."""
    word, workspace_id = "meeting_booked", occasion.event.workspace_id
    meeting = await meeting_told(occasion.conn, workspace_id, occasion.event.record_id)
    if meeting is None or meeting.starts_at is None:
        return None
    told = await applicant_told(occasion.conn, workspace_id, meeting.application_id)
    if told is None:
        return None
    short = _applicant(occasion, told)
    about = {
        "company": {"id": str(told.company_id), "name": told.company_name},
        "job": _ref(told),
        "applicant": {name: short[name] for name in ("id", "name", "email")},
        "meeting": _meeting(meeting, starts_at=meeting.starts_at),
    }
    return Message(word, _head(word, occasion) | about)


def _meeting(meeting: MeetingTold, *, starts_at: datetime) -> dict[str, Any]:
    lasts = meeting.ends_at - starts_at if meeting.ends_at is not None else timedelta(0)
    place = meeting.location or ""
    leader = (meeting.leader_first_name, meeting.leader_last_name)
    return {
        "id": str(meeting.id),
        "scheduled_at": time_text(starts_at),
        "duration_minutes": round(lasts.total_seconds() / 60),
        "meeting_type": meeting.stage or "Interview",
        "meeting_link": place if place.startswith(("https://", "http://")) else None,
        "organizer": {"name": " ".join(filter(None, leader)), "email": meeting.leader_email or ""},
    }


def _head(word: str, occasion: Occasion) -> dict[str, Any]:
    return {"event": word, "timestamp": time_text(occasion.event.occurred_at)}


def _ref(told: ApplicantTold) -> dict[str, str]:
    return {"id": str(told.job_id), "title": told.job_title}


def _legacy(told: ApplicantTold) -> dict[str, str]:
    return {"id": str(told.company_id), "company": told.company_name}


def _job(job: JobTold) -> dict[str, Any]:
    return {
        "id": str(job.id),
        "title": job.title,
        "department": job.department or "Other",
        "job_country": _country(job.country_code) or job.place or "Worldwide",
        "career_level": _LEVELS_SHOWN[job.career_level or words.DEFAULT_LEVEL],
        "salary_range": _salary(job.salary_min, job.salary_max, job.salary_currency),
        "salary_period": words.PERIOD_SHOWN.get(job.salary_period or ""),
        "salary_currency": job.salary_currency,
        "hide_salary": job.salary_hidden,
        "job_type": _TYPES_SHOWN[words.job_type_shown(job.job_type)],
        "workplace_type": _WORKPLACES_SHOWN[job.workplace],
        "job_description": job.description or "",
        "sources": job.sources,
    }


def _salary(least: Decimal | None, most: Decimal | None, currency: str | None) -> str:
    """As in "42000 EUR" or "42000 - 50000 EUR"; empty where no amount is known."""
    bounds = [str(number(bound)) for bound in dict.fromkeys((least, most)) if bound is not None]
    return " ".join(filter(None, (" - ".join(bounds), currency))) if bounds else ""


def _applicant(occasion: Occasion, told: ApplicantTold) -> dict[str, Any]:
    return {
        "id": str(told.id),
        "name": " ".join(filter(None, (told.first_name, told.last_name))) or None,
        "email": told.email,
        "phone": told.phone,
        "cv_url": _address(occasion, told.resume_file_id) or told.resume_url,
        "source": told.source,
        "nationality": told.nationality,
        "location": _country(told.country_code),
        "years_of_experience": number(told.experience_years),
    }


def _country(code: str | None) -> str | None:
    return country_name(code) if code is not None else None


def _answer(occasion: Occasion, answer: Mapping[str, Any] | None) -> Any:
    """What was answered; of a file, where it can be had."""
    if answer is None:
        return None
    file_id = parse_id(answer["file_id"]) if answer["file_id"] is not None else None
    return answer["answer"] if file_id is None else _address(occasion, file_id)


def _address(occasion: Occasion, file_id: UUID | None) -> str | None:
    """A signed address of a file, which works for a day."""
    return None if file_id is None else file_url(occasion.services, occasion.event.workspace_id, file_id)


WEBHOOKS = WebhookSurface(name=NAME, compose=_compose, waits=(timedelta(seconds=30), timedelta(minutes=5)))
