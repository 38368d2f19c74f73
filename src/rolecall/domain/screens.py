"""Embedded screens: which there are, and what a signed link and the sessions that it opens are bound to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from rolecall.domain.clients import ClientUser, Permission
from rolecall.domain.errors import PermissionMissing


class Screen(StrEnum):
    """What a partner shows inside its own pages."""

    SETTINGS = "settings"
    TASKS = "tasks"
    JOB = "job"
    APPLICATION = "application"


# One of these rights opens a screen. The others open to every active user, who does there what their rights allow.
RIGHTS: Mapping[Screen, Sequence[Permission]] = {
    Screen.SETTINGS: [right for right in Permission if right != Permission.STANDARD],
    Screen.JOB: [Permission.POSTING_CREATOR],
}


def check_may_open(user: ClientUser, screen: Screen) -> None:
    """Raise PermissionMissing unless the user is active and holds a right that opens the screen."""
    rights = RIGHTS.get(screen, ())
    if user.disabled_at is not None or (rights and not set(rights) & set(user.permissions)):
        raise PermissionMissing(permission=" or ".join(rights) or Permission.STANDARD)


def may_open(user: ClientUser, screen: Screen) -> bool:
    """Whether a user may open a screen, for the links of a page."""
    try:
        check_may_open(user, screen)
    except PermissionMissing:
        return False
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """One screen for one user of one client, come by one credential. `job_id` and `submission_id` are its record.

    `acting_for_id` is the teammate in whose place the user acts.
    """

    screen: Screen
    workspace_id: UUID
    credential_id: UUID
    connector_id: UUID
    client_id: UUID
    user_id: UUID
    job_id: UUID | None = None
    submission_id: UUID | None = None
    acting_for_id: UUID | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "screen", Screen(self.screen))


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Bound):
    """A signed link. Its id tells it from another one to the same record."""

    id: UUID

    def claims(self) -> dict[str, str]:
        """The link as the claims of a token; its screen is the token's audience."""
        record = {"job": self.job_id, "submission": self.submission_id}
        return {
            "jti": str(self.id),
            "workspace": str(self.workspace_id),
            "credential": str(self.credential_id),
            "connector": str(self.connector_id),
            "client": str(self.client_id),
            "user": str(self.user_id),
            **{name: str(value) for name, value in record.items() if value is not None},
        }

    @classmethod
    def of_claims(cls, screen: Screen, claims: Mapping[str, Any]) -> "Link":
        """The link that a token of ours carries. Raises KeyError or ValueError when it carries none."""
        return cls(
            screen=screen,
            id=UUID(claims["jti"]),
            workspace_id=UUID(claims["workspace"]),
            credential_id=UUID(claims["credential"]),
            connector_id=UUID(claims["connector"]),
            client_id=UUID(claims["client"]),
            user_id=UUID(claims["user"]),
            job_id=UUID(claims["job"]) if "job" in claims else None,
            submission_id=UUID(claims["submission"]) if "submission" in claims else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenSession(Bound):
    """A screen that somebody has open. Its token is known to that page alone; here is its SHA-256.

    `origin` is the page that frames it, as https://app.example, None where the browser did not tell. `opened_from` is
    the session of the screen that led here.
    """

    id: UUID
    link_id: UUID
    token_hash: bytes
    origin: str | None
    opened_from: UUID | None = None
    created_at: datetime
    expires_at: datetime
