"""The fees that clients and the agencies they prefer agreed on."""

from collections.abc import Sequence
from uuid import UUID

from rolecall.domain.fees import CustomFee
from rolecall.store.db import Connection, fetch_all


async def agreed(conn: Connection, workspace_id: UUID, client_id: UUID, agency_id: UUID) -> list[CustomFee]:
    """The fees that a client and an agency agreed on, as the client orders them; none where a posting's own holds."""
    query = """
        select percent as percentage, note from agency_fee
        where workspace_id = %s and client_id = %s and agency_id = %s order by position
    """
    return await fetch_all(conn, CustomFee, query, (workspace_id, client_id, agency_id))


async def remove(conn: Connection, workspace_id: UUID, client_id: UUID, agency_id: UUID) -> None:
    """Drop the fees of a client with an agency."""
    await conn.execute(
        "delete from agency_fee where workspace_id = %s and client_id = %s and agency_id = %s",
        (workspace_id, client_id, agency_id),
    )


async def insert(
    conn: Connection, workspace_id: UUID, client_id: UUID, agency_id: UUID, fees: Sequence[CustomFee]
) -> None:
    """Store the fees of a client with an agency it prefers, which have none yet."""
    await conn.execute(
        """
        insert into agency_fee (workspace_id, client_id, agency_id, position, percent, note)
        select %s, %s, %s, position - 1, percent, note
        from unnest(%s::numeric[], %s::text[]) with ordinality as fee (percent, note, position)
        """,
        (workspace_id, client_id, agency_id, [fee.percentage for fee in fees], [fee.note for fee in fees]),
    )
