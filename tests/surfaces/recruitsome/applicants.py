"""A career site that sends applications, and what a test looks at afterwards."""

import base64
from dataclasses import dataclass
from typing import Any

import httpx

from rolecall.store.db import fetch_dicts
from tests.surfaces.recruitsome.conftest import CareerSite

PERSON = {"first_name": "Milan", "last_name": "de Wit", "email": "milan@mail.example"}


@dataclass(frozen=True, slots=True)
class Applicant:
    """Applies through a site, to one of its vacancies."""

    site: CareerSite
    slug: str

    async def send(self, client: httpx.AsyncClient | None = None, **body: Any) -> httpx.Response:
        """POST as JSON; `body` replaces fields of a good one."""
        whole = {"vacancy": self.slug, "candidate": PERSON} | body
        client = client or self.site.world.client
        return await client.post("/api/v1/applications", json=whole, headers=self.headers)

    async def post_form(self, fields: dict[str, str], files: list[tuple[str, Any]] | None = None) -> httpx.Response:
        """POST as multipart, with the fields of a good application and these."""
        good = {"vacancy": self.slug} | {f"candidate[{name}]": value for name, value in PERSON.items()}
        parts = [(name, (None, value)) for name, value in (good | fields).items()]
        client = self.site.world.client
        return await client.post("/api/v1/applications", files=[*parts, *(files or [])], headers=self.headers)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.site.key}"}

    async def refused(self, **body: Any) -> dict[str, list[str]]:
        """The problems of a body that is refused."""
        answer = await self.send(**body)
        assert answer.status_code == 422, answer.text
        assert answer.json()["message"] == "The given data was invalid."
        return answer.json()["errors"]

    async def rows(self, table: str) -> list[dict[str, Any]]:
        """The workspace's rows of a table, oldest first."""
        query = f"select * from {table} where workspace_id = %s order by id"
        async with self.site.world.services.database.reading() as conn:
            return await fetch_dicts(conn, query, (self.site.world.workspace.id,))

    async def stored_keys(self) -> list[str]:
        """What the file store has of the workspace."""
        return [found.key async for found in self.site.world.services.files.list(str(self.site.world.workspace.id))]


async def applicant(site: CareerSite, **facts: Any) -> Applicant:
    """An applicant to a new vacancy; `facts` are fields of NewJob."""
    publication = await site.vacancy("Maintenance planner", **facts)
    return Applicant(site, publication.slug)


def as_base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def sent_document(content: bytes, *, name: str = "cv.pdf", kind: str = "resume") -> dict[str, str]:
    """A document of a JSON body."""
    return {"type": kind, "filename": name, "content": as_base64(content)}
