"""A client's organization and its people, looked after by its team managers."""

from dataclasses import replace
from uuid import UUID

from rolecall.actions.clients import LONGEST_ID
from rolecall.actions.contacts import read_email
from rolecall.actions.context import Context, record
from rolecall.actions.ids import new_id
from rolecall.domain.clients import (
    ClientUser,
    Organization,
    Permission,
    Person,
    check_managed,
    check_organization,
    check_permitted,
    check_person,
    rights_in_order,
)
from rolecall.domain.errors import ClientUserUnknown, FieldInvalid, NameTaken
from rolecall.domain.texts import check_text
from rolecall.domain.time_zones import read_zone
from rolecall.store import clients
from rolecall.store.db import UniqueViolation


async def change_organization(ctx: Context, user: ClientUser, facts: Organization) -> None:
    """Store what the user's client tells of itself. Raises PermissionMissing, FieldMissing or FieldInvalid."""
    check_permitted(user, Permission.TEAM_MANAGER)
    facts = Organization(
        name=facts.name.strip(),
        website=_kept(facts.website),
        address=_kept(facts.address),
        about=_kept(facts.about),
    )
    check_organization(facts)
    await clients.set_organization(ctx.conn, ctx.workspace_id, user.client_id, facts)
    await record(ctx, "client", "changed", record_id=user.client_id, name=facts.name)


async def add_teammate(
    ctx: Context, user: ClientUser, external_id: str, *, person: Person, permissions: list[str]
) -> ClientUser:
    """Store a person before they first open a screen, by the id that the partner has for them.

    Raises PermissionMissing, NameTaken, FieldMissing or FieldInvalid.
    """
    check_permitted(user, Permission.TEAM_MANAGER)
    check_text(external_id, field="user", longest=LONGEST_ID)
    person = _checked(person)
    added = ClientUser(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        client_id=user.client_id,
        external_id=external_id,
        permissions=rights_in_order(permissions),
        disabled_at=None,
        created_at=ctx.now,
        first_name=person.first_name,
        last_name=person.last_name,
        email=person.email,
    )
    try:
        async with ctx.conn.transaction():
            await clients.insert_user(ctx.conn, added)
    except UniqueViolation as error:
        raise NameTaken(kind="person", name=external_id) from error
    await record(ctx, "client_user", "created", record_id=added.id, client=str(user.client_id))
    return added


async def change_teammate(ctx: Context, user: ClientUser, teammate_id: UUID, person: Person) -> None:
    """Say what a person is called, and where their mail goes: everybody for themselves, team managers for all.

    Raises PermissionMissing, ClientUserUnknown or FieldInvalid.
    """
    if teammate_id != user.id:
        check_permitted(user, Permission.TEAM_MANAGER)
    person = _checked(person)
    teammate = await _teammate(ctx, user, teammate_id)
    await clients.set_user_person(ctx.conn, ctx.workspace_id, teammate.id, person)
    await record(ctx, "client_user", "changed", record_id=teammate.id, fields=["first_name", "last_name", "email"])


async def set_rights(ctx: Context, user: ClientUser, teammate_id: UUID, permissions: list[str]) -> None:
    """Say what a person may do. Raises PermissionMissing, ClientUserUnknown, NobodyManages or FieldInvalid."""
    check_permitted(user, Permission.TEAM_MANAGER)
    rights = rights_in_order(permissions)
    teammate = await _teammate(ctx, user, teammate_id)
    if teammate.permissions == rights:
        return
    await _check_left(ctx, replace(teammate, permissions=rights))
    await clients.set_user_permissions(ctx.conn, ctx.workspace_id, teammate.id, permissions=rights)
    await record(ctx, "client_user", "changed", record_id=teammate.id, permissions=rights)


async def set_teammate_active(ctx: Context, user: ClientUser, teammate_id: UUID, *, active: bool) -> None:
    """Deactivate a person, who loses open screens at once, or let them in again.

    Raises PermissionMissing, ClientUserUnknown or NobodyManages.
    """
    check_permitted(user, Permission.TEAM_MANAGER)
    teammate = await _teammate(ctx, user, teammate_id)
    at = None if active else ctx.now
    if (teammate.disabled_at is None) == active:
        return
    await _check_left(ctx, replace(teammate, disabled_at=at))
    await clients.set_user_disabled(ctx.conn, ctx.workspace_id, teammate.id, at=at)
    await record(ctx, "client_user", "changed", record_id=teammate.id, active=active)


async def keep_time_zone(ctx: Context, user: ClientUser, time_zone: str) -> None:
    """Note the zone that a user arranges times by, to offer it the next time. Raises FieldMissing or FieldInvalid."""
    name = read_zone(time_zone)
    if name != user.time_zone:
        await clients.set_user_time_zone(ctx.conn, ctx.workspace_id, user.id, name)
        await record(ctx, "client_user", "changed", record_id=user.id, time_zone=name)


async def _teammate(ctx: Context, user: ClientUser, teammate_id: UUID) -> ClientUser:
    """A person of the user's client, whose people are held against other writers."""
    await clients.hold(ctx.conn, ctx.workspace_id, user.client_id)
    found = await clients.get_user(ctx.conn, ctx.workspace_id, teammate_id)
    if found is None or found.client_id != user.client_id:
        raise ClientUserUnknown
    return found


async def _check_left(ctx: Context, changed: ClientUser) -> None:
    people = await clients.users(ctx.conn, ctx.workspace_id, changed.client_id)
    check_managed(changed if person.id == changed.id else person for person in people)


def _checked(person: Person) -> Person:
    """The person as it is stored. Raises FieldInvalid."""
    email = _kept(person.email)
    if email is not None and read_email(email) is None:
        raise FieldInvalid(field="email", hint="an e-mail address")
    kept = Person(
        first_name=_kept(person.first_name),
        last_name=_kept(person.last_name),
        email=read_email(email) if email is not None else None,
    )
    check_person(kept)
    return kept


def _kept(text: str | None) -> str | None:
    return (text or "").strip() or None
