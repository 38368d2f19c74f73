"""Source links and what opens through them."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from rolecall.actions.source_links import create_source_link
from rolecall.domain.jobs import Job
from rolecall.store import source_links
from rolecall.store.source_links import SourceLink
from tests.world import World


@dataclass(frozen=True, slots=True)
class Door:
    """A workspace whose links are opened."""

    world: World

    async def link(self, job: Job, name: str = "LinkedIn") -> tuple[SourceLink, str]:
        """A new link of a job and the path that opens it."""
        async with self.world.services.database.writing() as conn:
            link, _ = await create_source_link(self.world.context(conn), job.id, name=name)
        return link, f"/jobs/{await self.company_slug(job)}/{link.id}"

    async def company_slug(self, job: Job) -> str:
        async with self.world.services.database.reading() as conn:
            cursor = await conn.execute("select slug from company where id = %s", (job.company_id,))
            (slug,) = await cursor.fetchone() or ("",)
        return slug

    async def visits(self, link_id: UUID) -> int:
        async with self.world.services.database.reading() as conn:
            link = await source_links.get(conn, self.world.workspace.id, link_id)
        return link.visits if link is not None else -1


@pytest.fixture
def door(acme: World) -> Door:
    return Door(acme)
