"""Tenancy, proven by a walk: every operation, called with a stranger's good credentials and ids that are not theirs.

Nothing of the owner's may come back, nothing of the owner's may change, and the answer must be the one that ids get
which nobody has. An operation that is not in CALLS fails the walk.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest

from rolecall.actions.embedding.links import LINK_LIVES, audience_of
from rolecall.app import all_surfaces
from rolecall.domain.credentials import VACANCY_SCOPES, CredentialKind
from rolecall.domain.screens import Link, Screen
from rolecall.store.db import fetch_dicts
from rolecall.web.surface import Operation
from tests.architecture import strangers
from tests.architecture.calls import Call, Calls
from tests.architecture.estate import EMPTY, Estate, build_estate
from tests.architecture.ids import unknown_ids
from tests.architecture.test_catalogue import GLOBAL_TABLES, TENANT_TABLES
from tests.contract.stage import Stage
from tests.discovery import modules_below
from tests.partnership import Screen as Browser
from tests.world import World, build_world

CALLS: dict[tuple[str, str], Calls] = {
    (module.__name__.split(".")[-2], name): calls
    for module in modules_below(strangers)
    for name, calls in module.CALLS.items()
}
WALK = [(surface.name, operation) for surface in all_surfaces() for operation in (*surface.operations, *surface.beside)]


@dataclass(frozen=True, slots=True)
class Stranger:
    """Another workspace, with records and credentials of its own."""

    estate: Estate
    headers: dict[str, dict[str, str]]

    async def ask(self, surface: str, operation: Operation, call: Call) -> httpx.Response:
        return await self.estate.world.client.request(
            operation.method,
            operation.path.format(**call.path),
            params=call.query,
            json=call.json,
            data=call.form,
            files=call.files,
            headers=self.headers.get(f"{surface} {operation.name}", self.headers[surface]) | call.headers,
        )


@pytest.fixture(scope="module")
async def owner(services, client, tmp_path_factory: pytest.TempPathFactory) -> Estate:
    return await build_estate(await build_world(services, client, "acme"), tmp_path_factory.mktemp("acme"))


@pytest.fixture
async def stranger(globex: World, tmp_path: Path) -> Stranger:
    """A new one for each test: an id that was once sent as a name of one's own is no foreign one any more."""
    estate = await build_estate(globex, tmp_path)
    return Stranger(estate, await headers_of(estate))


DEVELOPERS = ("recruitifi listOrganizations", "recruitifi createOrganizationToken")
ORGANIZATIONS = ("recruitifi getAgency", "recruitifi createAgencyInvitation")


async def headers_of(estate: Estate) -> dict[str, dict[str, str]]:
    """An estate's credentials by contract, and for the operation that has its own."""
    stage = Stage(estate.world)
    return {
        "bindbee": await stage.bindbee(),
        "crosspath": estate.partner_headers,
        "hirempire": await stage.bearer(CredentialKind.HIREMPIRE),
        "hirempire mcp": await stage.mcp(),
        "recruitifi": await stage.access_token(estate.embedding),
        **dict.fromkeys(DEVELOPERS, await stage.developer_token(estate.embedding)),
        **dict.fromkeys(ORGANIZATIONS, await stage.organization_token(estate.embedding)),
        "recruitsome": await stage.bearer(CredentialKind.RECRUITSOME, scopes=VACANCY_SCOPES),
    }


def test_every_operation_is_in_the_walk() -> None:
    assert {(surface, operation.name) for surface, operation in WALK} == set(CALLS)


async def test_the_owner_has_a_row_of_every_tenant_table(owner: Estate, database) -> None:
    async with database.reading() as conn:
        tables = {row["table_name"] for row in await fetch_dicts(conn, TENANT_TABLES, [list(GLOBAL_TABLES)])}
    hashes = await owner.snapshot()
    assert tables - hashes.keys() == set()
    assert [table for table, found in hashes.items() if found == EMPTY] == []


LISTS = [
    ("bindbee", "get_jobs_api_ats_v1_jobs_get"),
    ("bindbee", "get_ats_connectors_api_ats_v1_connectors_get"),
    ("recruitsome", "listCandidates"),
    ("recruitsome", "listVacancies"),
    ("recruitsome", "listTeam"),
    ("recruitsome", "listLocations"),
    ("recruitsome", "listArticles"),
    ("hirempire", "listCandidates"),
    ("hirempire", "listJobs"),
    ("hirempire", "listJobSources"),
    ("hirempire", "mcp"),
    ("crosspath", "listMissions"),
    ("recruitifi", "listOrganizations"),
    ("recruitifi", "getAgency"),
]


@pytest.mark.parametrize(("surface", "name"), LISTS)
async def test_the_owner_sees_what_the_stranger_must_not(owner: Estate, surface: str, name: str) -> None:
    operation = next(found for of, found in WALK if (of, found.name) == (surface, name))
    call = CALLS[surface, name](owner.ids, owner.ids)[0]
    answer = await Stranger(owner, await headers_of(owner)).ask(surface, operation, call)
    assert answer.status_code == 200
    assert owner.mark in answer.text


@pytest.mark.parametrize(("surface", "operation"), WALK, ids=lambda part: getattr(part, "path", part))
async def test_an_operation_knows_nothing_of_others(
    owner: Estate, stranger: Stranger, surface: str, operation: Operation
) -> None:
    before = await owner.snapshot()
    nobody = unknown_ids(owner.ids)
    calls, unknown = (CALLS[surface, operation.name](ids, stranger.estate.ids) for ids in (owner.ids, nobody))
    for call, twin in zip(calls, unknown, strict=True):
        answer, expected = [await stranger.ask(surface, operation, each) for each in (call, twin)]
        assert owner.mark not in f"{answer.headers} {answer.text}", call
        assert answer.status_code == expected.status_code < 500, call
        if answer.is_error:
            assert owner.ids.hidden(answer.text) == nobody.hidden(expected.text), call
    assert await owner.snapshot() == before


# A good call of these takes what only the owner has, and is no part of an estate's ids.
NEVER_GOOD = {
    ("recruitifi", "createAccessToken"): "the estate keeps no secret",
    ("recruitifi", "createPrimaryOauthToken"): "as above",
    ("hirempire", "createOAuthToken"): "as above",
    ("hirempire", "refuseAuthorization"): "nobody signs in there",
    ("hirempire", "refuseStream"): "there is no stream",
    ("hirempire", "refuseEnd"): "there is no session",
}


@pytest.mark.parametrize(("surface", "operation"), WALK, ids=lambda part: getattr(part, "path", part))
async def test_the_walk_asks_what_its_owner_would_be_given(
    stranger: Stranger, surface: str, operation: Operation
) -> None:
    """Otherwise a refusal in the walk would prove nothing: the call might be wrong for everybody."""
    if (surface, operation.name) in NEVER_GOOD:
        return
    ids = stranger.estate.ids
    answers = [await stranger.ask(surface, operation, call) for call in CALLS[surface, operation.name](ids, ids)]
    assert any(answer.is_success for answer in answers), [answer.text for answer in answers]


@pytest.mark.parametrize("page", ["source", "publication_slug"])
async def test_a_page_opens_under_its_own_company_only(owner: Estate, stranger: Stranger, page: str) -> None:
    before, client = await owner.snapshot(), owner.world.client
    word = getattr(owner.ids, page)
    answer = await client.get(f"/jobs/{stranger.estate.ids.company_slug}/{word}")
    assert answer.status_code == 404
    assert owner.mark not in answer.text
    assert await owner.snapshot() == before
    own = await client.get(f"/jobs/{owner.ids.company_slug}/{word}")
    assert own.status_code == 200
    assert owner.mark in own.text


async def link_of(estate: Estate, screen: Screen) -> Link:
    """The link to a screen of an estate, as its token carries it."""
    services, ids = estate.world.services, estate.ids
    job = {Screen.JOB: ids.job, Screen.APPLICATION: ids.submission_job}.get(screen)
    query = f"{estate.embedding.query(job)}&applicationId={ids.submission}"
    headers = await Stage(estate.world).access_token(estate.embedding)
    answer = await estate.world.client.get(f"/v1/links/{screen}{query}", headers=headers)
    assert answer.status_code == 200, answer.text
    token = httpx.URL(answer.json()["url"]).params["token"]
    return Link.of_claims(screen, services.signer.read(token, audience=audience_of(screen), now=services.clock()))


def token_of(estate: Estate, link: Link) -> str:
    services = estate.world.services
    return services.signer.sign(
        link.claims(), audience=audience_of(link.screen), now=services.clock(), lives=LINK_LIVES
    )


COMMON = ("workspace_id", "credential_id", "connector_id", "client_id", "user_id")
PARTS = {
    Screen.SETTINGS: COMMON,
    Screen.TASKS: COMMON,
    Screen.JOB: (*COMMON, "job_id"),
    Screen.APPLICATION: (*COMMON, "job_id", "submission_id"),
}


@pytest.mark.parametrize(("screen", "part"), [(screen, part) for screen, parts in PARTS.items() for part in parts])
async def test_a_screen_opens_only_what_belongs_together(
    owner: Estate, stranger: Stranger, screen: Screen, part: str
) -> None:
    """Even a token that we signed opens nothing when one of its parts is of another workspace."""
    theirs, ours = await link_of(owner, screen), await link_of(stranger.estate, screen)
    before, client = await owner.snapshot(), owner.world.client
    token = token_of(owner, replace(ours, **{part: getattr(theirs, part)}))
    answer = await client.get(f"/embed/{screen}", params={"token": token})
    assert answer.status_code in {403, 404}
    assert owner.mark not in answer.text
    assert await owner.snapshot() == before


async def test_a_screen_leads_to_nothing_of_others(owner: Estate, stranger: Stranger) -> None:
    screen = Browser(owner.world, token_of(stranger.estate, await link_of(stranger.estate, Screen.TASKS)), "tasks")
    assert (await screen.open()).status_code == 200
    before = await owner.snapshot()
    for record in (
        {"to": "job", "job": owner.ids.job},
        {"to": "application", "job": owner.ids.submission_job, "submission": owner.ids.submission},
        {"to": "application", "job": stranger.estate.ids.submission_job, "submission": owner.ids.submission},
    ):
        params = {"session": screen.session or "", **record}
        answer = await owner.world.client.get("/embed/open", params=params, follow_redirects=True)
        assert answer.status_code == 404
        assert owner.mark not in answer.text
    assert await owner.snapshot() == before


@pytest.mark.parametrize("choice", ["add", "remove"])
async def test_a_screen_chooses_among_its_own_agencies(owner: Estate, stranger: Stranger, choice: str) -> None:
    screen = Browser(owner.world, token_of(stranger.estate, await link_of(stranger.estate, Screen.JOB)))
    before = await owner.snapshot()
    answer = await screen.post("agencies", **{choice: owner.ids.agency})
    assert answer.status_code == (404 if choice == "add" else 303)
    assert owner.mark not in answer.text
    assert await owner.snapshot() == before
