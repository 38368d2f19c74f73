"""Invitations of agencies by clients."""

from datetime import datetime
from uuid import UUID

from psycopg.types.json import Jsonb

from rolecall.domain.invitations import Invitation
from rolecall.store.db import Connection, columns, fetch_all, fetch_one

_COLUMNS = columns(Invitation)


async def put(conn: Connection, invitation: Invitation) -> Invitation:
    """Store an invitation, or give its facts and its end to the one of the client that waits for the same address."""
    query = f"""
        insert into agency_invitation (workspace_id, id, client_id, status, optimized_fee, first_name, last_name, email,
                                       company_name, custom_fees, created_at, expires_at)
        values (%s, %s, %s, 'pending', %s, %s, %s, %s, %s, %s, %s, %s)
        on conflict (workspace_id, client_id, lower(email)) where status = 'pending' and email is not null
        do update set optimized_fee = excluded.optimized_fee, first_name = excluded.first_name,
                      last_name = excluded.last_name, email = excluded.email, company_name = excluded.company_name,
                      custom_fees = excluded.custom_fees, expires_at = excluded.expires_at
        returning {_COLUMNS}
    """
    params = (
        invitation.workspace_id,
        invitation.id,
        invitation.client_id,
        invitation.optimized_fee,
        invitation.first_name,
        invitation.last_name,
        invitation.email,
        invitation.company_name,
        Jsonb(invitation.custom_fees),
        invitation.created_at,
        invitation.expires_at,
    )
    stored = await fetch_one(conn, Invitation, query, params)
    assert stored is not None, "an upsert returns its row"
    return stored


async def get(conn: Connection, workspace_id: UUID, invitation_id: UUID) -> Invitation | None:
    """An invitation by id."""
    query = f"select {_COLUMNS} from agency_invitation where workspace_id = %s and id = %s"
    return await fetch_one(conn, Invitation, query, (workspace_id, invitation_id))


async def lock(conn: Connection, workspace_id: UUID, invitation_id: UUID) -> Invitation | None:
    """An invitation by id, held against other writers until the transaction ends."""
    query = f"select {_COLUMNS} from agency_invitation where workspace_id = %s and id = %s for no key update"
    return await fetch_one(conn, Invitation, query, (workspace_id, invitation_id))


async def newest(conn: Connection, workspace_id: UUID, *, limit: int) -> list[Invitation]:
    """The newest invitations of a workspace."""
    query = f"select {_COLUMNS} from agency_invitation where workspace_id = %s order by id desc limit %s"
    return await fetch_all(conn, Invitation, query, (workspace_id, limit))


async def of_client(conn: Connection, workspace_id: UUID, client_id: UUID, *, limit: int) -> list[Invitation]:
    """The newest invitations of a client."""
    query = f"""
        select {_COLUMNS} from agency_invitation where workspace_id = %s and client_id = %s order by id desc limit %s
    """
    return await fetch_all(conn, Invitation, query, (workspace_id, client_id, limit))


async def note_mailed(conn: Connection, workspace_id: UUID, invitation_id: UUID, *, at: datetime) -> None:
    """Note that an invitation was sent by mail."""
    await conn.execute(
        "update agency_invitation set mailed_at = %s where workspace_id = %s and id = %s",
        (at, workspace_id, invitation_id),
    )


async def settle(
    conn: Connection, workspace_id: UUID, invitation_id: UUID, *, status: str, agency_id: UUID | None, at: datetime
) -> None:
    """Note how an invitation was answered, and the agency that came of it."""
    await conn.execute(
        """
        update agency_invitation set status = %s, agency_id = %s, settled_at = %s
        where workspace_id = %s and id = %s
        """,
        (status, agency_id, at, workspace_id, invitation_id),
    )
