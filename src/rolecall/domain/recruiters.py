"""Recruiters of agencies: what they may do, and the rules by which they sign in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from rolecall.domain.errors import Conflict, FieldInvalid, FieldMissing, NotAuthenticated, NotFound, NotPermitted
from rolecall.domain.texts import folded

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
_FEWEST_LETTERS = 5  # different ones, in a password

LINK_LIVES = timedelta(minutes=15)
LONGEST_LINK_LIFE = timedelta(days=1)  # of one that an operator makes
PROVEN_FOR = timedelta(minutes=15)  # since signing in, one need not prove again who one is
SESSION_IDLE = timedelta(hours=12)
SESSION_LIVES = timedelta(days=14)
FAILURES_BEFORE_LOCK = 5
FIRST_LOCK = timedelta(minutes=15)
LONGEST_LOCK = timedelta(days=1)


class SignInRefused(NotAuthenticated):
    """The address or the password is not right, or sign-in by password waits after too many failures."""


class RoleMissing(NotPermitted):
    """Your role in the agency does not let you {right}."""


class RecruiterUnknown(NotFound):
    """The agency has no such recruiter."""


class TeamManagerNeeded(Conflict):
    """An agency needs a team manager: make somebody else one first."""


class Role(StrEnum):
    """Every recruiter submits and follows candidates of their own; the other two may do more."""

    RECRUITER = "recruiter"
    TEAM_MANAGER = "team_manager"
    FINANCE_MANAGER = "finance_manager"


class Right(StrEnum):
    """What not every recruiter of an agency may do."""

    SEE_ALL = "see all candidates of the agency"
    TEAM = "look after the team"
    FEES = "see fees and hires"


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.RECRUITER: frozenset(),
    Role.TEAM_MANAGER: frozenset({Right.SEE_ALL, Right.TEAM, Right.FEES}),
    Role.FINANCE_MANAGER: frozenset({Right.FEES}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """How a recruiter in office signs in. `password_hash` is argon2's, None until there is a password."""

    recruiter_id: UUID
    password_hash: str | None
    failed_sign_ins: int
    locked_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A browser in which a recruiter is signed in."""

    workspace_id: UUID
    id: UUID
    recruiter_id: UUID
    token_hash: bytes
    user_agent: str | None
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInLink:
    """A link that signs a recruiter in, once."""

    workspace_id: UUID
    id: UUID
    recruiter_id: UUID
    token_hash: bytes
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


def may(role: Role, right: Right) -> bool:
    """Whether a role has a right, for the pages."""
    return right in RIGHTS[role]


def check_may(role: Role, right: Right) -> None:
    """Raise RoleMissing unless a role has a right."""
    if not may(role, right):
        raise RoleMissing(right=right)


def check_password(password: str, *, email: str) -> None:
    """Raise FieldMissing or FieldInvalid for a password that is too easy to guess, or too long to be hashed."""
    if not password:
        raise FieldMissing(field="password")
    if len(password) < SHORTEST_PASSWORD:
        raise FieldInvalid(field="password", hint=f"at least {SHORTEST_PASSWORD} characters")
    if len(password) > LONGEST_PASSWORD:
        raise FieldInvalid(field="password", hint=f"at most {LONGEST_PASSWORD} characters")
    if folded(email.partition("@")[0]) in folded(password) or len(set(password)) < _FEWEST_LETTERS:
        raise FieldInvalid(field="password", hint="one that is harder to guess: without your address, less uniform")


def is_locked(until: datetime | None, now: datetime) -> bool:
    """Whether an account takes no password at the moment."""
    return until is not None and now < until


def lock_after(failures: int) -> timedelta | None:
    """For how long so many failures in a row lock an account: twice as long each further time. None for not at all."""
    rounds, rest = divmod(failures, FAILURES_BEFORE_LOCK)
    if rest or not rounds:
        return None
    return min(FIRST_LOCK * 2 ** min(rounds - 1, 10), LONGEST_LOCK)


def is_proven(session: Session, now: datetime) -> bool:
    """Whether somebody has signed in so recently that a password may be set without the present one.

    Who has forgotten it signs in by a link and sets another.
    """
    return now - session.created_at < PROVEN_FOR


def is_over(session: Session, now: datetime) -> bool:
    """Whether a session has ended: by its age, or because nobody used it."""
    return now >= session.expires_at or now - session.seen_at >= SESSION_IDLE
