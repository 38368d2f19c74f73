"""Openings of source links and of vacancies, counted durably without a commit for each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from rolecall.store import publications, source_links
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


class ViewCounter:
    """Counts how often vacancies are asked for, as VisitCounter does links. Each caller is told its own number."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._count: Grouped[LinkKey, int] = Grouped(self._count_group)

    async def count(self, workspace_id: UUID, publication_id: UUID) -> int:
        """Count one view of a publication; how many there are with it. Returns once it is stored for good."""
        return await self._count((workspace_id, publication_id))

    async def _count_group(self, group: Sequence[LinkKey]) -> list[int]:
        amounts = Counter(group)
        async with self._database.committing() as conn:
            after = await publications.add_views(conn, amounts)
        numbers = {key: after.get(key, amount) - amount for key, amount in amounts.items()}
        told: list[int] = []
        for key in group:
            numbers[key] += 1
            told.append(numbers[key])
        return told
