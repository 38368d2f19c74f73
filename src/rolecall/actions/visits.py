"""Openings of source links and of vacancies, counted durably without a commit for each."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from rolecall.actions.ids import new_ids
from rolecall.actions.visitors import Visitor, VisitorHashes, visitor_hash
from rolecall.ports.clock import Clock
from rolecall.store import publications, visits
from rolecall.store.db import Database, Grouped
from rolecall.store.visits import Visit

PublicationKey = tuple[UUID, UUID]


class Opening(NamedTuple):
    """Somebody opens a source link."""

    workspace_id: UUID
    link_id: UUID
    visitor: Visitor


class VisitCounter:
    """Counts openings of links, and keeps a row of each.

    Those of concurrent requests share one statement, stored for good before any is answered.
    """

    def __init__(self, database: Database, hashes: VisitorHashes, *, clock: Clock) -> None:
        self._database = database
        self._hashes = hashes
        self._clock = clock
        self._count: Grouped[Opening, None] = Grouped(self._count_group)

    async def count(self, opening: Opening) -> None:
        """Count one opening. Returns once it is stored for good."""
        await self._count(opening)

    async def count_all(self, openings: Sequence[Opening]) -> None:
        """Count openings, all or none. Returns once they are stored for good."""
        now = self._clock()
        async with self._database.committing() as conn:
            key = await self._hashes.key(conn, now.date())
            rows = [
                Visit(
                    workspace_id,
                    link_id,
                    now,
                    visit_id,
                    visitor.referrer_host or "",
                    visitor.device.value,
                    visitor_hash(key, workspace_id, visitor),
                )
                for (workspace_id, link_id, visitor), visit_id in zip(openings, new_ids(len(openings)), strict=True)
            ]
            await visits.add(conn, rows)

    async def _count_group(self, group: Sequence[Opening]) -> list[None]:
        await self.count_all(group)
        return [None] * len(group)


class ViewCounter:
    """Counts how often vacancies are asked for, as VisitCounter does links. Each caller is told its own number."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._count: Grouped[PublicationKey, int] = Grouped(self._count_group)

    async def count(self, workspace_id: UUID, publication_id: UUID) -> int:
        """Count one view of a publication; how many there are with it. Returns once it is stored for good."""
        return await self._count((workspace_id, publication_id))

    async def _count_group(self, group: Sequence[PublicationKey]) -> list[int]:
        amounts = Counter(group)
        async with self._database.committing() as conn:
            after = await publications.add_views(conn, amounts)
        numbers = {key: after.get(key, amount) - amount for key, amount in amounts.items()}
        told: list[int] = []
        for key in group:
            numbers[key] += 1
            told.append(numbers[key])
        return told
