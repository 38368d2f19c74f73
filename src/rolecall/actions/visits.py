"""Visits: openings of source links, counted durably without a commit for each."""

from collections import Counter
from collections.abc import Mapping, Sequence
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

    async def count_all(self, visits: Mapping[LinkKey, int]) -> None:
        """Count the openings of several links, all or none. Returns once they are stored for good."""
        async with self._database.committing() as conn:
            await source_links.add_visits(conn, visits)

    async def _count_group(self, group: Sequence[LinkKey]) -> list[None]:
        await self.count_all(Counter(group))
        return [None] * len(group)
