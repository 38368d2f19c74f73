"""Somebody who applies through a job's page: opens the form, fills it in, sends it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from rolecall.actions.forms import Form, NewQuestion, set_form
from rolecall.actions.jobs import hold_job
from rolecall.domain.jobs import Job
from tests.documents_sent import PDF
from tests.world import World

MIRA = {
    "first_name": "Mira",
    "last_name": "Okafor",
    "email": "Mira.Okafor@example.org",
    "phone": "+351 910 000 112",
    "privacy": "yes",
}
RESUME = ("cv.pdf", PDF, "application/pdf")


@dataclass(frozen=True, slots=True)
class Applicant:
    """A person before the form at a path; `token` is the form's."""

    world: World
    path: str
    token: str

    async def send(self, files: Mapping[str, Any] | None = None, **fields: Any) -> httpx.Response:
        """Send the form with these fields over MIRA's. None leaves one out."""
        data = {name: value for name, value in {"token": self.token, **MIRA, **fields}.items() if value is not None}
        sent = {"resume": RESUME, **(files or {})}
        parts = {name: file for name, file in sent.items() if file is not None} or {"none": ("", b"")}
        return await self.world.client.post(self.path, data=data, files=parts)

    async def thanks(self, answer: httpx.Response) -> httpx.Response:
        """The page that a good answer leads to."""
        assert answer.status_code == 303, answer.text
        return await self.world.client.get(answer.headers["location"])


async def applicant(world: World, page: str) -> Applicant:
    """Somebody who opened the form below a page of the jobs path."""
    path = f"/jobs/{page}/apply"
    form = await world.client.get(path)
    assert form.status_code == 200, form.text
    return Applicant(world, path, token_in(form.text))


def token_in(html: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', html)
    assert found is not None
    return found[1]


async def job_with_form(world: World, *questions: NewQuestion, fields: tuple[str, ...] = (), **facts: Any) -> Job:
    """An open job whose form asks for these."""
    job = await world.job(**facts)
    async with world.services.database.writing() as conn:
        ctx = world.context(conn)
        await set_form(ctx, await hold_job(ctx, job.id), Form(fields=fields, questions=questions))
    return job


async def stored(world: World) -> list[dict[str, Any]]:
    """All applications of a workspace, with their person, documents and answers."""
    query = """
        select a.source, a.motivation, a.source_link_id, a.publication_id, c.first_name, c.last_name, c.email,
               c.phone_numbers, c.city, c.country_code, c.nationality, c.experience_years::float as years,
               c.salary_expectation::float as salary, c.spoken_languages, c.photo_id is not null as has_photo,
               c.privacy_accepted_at is not null as privacy, c.talent_pool_at is not null as pool, c.language,
               array(select d.kind || ' ' || d.name from attachment d
                     where d.workspace_id = a.workspace_id and d.application_id = a.id order by d.id) as documents,
               (select coalesce(json_agg(json_build_array(n.question, n.kind, n.answer, f.name) order by n.position),
                                '[]')
                from application_answer n
                left join file f on f.workspace_id = n.workspace_id and f.id = n.file_id
                where n.workspace_id = a.workspace_id and n.application_id = a.id) as answers
        from application a join candidate c on c.workspace_id = a.workspace_id and c.id = a.candidate_id
        where a.workspace_id = %s order by a.id
    """
    async with world.services.database.reading() as conn:
        cursor = await conn.execute(query, (world.workspace.id,))
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in await cursor.fetchall()]
