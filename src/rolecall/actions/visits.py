"""Visits: openings of source links, counted durably without a commit for each."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from rolecall.store import source_links
from rolecall.store.db import Database, Grouped

LinkKey = tuple[UUID, UUID]


class VisitCounter:
    """Counts openings. The visits of concurrent requests share one transaction, committed before any is answered."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._count: Grouped[LinkKey, None] = Grouped(self._count_group)

    async def count(self, workspace_id: UUID, link_id: UUID) -> None:
        """Count one opening of a link. Returns once it is stored for good."""
        await self._count((workspace_id, link_id))

    async def _count_group(self, group: Sequence[LinkKey]) -> list[None]:
        async with self._database.writing() as conn:
            await source_links.add_visits(conn, Counter(group))
        return [None] * len(group)
