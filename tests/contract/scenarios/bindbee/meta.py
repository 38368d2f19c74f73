"""How the documented answers about the body of a candidate come about."""

from datetime import UTC, datetime

import httpx

from rolecall.actions.ids import new_id
from rolecall.domain.credentials import CredentialKind
from rolecall.store import connectors
from rolecall.store.connectors import Connector
from tests.contract.scenarios.bindbee.reading import refusals
from tests.contract.stage import Stage

PATH = "/api/ats/v1/candidates/create/meta"


async def described(stage: Stage) -> httpx.Response:
    return await stage.call("GET", PATH, headers=await stage.bindbee())


async def no_token(stage: Stage) -> httpx.Response:
    return await stage.call("GET", PATH, headers={"Authorization": (await stage.bindbee())["Authorization"]})


async def of_another_system(stage: Stage) -> httpx.Response:
    linked = Connector(
        workspace_id=stage.world.workspace.id,
        id=new_id(),
        category="ATS",
        integration="jobvite",
        name="Linked",
        origins=[],
        created_at=datetime.now(UTC),
    )
    async with stage.world.services.database.writing() as conn:
        await connectors.insert(conn, linked)
    token = await stage.world.secret(CredentialKind.BINDBEE_CONNECTOR, subject_id=linked.id)
    return await stage.call("GET", PATH, headers={**await stage.bindbee(), "X-Connector-Token": token})


_META = "get_create_candidate_request_body_api_ats_v1_candidates_create_meta_get"
SCENARIOS = {
    **{(_META, status): scenario for status, scenario in refusals(PATH, PATH).items()},
    (_META, "200"): described,
    (_META, "422"): no_token,
    (_META, "501"): of_another_system,
}
