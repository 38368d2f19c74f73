"""Readings of articles, counted durably without a commit for each."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from rolecall.store import articles
from rolecall.store.db import Database, Grouped

ArticleKey = tuple[UUID, UUID]


class ArticleViews:
    """Counts readings. Those of concurrent requests share one statement, stored before any of them is answered."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._count: Grouped[ArticleKey, int] = Grouped(self._count_group)

    async def count(self, workspace_id: UUID, article_id: UUID) -> int:
        """Count one reading of an article. How many there are then; 0 for an article that is gone."""
        return await self._count((workspace_id, article_id))

    async def _count_group(self, group: Sequence[ArticleKey]) -> list[int]:
        async with self._database.committing() as conn:
            totals = await articles.add_views(conn, Counter(group))
        return [totals.get(key, 0) for key in group]
