"""A server whose files are in an object store."""

import asyncio
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from rolecall.adapters.object_files import open_files
from rolecall.domain.credentials import CredentialKind
from rolecall.services import file_url
from rolecall.store.db import fetch_dicts
from tests.documents_sent import PDF
from tests.object_stores import BUCKET, s3_server
from tests.terminal import program
from tests.world import World

READY = r'"url":"(http://127\.0\.0\.1:\d+)".*"event":"ready"'
URL = f"s3://{BUCKET}/uploads"


async def send_application(client: httpx.AsyncClient, slug: str, key: str, *, email: str) -> httpx.Response:
    form = {
        "vacancy": slug,
        "candidate[first_name]": "Mira",
        "candidate[last_name]": "Okafor",
        "candidate[email]": email,
        "documents[0][type]": "resume",
    }
    files = {"documents[0][file]": ("mira.pdf", PDF)}
    headers = {"Authorization": f"Bearer {key}"}
    return await client.post("/api/v1/applications", data=form, files=files, headers=headers)


@pytest.mark.slow
async def test_an_application_and_its_download_with_files_in_s3(
    acme: World, surroundings: dict[str, str], monkeypatch: pytest.MonkeyPatch
):
    slug = str((await acme.job()).public_path).rpartition("/")[2]
    key = await acme.secret(CredentialKind.RECRUITSOME, scopes=["applications:write"])
    with ExitStack() as bucket:
        variables = bucket.enter_context(s3_server())
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        with program("serve", "--port", 0, environment=surroundings | {"ROLECALL_FILES_URL": URL}) as server:
            base = (await asyncio.to_thread(server.wait_for, READY))[1]
            async with httpx.AsyncClient(base_url=base, timeout=60) as client:
                answer = await send_application(client, slug, key, email="mira@mail.example")
                assert answer.status_code == 201, answer.text
                async with acme.services.database.reading() as conn:
                    query = "select id, key from file where workspace_id = %s"
                    (file,) = await fetch_dicts(conn, query, (acme.workspace.id,))
                assert await open_files(URL, folder=Path("unused")).get(file["key"]) == PDF
                path = httpx.URL(file_url(acme.services, acme.workspace.id, file["id"])).path
                assert (await client.get(path)).content == PDF
                bucket.close()
                answer = await send_application(client, slug, key, email="other@mail.example")
                assert (answer.status_code, answer.json()) == (503, {"message": "Service Unavailable"})
                assert (await client.get(path)).status_code == 503
            assert server.stop() == 0
