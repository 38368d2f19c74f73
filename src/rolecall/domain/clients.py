"""Clients of an embedding partner and their users, both named by the partner's own ids."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from rolecall.domain.errors import PermissionMissing


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

    `name` is what people call it, None until somebody says it.
    """

    workspace_id: UUID
    id: UUID
    connector_id: UUID
    external_id: str
    acts_for_workspace: bool
    created_at: datetime
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientUser:
    workspace_id: UUID
    id: UUID
    client_id: UUID
    external_id: str
    permissions: list[str]
    disabled_at: datetime | None
    created_at: datetime


def check_permitted(user: ClientUser, permission: Permission) -> None:
    """Raise PermissionMissing unless the user is active and holds the right."""
    if user.disabled_at is not None or permission not in user.permissions:
        raise PermissionMissing(permission=permission)
