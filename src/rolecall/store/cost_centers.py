"""Cost centers of clients."""

from datetime import datetime
from uuid import UUID

from rolecall.domain.cost_centers import CostCenter, CostCenterFacts
from rolecall.store import rows
from rolecall.store.db import Connection, columns, fetch_all, fetch_one

_COLUMNS = columns(CostCenter)


async def insert(conn: Connection, center: CostCenter) -> None:
    """Store a new cost center. Raises UniqueViolation when the client has one of that name."""
    await rows.insert(conn, "cost_center", center)


async def get(conn: Connection, workspace_id: UUID, client_id: UUID, center_id: UUID) -> CostCenter | None:
    """A client's cost center by id."""
    query = f"select {_COLUMNS} from cost_center where workspace_id = %s and client_id = %s and id = %s"
    return await fetch_one(conn, CostCenter, query, (workspace_id, client_id, center_id))


async def of_client(conn: Connection, workspace_id: UUID, client_id: UUID) -> list[CostCenter]:
    """A client's cost centers, archived ones too: the default first, then by name."""
    query = f"""
        select {_COLUMNS} from cost_center where workspace_id = %s and client_id = %s
        order by archived_at is not null, is_default desc, lower(name), id
    """
    return await fetch_all(conn, CostCenter, query, (workspace_id, client_id))


async def set_facts(
    conn: Connection, workspace_id: UUID, center_id: UUID, facts: CostCenterFacts, *, now: datetime
) -> None:
    """Store what a client says of a cost center. Raises UniqueViolation when another has that name."""
    await conn.execute(
        """
        update cost_center set name = %s, address = %s, invoice_recipients = %s, notice = %s, updated_at = %s
        where workspace_id = %s and id = %s
        """,
        (
            facts.name,
            facts.address,
            list(facts.invoice_recipients),
            facts.notice,
            now,
            workspace_id,
            center_id,
        ),
    )


async def set_default(
    conn: Connection, workspace_id: UUID, center_id: UUID, *, is_default: bool, now: datetime
) -> None:
    """Make a cost center the default, or the default no longer. Raises UniqueViolation when another is the default."""
    await conn.execute(
        "update cost_center set is_default = %s, updated_at = %s where workspace_id = %s and id = %s",
        (is_default, now, workspace_id, center_id),
    )


async def set_archived(
    conn: Connection, workspace_id: UUID, center_id: UUID, *, at: datetime | None, now: datetime
) -> None:
    """Archive a cost center, which is the default no longer, or bring it back with None."""
    await conn.execute(
        """
        update cost_center set archived_at = %s, is_default = is_default and %s::timestamptz is null, updated_at = %s
        where workspace_id = %s and id = %s
        """,
        (at, at, now, workspace_id, center_id),
    )
