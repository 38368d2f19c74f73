"""Tokens, parameter errors and the rate limit of the unified API."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
import pytest

from rolecall.actions.ids import new_id
from rolecall.domain.credentials import CredentialKind
from rolecall.store import connectors
from rolecall.store.connectors import Connector
from tests.surfaces.bindbee.conftest import Organization
from tests.world import World


async def _connector(world: World, *, category: str = "ATS") -> UUID:
    connector = Connector(
        workspace_id=world.workspace.id,
        id=new_id(),
        category=category,
        integration="greenhouse",
        name="Linked",
        origins=[],
        created_at=datetime.now(UTC),
    )
    async with world.services.database.writing() as conn:
        await connectors.insert(conn, connector)
    return connector.id


async def test_a_disabled_connector_reads_nothing(acme: World, acme_ats: Organization) -> None:
    connector_id = await _connector(acme)
    token = await acme.secret(CredentialKind.BINDBEE_CONNECTOR, subject_id=connector_id)
    headers = {**acme_ats.headers, "X-Connector-Token": token}
    assert (await acme_ats.jobs(headers=headers)).status_code == 200
    async with acme.services.database.writing() as conn:
        await connectors.set_disabled(conn, acme.workspace.id, connector_id, at=datetime.now(UTC))
    assert (await acme_ats.jobs(headers=headers)).status_code == 403


@pytest.mark.parametrize("kind", ["bindbee", "bindbee-connector"])
async def test_what_somebody_else_revokes_is_refused_at_once(
    acme_ats: Organization, database_url: str, kind: str
) -> None:
    assert (await acme_ats.jobs()).status_code == 200
    async with await psycopg.AsyncConnection.connect(database_url) as conn:
        query = "update credential set revoked_at = now() where workspace_id = %s and kind = %s"
        await conn.execute(query, [acme_ats.world.workspace.id, kind])
        assert (await acme_ats.jobs()).status_code == 200
        await conn.commit()
        assert (await acme_ats.jobs()).status_code == (401 if kind == "bindbee" else 403)


async def test_a_key_that_was_prolonged_is_good_again(acme_ats: Organization, database_url: str) -> None:
    query = "update credential set expires_at = now() + %s * interval '1 hour' where workspace_id = %s"
    async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as conn:
        for hours, status in ((0, 401), (1, 200), (0, 401)):
            await conn.execute(query, [hours, acme_ats.world.workspace.id])
            assert (await acme_ats.jobs()).status_code == status


async def test_a_revoked_key_is_unknown_before_it_is_too_frequent(acme_ats: Organization) -> None:
    answers = await asyncio.gather(*(acme_ats.jobs("?page_size=1") for _ in range(230)))
    assert 429 in {answer.status_code for answer in answers}
    await acme_ats.world.secret(CredentialKind.BINDBEE, environment="production")
    assert (await acme_ats.jobs()).status_code == 401


async def test_of_keys_regenerated_at_once_one_stays(acme: World) -> None:
    make = [acme.secret(CredentialKind.BINDBEE, environment="production") for _ in range(6)]
    secrets = await asyncio.gather(*make)
    found = await acme.services.credentials.find(*secrets)
    assert sum(credential is not None for credential in found) == 1


async def test_without_a_key(acme_ats: Organization) -> None:
    answer = await acme_ats.jobs(headers={"X-Connector-Token": acme_ats.connector_token})
    assert (answer.status_code, answer.json()) == (401, {"detail": "Not authenticated"})
    assert answer.headers["www-authenticate"] == "Bearer"
    assert int(answer.headers["x-ratelimit-remaining"]) >= 0


@pytest.mark.parametrize("header", ["Bearer wrong", "bearer wrong"])
async def test_a_wrong_key(acme_ats: Organization, header: str) -> None:
    answer = await acme_ats.jobs(headers={**acme_ats.headers, "Authorization": header})
    assert (answer.status_code, answer.json()) == (401, {"detail": "Invalid authentication credentials"})


async def test_a_connector_token_is_no_key(acme_ats: Organization) -> None:
    answer = await acme_ats.jobs(headers={**acme_ats.headers, "Authorization": f"Bearer {acme_ats.connector_token}"})
    assert answer.status_code == 401


async def test_a_regenerated_key_kills_the_old_one(acme: World, acme_ats: Organization) -> None:
    await acme.secret(CredentialKind.BINDBEE, environment="development")
    assert (await acme_ats.jobs()).status_code == 200
    await acme.secret(CredentialKind.BINDBEE, environment="production")
    assert (await acme_ats.jobs()).status_code == 401


async def test_a_missing_connector_token_is_a_missing_header(acme_ats: Organization) -> None:
    answer = await acme_ats.jobs(headers={"Authorization": f"Bearer {acme_ats.api_key}"})
    assert answer.status_code == 422
    problem = {"loc": ["header", "x-connector-token"], "msg": "Field required", "type": "missing", "input": None}
    assert answer.json() == {"detail": [problem]}


async def test_unknown_and_foreign_connector_tokens(acme_ats: Organization, globex_ats: Organization) -> None:
    for token in ("unknown", globex_ats.connector_token):
        answer = await acme_ats.jobs(headers={**acme_ats.headers, "X-Connector-Token": token})
        assert (answer.status_code, answer.json()) == (403, {"detail": "Invalid connector token"})


async def test_a_token_of_another_category(acme: World, acme_ats: Organization) -> None:
    token = await acme.secret(CredentialKind.BINDBEE_CONNECTOR, subject_id=await _connector(acme, category="HRIS"))
    answer = await acme_ats.jobs(headers={**acme_ats.headers, "X-Connector-Token": token})
    assert (answer.status_code, answer.json()) == (
        403,
        {"detail": "Connector token is not valid for this API category"},
    )


async def test_a_development_key_with_a_production_connector(acme: World, acme_ats: Organization) -> None:
    key = await acme.secret(CredentialKind.BINDBEE, environment="development")
    token = await acme.secret(
        CredentialKind.BINDBEE_CONNECTOR, subject_id=await _connector(acme), environment="production"
    )
    answer = await acme_ats.jobs(headers={"Authorization": f"Bearer {key}", "X-Connector-Token": token})
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        (
            "?page_size=500",
            {
                "loc": ["query", "page_size"],
                "msg": "Input should be less than or equal to 100",
                "type": "less_than_equal",
                "input": "500",
                "ctx": {"le": 100},
            },
        ),
        (
            "?page_size=0",
            {
                "loc": ["query", "page_size"],
                "msg": "Input should be greater than or equal to 1",
                "type": "greater_than_equal",
                "input": "0",
                "ctx": {"ge": 1},
            },
        ),
        (
            "?status=HIRING",
            {
                "loc": ["query", "status"],
                "msg": "Input should be 'OPEN', 'CLOSED', 'DRAFT', 'ARCHIVED', 'PENDING' or '-'",
                "type": "enum",
                "input": "HIRING",
                "ctx": {"expected": "'OPEN', 'CLOSED', 'DRAFT', 'ARCHIVED', 'PENDING' or '-'"},
            },
        ),
    ],
)
async def test_the_published_problems(acme_ats: Organization, query: str, problem: dict[str, Any]) -> None:
    answer = await acme_ats.jobs(query)
    assert (answer.status_code, answer.json()) == (422, {"detail": [problem]})


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("?page_size=ten", "page_size"),
        ("?page_size=1.5", "page_size"),
        ("?page_size=" + "9" * 5000, "page_size"),
        ("?cursor=!!", "cursor"),
        ("?cursor=aGVsbG8=", "cursor"),
        ("?modified_after=yesterday", "modified_after"),
        ("?modified_after=", "modified_after"),
        ("?modified_after=0001-01-01T00:00:00%2B14:00", "modified_after"),
        ("?expand=offices[name", "expand"),
        ("?expand=offices]name[", "expand"),
        ("?include_raw_data=maybe", "include_raw_data"),
        ("?code=%00", "code"),
    ],
)
async def test_every_wrong_parameter_is_named(acme_ats: Organization, query: str, name: str) -> None:
    answer = await acme_ats.jobs(query)
    assert answer.status_code == 422
    assert [problem["loc"] for problem in answer.json()["detail"]] == [["query", name]]


async def test_all_problems_come_at_once_and_before_the_connector(acme_ats: Organization) -> None:
    answer = await acme_ats.jobs("?page_size=0&status=x", headers={**acme_ats.headers, "X-Connector-Token": "unknown"})
    assert answer.status_code == 422
    assert len(answer.json()["detail"]) == 2


async def test_the_200_first_requests_of_a_minute_pass(acme_ats: Organization) -> None:
    answers = await asyncio.gather(*(acme_ats.jobs("?page_size=1") for _ in range(230)))
    resets = {answer.headers["x-ratelimit-reset"] for answer in answers}
    if len(resets) > 1:  # the minute turned in between: each window on its own must be exact
        answers = [answer for answer in answers if answer.headers["x-ratelimit-reset"] == max(resets)]
    passed = [answer for answer in answers if answer.status_code == 200]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert len(passed) == min(200, len(answers))
    assert sorted(int(answer.headers["x-ratelimit-remaining"]) for answer in passed) == list(
        range(200 - len(passed), 200)
    )
    for answer in refused:
        assert answer.json() == {"detail": "Rate limit exceeded"}
        assert answer.headers["x-ratelimit-remaining"] == "0"
        assert 1 <= int(answer.headers["retry-after"]) <= 60


@pytest.mark.parametrize("path", ["/api/ats/v1/nothing", "/api/embedded/v1/nothing", "/api/v1/webhooks/x"])
async def test_unknown_paths_have_the_contracts_shape(acme_ats: Organization, path: str) -> None:
    answer = await acme_ats.world.client.get(path, headers=acme_ats.headers)
    assert (answer.status_code, answer.json()) == (404, {"detail": "Not Found"})
