"""Candidates: the people who apply, are found or are sent in. One record that every surface reads and writes."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from rolecall.domain.texts import folded

# Longest pieces of a search text, in characters: an index entry has room for no more.
_LONGEST_NAME, _LONGEST_ADDRESS = 100, 200


class CandidateKind(StrEnum):
    """How a person came to be known."""

    APPLICANT = "applicant"
    PROSPECT = "prospect"
    UPLOAD = "upload"


class CandidateStatus(StrEnum):
    """Where a person stands in a pool, from lead to former employee, in that order."""

    POTENTIAL = "potential"
    WAITING_FOR_INTAKE = "waiting_for_intake"
    INTAKE_SCHEDULED = "intake_scheduled"
    ACTIVE_MEDIATION = "active_mediation"
    LATENT_MEDIATION = "latent_mediation"
    UPCOMING_EMPLOYEE = "upcoming_employee"
    EMPLOYEE = "employee"
    EX_EMPLOYEE = "ex_employee"
    DO_NOT_CONTACT = "do_not_contact"


# How warm a contact is.
POOL_STAGES = ("cold", "warm", "hot", "not_interested")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A person, without applications, attachments, tags and members, which have tables of their own.

    `email` is the first of `email_addresses` with letter case folded; phone numbers are E.164 where they could be read.
    `urls` are objects with `value` and `url_type`, `spoken_languages` objects with `language` and `fluency`; `address`
    has address_line_1, address_line_2, postal_code, locality, administrative_area and country_code. The database gives
    `number`. `standing` is an ApplicationStatus, of a person without an application.
    """

    workspace_id: UUID
    id: UUID
    connector_id: UUID
    slug: str
    kind: str
    status: str
    created_at: datetime
    updated_at: datetime
    modified_at: datetime
    number: int | None = None
    remote_id: str | None = None
    pool_stage: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    email_addresses: list[str]
    phone_numbers: list[str]
    title: str | None = None
    company: str | None = None
    locations: list[str]
    urls: list[dict[str, Any]]
    linkedin_url: str | None = None
    website_url: str | None = None
    date_of_birth: date | None = None
    language: str | None = None
    address: dict[str, Any] | None = None
    city: str | None = None
    country_code: str | None = None
    nationality: str | None = None
    experience_years: Decimal | None = None
    salary_expectation: Decimal | None = None
    spoken_languages: list[dict[str, Any]]
    skills: list[str]
    available_from: date | None = None
    photo_id: UUID | None = None
    avatar_url: str | None = None
    is_private: bool | None = None
    can_email: bool | None = None
    privacy_accepted_at: datetime | None = None
    talent_pool_at: datetime | None = None
    last_interaction_at: datetime | None = None
    standing: str | None = None
    follow_up_note: str | None = None
    remote_created_at: datetime | None = None
    remote_updated_at: datetime | None = None

    @property
    def search_text(self) -> str:
        """What a search looks in: first name, last name and address, folded, a line each."""
        return search_text_of(self.first_name, self.last_name, self.email)


def search_text_of(first_name: str | None, last_name: str | None, email: str | None) -> str:
    """The search text of a person: names and address, folded, a line each, cut to what an index has room for."""
    names = [" ".join(folded(name or "").split())[:_LONGEST_NAME] for name in (first_name, last_name)]
    return "\n".join([*names, folded(email or "")[:_LONGEST_ADDRESS]])


def folded_email(address: str) -> str:
    """An address by which its owner is known again: servers may tell letter case apart, people do not."""
    return address.strip().casefold()
