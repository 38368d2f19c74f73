"""What members are asked about resumes, on the command line."""

import asyncio
from uuid import uuid4

from rolecall.actions.members import NewMember, create_member
from rolecall.actions.resumes import accept_resume, finish_upload
from rolecall.ports.resumes import ReadResume
from rolecall.store import candidates
from tests.people import EMAIL, file_of, make_candidate
from tests.terminal import Terminal
from tests.world import World


async def uploaded(world: World, *emails: str) -> None:
    """A resume that has been read."""
    async with world.services.database.writing() as conn:
        ctx = world.context(conn)
        new = NewMember(email=f"{uuid4()}@agency.example", first_name="Iris", last_name="Berg")
        member = await create_member(ctx, new)
        upload = await accept_resume(ctx, member.id, file_of(world.workspace.id, name="postma.txt"))
        read = ReadResume(
            text="", first_name="Jan", last_name="Postma", emails=[*emails], phones=[], links=[], skills=[]
        )
        await finish_upload(ctx, upload.id, read)


async def run(terminal: Terminal, *arguments: str, status: int = 0) -> str:
    return await asyncio.to_thread(terminal.run, "candidate", *arguments, status=status)


async def test_a_resume_without_an_address_is_completed(terminal: Terminal, acme: World):
    where = ("-w", acme.workspace.slug)
    assert await run(terminal, "requests", *where) == "Nothing is waiting.\n"
    await uploaded(acme)
    (row,) = await asyncio.to_thread(terminal.read, "candidate", "requests", *where)
    assert (row["kind"], row["name"], row["email"], row["file"]) == (
        "resume_completion",
        "Jan Postma",
        None,
        "postma.txt",
    )
    settle = ("resolve", row["id"], *where, "--as")
    assert "is required" in await run(terminal, *settle, "completed", status=3)
    assert "is not valid" in await run(terminal, *settle, "completed", "--email", "jan", status=3)
    assert "of the kind resume completion" in await run(terminal, *settle, "merged", status=3)
    said = await run(terminal, *settle, "completed", "--email", "jan@mail.example", "--first-name", "Johan")
    assert said.startswith("Settled as completed. The candidate is johan-postma-")
    assert "settled already: completed" in await run(terminal, *settle, "dismissed", status=3)
    assert await run(terminal, "requests", *where) == "Nothing is waiting.\n"
    assert "completed" in await run(terminal, "requests", *where, "--all")


async def test_a_review_is_accepted(terminal: Terminal, acme: World):
    async with acme.services.database.writing() as conn:
        before = await make_candidate(conn, acme.workspace.id, last_name=None)
    await uploaded(acme, EMAIL)
    (row,) = await asyncio.to_thread(terminal.read, "candidate", "requests", "-w", acme.workspace.slug)
    assert (row["kind"], row["candidate"]) == ("resume_review", before.slug)
    settle = ("candidate", "resolve", row["id"], "-w", acme.workspace.slug, "--as", "merged")
    settled = await asyncio.to_thread(terminal.read, *settle)
    assert settled == {"id": row["id"], "resolution": "merged", "candidate": before.slug}
    async with acme.services.database.reading() as conn:
        after = await candidates.get(conn, acme.workspace.id, before.id)
    assert after is not None
    assert (after.first_name, after.last_name) == ("Mira", "Postma")


async def test_a_foreign_request_is_unknown(terminal: Terminal, acme: World, globex: World):
    await uploaded(acme)
    (row,) = await asyncio.to_thread(terminal.read, "candidate", "requests", "-w", acme.workspace.slug)
    for name in (row["id"], "nothing"):
        said = await run(terminal, "resolve", name, "-w", globex.workspace.slug, "--as", "dismissed", status=3)
        assert said.startswith(f"rolecall: There is no request {name}. ")
