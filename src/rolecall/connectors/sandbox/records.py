"""The vendor's payloads in our words: a function for each collection."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from rolecall.connectors.sandbox.company import Company
from rolecall.domain.applications import ApplicationStatus
from rolecall.domain.jobs import JobStatus
from rolecall.ports import remote_records as remote
from rolecall.ports.remote_records import RemoteRecord

Payload = Mapping[str, Any]

_JOB_STATES = {
    "open": JobStatus.OPEN,
    "on_hold": JobStatus.PAUSED,
    "filled": JobStatus.CLOSED,
    "draft": JobStatus.DRAFT,
    "archived": JobStatus.ARCHIVED,
}
_STAGE_KINDS = {
    "review": ApplicationStatus.APPLIED,
    "phone": ApplicationStatus.PHONE_SCREEN,
    "interview": ApplicationStatus.INTERVIEW,
    "technical": ApplicationStatus.TECHNICAL,
    "offer": ApplicationStatus.OFFER,
    "hired": ApplicationStatus.HIRED,
}
_STAGES = tuple(_STAGE_KINDS.values())
_ENDS: dict[str, ApplicationStatus] = {
    "hired": ApplicationStatus.HIRED,
    "rejected": ApplicationStatus.REJECTED,
    "withdrawn": ApplicationStatus.WITHDRAWN,
}
_ACCESS = {"admin": "admin", "recruiter": "recruiter", "hiring_manager": "team_member", "interviewer": "interviewer"}
_QUESTION_TYPES = {
    "date": "date",
    "number": "numeric",
    "yes_no": "boolean",
    "choose_many": "multi_select",
    "choose_one": "single_select",
    "long_text": "multi_line_text",
    "short_text": "single_line_text",
}
_RACES = {
    "asian": "asian_or_indian_subcontinent",
    "black": "black_or_african_american",
    "hispanic": "hispanic_or_latino",
    "white": "white",
    "two_or_more": "two_or_more_races",
    "undisclosed": "prefer_not_to_disclose",
}
_GENDERS = {"undisclosed": "prefer_not_to_disclose"}
_VETERANS = {"no": "i_am_not_a_protected_veteran", "undisclosed": "i_dont_wish_to_answer"}
_DISABILITIES = {
    "no": "no_i_dont_have_a_disability",
    "yes": "yes_i_have_a_disability_or_previously_had_a_disability",
    "undisclosed": "i_dont_wish_to_answer",
}
_OPINIONS = {"strong_no": "definitely_no", "undecided": "no_decision"}


def records_of(company: Company) -> Iterator[Sequence[RemoteRecord]]:
    """All records, a kind at a time; what a record names comes before it."""
    for collection, read in _READERS.items():
        yield [read(payload) for payload in company.collections[collection]]


def _department(payload: Payload) -> RemoteRecord:
    return remote.RemoteDepartment(remote_id=payload["id"], raw=payload, name=payload["name"])


def _office(payload: Payload) -> RemoteRecord:
    return remote.RemoteOffice(
        remote_id=payload["id"],
        raw=payload,
        name=payload["name"],
        address=f"{payload['street']}, {payload['city']}",
        city=payload["city"],
        country_code=payload["country"],
    )


def _member(payload: Payload) -> RemoteRecord:
    return remote.RemoteMember(
        remote_id=payload["id"],
        raw=payload,
        email=payload["email"],
        first_name=payload["given_name"],
        last_name=payload["family_name"],
        role=_ACCESS[payload["access"]],
        disabled=not payload["active"],
        remote_created_at=_time(payload["created_at"]),
    )


def _tag(payload: Payload) -> RemoteRecord:
    return remote.RemoteTag(remote_id=payload["id"], raw=payload, name=payload["label"])


def _reject_reason(payload: Payload) -> RemoteRecord:
    return remote.RemoteRejectReason(remote_id=payload["id"], raw=payload, name=payload["label"])


def _job(payload: Payload) -> RemoteRecord:
    url = payload["posting_url"]
    return remote.RemoteJob(
        remote_id=payload["id"],
        raw=payload,
        title=payload["title"],
        status=_JOB_STATES[payload["state"]],
        description=payload["description"],
        code=payload["requisition"],
        confidential=payload["confidential"],
        headcount=payload["openings"],
        departments=[payload["department_id"]],
        offices=payload["office_ids"],
        hiring_managers=[payload["hiring_manager_id"]],
        recruiters=[payload["recruiter_id"]],
        posting_urls=[{"value": url, "url_type": "JOB_POSTING"}] if url else [],
        remote_created_at=_time(payload["created_at"]),
        remote_updated_at=_time(payload["updated_at"]),
    )


def _stage(payload: Payload) -> RemoteRecord:
    return remote.RemoteStage(
        remote_id=payload["id"],
        raw=payload,
        job=payload["job_id"],
        name=payload["name"],
        position=payload["order"],
        status=_STAGE_KINDS[payload["kind"]],
    )


def _question(payload: Payload) -> RemoteRecord:
    return remote.RemoteQuestion(
        remote_id=payload["id"],
        raw=payload,
        job=payload["job_id"],
        position=payload["order"],
        text=payload["text"],
        kind=_QUESTION_TYPES[payload["type"]],
        required=payload["required"],
        choices=payload["options"],
    )


def _candidate(payload: Payload) -> RemoteRecord:
    url = payload["profile_url"]
    return remote.RemoteCandidate(
        remote_id=payload["id"],
        raw=payload,
        first_name=payload["given_name"],
        last_name=payload["family_name"],
        company=payload["employer"],
        title=payload["headline"],
        email_addresses=payload["emails"],
        phone_numbers=payload["phones"],
        locations=[payload["city"]],
        urls=[{"value": url, "url_type": "SOCIAL_MEDIA"}] if url else [],
        tags=payload["tag_ids"],
        is_private=False,
        can_email=payload["may_email"],
        last_interaction_at=_time(payload["updated_at"]),
        remote_created_at=_time(payload["created_at"]),
        remote_updated_at=_time(payload["updated_at"]),
    )


def _application(payload: Payload) -> RemoteRecord:
    turned_down = payload["state"] in {"rejected", "withdrawn"}
    return remote.RemoteApplication(
        remote_id=payload["id"],
        raw=payload,
        candidate=payload["candidate_id"],
        job=payload["job_id"],
        status=_ENDS[payload["state"]] if payload["state"] in _ENDS else _STAGES[payload["stage"]],
        stage=payload["stage_id"],
        credited_to=payload["owner_id"],
        reject_reason=payload["reject_reason_id"],
        source=payload["source"],
        applied_at=_time(payload["applied_at"]),
        rejected_at=_time(payload["closed_at"]) if turned_down else None,
    )


def _attachment(payload: Payload) -> RemoteRecord:
    return remote.RemoteAttachment(
        remote_id=payload["id"],
        raw=payload,
        candidate=payload["candidate_id"],
        kind=payload["kind"],
        name=payload["name"],
        url=payload["url"],
    )


def _activity(payload: Payload) -> RemoteRecord:
    return remote.RemoteActivity(
        remote_id=payload["id"],
        raw=payload,
        candidate=payload["candidate_id"],
        member=payload["author_id"],
        kind=payload["type"],
        subject=payload["subject"],
        body=payload["text"],
        visibility="private" if payload["private"] else "public",
        remote_created_at=_time(payload["created_at"]),
    )


def _eeoc(payload: Payload) -> RemoteRecord:
    return remote.RemoteEeoc(
        remote_id=payload["id"],
        raw=payload,
        candidate=payload["candidate_id"],
        submitted_at=_time(payload["submitted_at"]),
        race=_RACES[payload["race"]],
        gender=_GENDERS.get(payload["gender"], payload["gender"]),
        veteran_status=_VETERANS[payload["veteran"]],
        disability_status=_DISABILITIES[payload["disability"]],
    )


def _interview(payload: Payload) -> RemoteRecord:
    return remote.RemoteInterview(
        remote_id=payload["id"],
        raw=payload,
        application=payload["application_id"],
        stage=payload["stage_id"],
        organizer=payload["organizer_id"],
        interviewers=payload["panel_ids"],
        location=payload["place"],
        starts_at=_time(payload["starts_at"]),
        ends_at=_time(payload["ends_at"]),
        status="complete" if payload["state"] == "done" else "scheduled",
        remote_created_at=_time(payload["created_at"]),
        remote_updated_at=_time(payload["created_at"]),
    )


def _scorecard(payload: Payload) -> RemoteRecord:
    return remote.RemoteScorecard(
        remote_id=payload["id"],
        raw=payload,
        application=payload["application_id"],
        interview=payload["interview_id"],
        interviewer=payload["author_id"],
        recommendation=_OPINIONS.get(payload["opinion"], payload["opinion"]),
        submitted_at=_time(payload["submitted_at"]),
        remote_created_at=_time(payload["created_at"]),
    )


def _offer(payload: Payload) -> RemoteRecord:
    return remote.RemoteOffer(
        remote_id=payload["id"],
        raw=payload,
        application=payload["application_id"],
        creator=payload["author_id"],
        status=payload["state"],
        sent_at=_time(payload["sent_at"]),
        closed_at=_time(payload["closed_at"]),
        start_date=date.fromisoformat(payload["starts_on"]),
        remote_created_at=_time(payload["created_at"]),
    )


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


_READERS: dict[str, Callable[[Payload], RemoteRecord]] = {
    "departments": _department,
    "offices": _office,
    "users": _member,
    "tags": _tag,
    "reject_reasons": _reject_reason,
    "jobs": _job,
    "stages": _stage,
    "questions": _question,
    "candidates": _candidate,
    "applications": _application,
    "documents": _attachment,
    "notes": _activity,
    "eeo": _eeoc,
    "interviews": _interview,
    "feedback": _scorecard,
    "offers": _offer,
}
