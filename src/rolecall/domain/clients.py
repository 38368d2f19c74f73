"""Clients of an embedding partner and their users, both named by the partner's own ids."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

from rolecall.domain.errors import ClientUserUnknown, FieldInvalid, NobodyManages, PermissionMissing
from rolecall.domain.texts import check_text

LONGEST_NAME = 200
LONGEST_WEBSITE = 2_000
LONGEST_ADDRESS = 500
LONGEST_ABOUT = 4_000


class Permission(StrEnum):
    """Every user is standard; the others are added rights."""

    STANDARD = "standard"
    POSTING_CREATOR = "posting_creator"
    AGENCY_MANAGER = "agency_manager"
    FINANCE_MANAGER = "finance_manager"
    TEAM_MANAGER = "team_manager"


RIGHTS_OF_FIRST_USER: Sequence[Permission] = tuple(Permission)
RIGHTS_OF_LATER_USERS: Sequence[Permission] = (Permission.STANDARD, Permission.POSTING_CREATOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """`acts_for_workspace`: the client knows every job of the workspace, not only those mapped to its own ids.

    `name` is what people call it, None until somebody says it. The rest is what it tells of itself.
    """

    workspace_id: UUID
    id: UUID
    connector_id: UUID
    external_id: str
    acts_for_workspace: bool
    created_at: datetime
    name: str | None = None
    website: str | None = None
    address: str | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientUser:
    """`time_zone` is the IANA name of the zone that the user chose last, None for one who never did."""

    workspace_id: UUID
    id: UUID
    client_id: UUID
    external_id: str
    permissions: list[str]
    disabled_at: datetime | None
    created_at: datetime
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    time_zone: str | None = None

    @property
    def called(self) -> str:
        """What people call the user: by name, or by the partner's id as long as nobody said one."""
        return " ".join(name for name in (self.first_name, self.last_name) if name) or self.external_id

    def may(self, permission: Permission) -> bool:
        """Whether the user is active and holds a right."""
        return self.disabled_at is None and permission in self.permissions


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """What a client tells of itself; `website` is an http or https address."""

    name: str
    website: str | None = None
    address: str | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What a client's user is called, and where mail for them goes: None for nowhere."""

    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None


def check_organization(facts: Organization) -> None:
    """Raise FieldMissing or FieldInvalid for the first fact that cannot be stored."""
    check_text(facts.name, field="name", longest=LONGEST_NAME)
    check_text(facts.website or "", field="website", longest=LONGEST_WEBSITE, required=False)
    check_text(facts.address or "", field="address", longest=LONGEST_ADDRESS, lines=True, required=False)
    check_text(facts.about or "", field="about", longest=LONGEST_ABOUT, lines=True, required=False)
    if facts.website and not is_web_address(facts.website):
        raise FieldInvalid(field="website", hint="an address that begins with https:// or http://")


def is_web_address(text: str) -> bool:
    """Whether a text is an http or https address with a host."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not any(c.isspace() for c in text)


def check_person(person: Person) -> None:
    """Raise FieldInvalid for a name that cannot be stored. The address is read elsewhere."""
    for name in ("first_name", "last_name"):
        check_text(getattr(person, name) or "", field=name, longest=LONGEST_NAME, required=False)


def rights_in_order(permissions: Iterable[str]) -> list[str]:
    """Rights as they are stored: each once, the standard ones always. Raises FieldInvalid for what is no right."""
    chosen = set(permissions)
    if not chosen <= set(Permission):
        raise FieldInvalid(field="permissions", hint=f"of {', '.join(Permission)}")
    return [str(right) for right in Permission if right in chosen or right == Permission.STANDARD]


def check_may_act_for(manager: ClientUser, teammate: ClientUser) -> None:
    """Raise PermissionMissing, ClientUserUnknown or FieldInvalid unless a team manager may act for a teammate.

    Whom: anybody else of the client, above all whoever is away or deactivated.
    """
    check_permitted(manager, Permission.TEAM_MANAGER)
    if (teammate.workspace_id, teammate.client_id) != (manager.workspace_id, manager.client_id):
        raise ClientUserUnknown
    if teammate.id == manager.id:
        raise FieldInvalid(field="person", hint="somebody else")


def in_place_of(teammate: ClientUser) -> ClientUser:
    """The user as whom a team manager acts for a teammate: with that one's rights, but for looking after the team."""
    rights = [right for right in teammate.permissions if right != Permission.TEAM_MANAGER]
    return replace(teammate, disabled_at=None, permissions=rights)


def check_managed(users: Iterable[ClientUser]) -> None:
    """Raise NobodyManages unless an active user may look after the organization and its people."""
    if not any(user.may(Permission.TEAM_MANAGER) for user in users):
        raise NobodyManages


def check_permitted(user: ClientUser, permission: Permission) -> None:
    """Raise PermissionMissing unless the user is active and holds the right."""
    if not user.may(permission):
        raise PermissionMissing(permission=permission)
