"""Candidates: people who are new here or known again by their e-mail address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from msgspec import UNSET, UnsetType

from rolecall.actions.contacts import read_phone
from rolecall.actions.context import Context, record
from rolecall.actions.ids import new_id
from rolecall.actions.slugs import person_slug
from rolecall.actions.workspaces import native_connector_id
from rolecall.domain.applications import ApplicationStatus
from rolecall.domain.candidates import Candidate, CandidateKind, CandidateStatus, folded_email
from rolecall.domain.errors import CandidateUnknown
from rolecall.store import candidates, terms
from rolecall.store.terms import TAG, Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What somebody tells of a person; fields are the candidate's, and may all be absent.

    `phone` is read in the country of the address or in `phone_country`. The two times say when the person has accepted
    the privacy policy, and agreed to be kept for other jobs.
    """

    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    phone: str | None = None
    phone_country: str | None = None
    title: str | None = None
    company: str | None = None
    linkedin_url: str | None = None
    website_url: str | None = None
    date_of_birth: date | None = None
    language: str | None = None
    address: Mapping[str, Any] | None = None
    city: str | None = None
    country_code: str | None = None
    nationality: str | None = None
    experience_years: Decimal | None = None
    salary_expectation: Decimal | None = None
    spoken_languages: Sequence[Mapping[str, Any]] = ()
    skills: Sequence[str] = ()
    available_from: date | None = None
    photo_id: UUID | None = None
    privacy_accepted_at: datetime | None = None
    talent_pool_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateChanges:
    """What is to change of a candidate; what is UNSET stays. `tags` become the whole list."""

    pool_stage: str | UnsetType | None = UNSET
    standing: ApplicationStatus | UnsetType = UNSET
    follow_up_note: str | UnsetType | None = UNSET
    tags: Sequence[str] | UnsetType = UNSET


# What fills a gap of a known candidate; consent is renewed instead.
_PROFILE = (
    "first_name",
    "last_name",
    "phone_numbers",
    "title",
    "company",
    "locations",
    "linkedin_url",
    "website_url",
    "date_of_birth",
    "language",
    "address",
    "city",
    "country_code",
    "nationality",
    "experience_years",
    "salary_expectation",
    "spoken_languages",
    "skills",
    "available_from",
    "photo_id",
)
_CONSENTS = ("privacy_accepted_at", "talent_pool_at")


async def join_candidate(
    ctx: Context, person: Person, *, kind: CandidateKind = CandidateKind.APPLICANT
) -> tuple[Candidate, bool]:
    """The candidate that a person is, made where the e-mail address is new; the second value says whether it was.

    Of a known one only gaps are filled: what the workspace knows of somebody is not overwritten by whoever sends their
    address. Two requests about one address wait for each other.
    """
    connector_id = await native_connector_id(ctx.conn, ctx.workspace_id)
    if person.email is not None:
        email = folded_email(person.email)
        await candidates.hold_address(ctx.conn, ctx.workspace_id, email)
        known = await candidates.by_email(ctx.conn, ctx.workspace_id, connector_id, email)
        if known:
            return await _fill_gaps(ctx, known[0].id, person), False
    return await _create(ctx, person, connector_id=connector_id, kind=kind), True


async def change_candidate(ctx: Context, candidate_id: UUID, changes: CandidateChanges) -> Candidate:
    """Change what a recruiter notes of a person. Raises CandidateUnknown."""
    known = await candidates.lock(ctx.conn, ctx.workspace_id, candidate_id)
    if known is None:
        raise CandidateUnknown
    given = {name: getattr(changes, name) for name in ("pool_stage", "standing", "follow_up_note")}
    facts = {name: value for name, value in given.items() if value not in (UNSET, getattr(known, name))}
    fields = [*facts, *(["tags"] if await _tag(ctx, candidate_id, changes.tags) else [])]
    if not fields:
        return known
    now = max(ctx.now, known.modified_at + timedelta(microseconds=1))
    changed = replace(known, **facts, updated_at=now, modified_at=now)
    await candidates.update(ctx.conn, changed)
    await record(ctx, "candidate", "changed", record_id=candidate_id, fields=sorted(fields))
    return changed


async def _tag(ctx: Context, candidate_id: UUID, tags: Sequence[str] | UnsetType) -> bool:
    """Make these the candidate's tags; whether they were others before."""
    if tags is UNSET:
        return False
    wanted = [Term(workspace_id=ctx.workspace_id, id=new_id(), kind=TAG, name=tag) for tag in sorted(set(tags))]
    term_ids = [await terms.put(ctx.conn, term) for term in wanted]
    return await candidates.set_tags(ctx.conn, ctx.workspace_id, candidate_id, term_ids=term_ids)


async def place_candidate(ctx: Context, candidate_id: UUID, member_id: UUID, *, status: CandidateStatus) -> Candidate:
    """Put a candidate into a member's repository, with the status that it has there and everywhere.

    Raises CandidateUnknown.
    """
    known = await candidates.lock(ctx.conn, ctx.workspace_id, candidate_id)
    if known is None:
        raise CandidateUnknown
    now = max(ctx.now, known.modified_at + timedelta(microseconds=1))
    changed = replace(known, status=status, updated_at=now, modified_at=now)
    await candidates.update(ctx.conn, changed)
    await candidates.add_members(ctx.conn, ctx.workspace_id, candidate_id, member_ids=[member_id], now=ctx.now)
    await record(ctx, "candidate", "changed", record_id=candidate_id, fields=["status"])
    return changed


async def _create(ctx: Context, person: Person, *, connector_id: UUID, kind: CandidateKind) -> Candidate:
    candidate_id = new_id()
    facts: dict[str, Any] = {"spoken_languages": [], "skills": [], "urls": []} | _facts(person)
    candidate = Candidate(
        workspace_id=ctx.workspace_id,
        id=candidate_id,
        connector_id=connector_id,
        slug=str(candidate_id),
        kind=kind,
        status=CandidateStatus.POTENTIAL,
        email=None if person.email is None else folded_email(person.email),
        email_addresses=[] if person.email is None else [person.email],
        privacy_accepted_at=person.privacy_accepted_at,
        talent_pool_at=person.talent_pool_at,
        last_interaction_at=ctx.now,
        created_at=ctx.now,
        updated_at=ctx.now,
        modified_at=ctx.now,
        **facts,
    )
    await candidates.insert(ctx.conn, candidate)
    name = person_slug(person.first_name, person.last_name)
    await candidates.add_number_to_slug(ctx.conn, ctx.workspace_id, candidate_id, name=name)
    await record(ctx, "candidate", "created", record_id=candidate_id)
    stored = await candidates.get(ctx.conn, ctx.workspace_id, candidate_id)
    assert stored is not None
    return stored


async def _fill_gaps(ctx: Context, candidate_id: UUID, person: Person) -> Candidate:
    known = await candidates.lock(ctx.conn, ctx.workspace_id, candidate_id)
    assert known is not None, "the address is held"
    changes = {name: value for name, value in _facts(person).items() if value and not getattr(known, name)}
    for name in _CONSENTS:
        given, before = getattr(person, name), getattr(known, name)
        if given is not None and (before is None or given > before):
            changes[name] = given
    changes["last_interaction_at"] = ctx.now
    now = max(ctx.now, known.modified_at + timedelta(microseconds=1))
    changed = replace(known, **changes, updated_at=now, modified_at=now)
    await candidates.update(ctx.conn, changed)
    await record(ctx, "candidate", "changed", record_id=known.id, fields=sorted(changes))
    return changed


def _facts(person: Person) -> dict[str, Any]:
    """A person's profile as a candidate has it."""
    address = {name: value for name, value in (person.address or {}).items() if value}
    country = person.country_code or _country(address.get("country_code"))
    city = person.city or address.get("locality")
    made: dict[str, Any] = {
        "phone_numbers": [read_phone(person.phone, countries=[country, person.phone_country])] if person.phone else [],
        "locations": [city] if city else [],
        "address": address or None,
        "city": city,
        "country_code": country,
        "spoken_languages": [dict(spoken) for spoken in person.spoken_languages],
        "skills": list(person.skills),
    }
    return {name: made[name] if name in made else getattr(person, name) for name in _PROFILE}


def _country(text: str | None) -> str | None:
    """A country's code (ISO 3166), None where somebody wrote its name."""
    return text.upper() if text is not None and len(text) == 2 and text.isascii() and text.isalpha() else None
