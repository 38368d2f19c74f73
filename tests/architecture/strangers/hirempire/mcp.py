"""The MCP tools, and what stands beside them for OAuth."""

from typing import Any

from tests.architecture.calls import Call, Calls
from tests.architecture.ids import Ids
from tests.surfaces.hirempire.mcp.conftest import COMPANY, JOB, message


def tool(called: str, /, **arguments: Any) -> Call:
    return Call(json=message("tools/call", name=called, arguments=arguments))


def tools(theirs: Ids, _own: Ids) -> list[Call]:
    return [
        tool("get_companies"),
        tool("get_jobs"),
        tool("get_jobs", status="archived"),
        *(tool("get_candidates", job_id=job) for job in (theirs.job, theirs.mission)),
        tool("create_company", **COMPANY),
        tool("create_job", **JOB | {"company_id": theirs.company}),
        *(
            tool("update_candidate_stage", candidate_id=id_, stage="hired")
            for id_ in (theirs.application, theirs.candidate)
        ),
    ]


def nothing(_theirs: Ids, _own: Ids) -> list[Call]:
    return [Call()]


def tokens(_theirs: Ids, own: Ids) -> list[Call]:
    form = {"grant_type": "client_credentials", "client_id": own.client_id, "client_secret": "guessed"}
    return [Call(form=form, headers={"Authorization": ""}), Call(form=form)]


CALLS: dict[str, Calls] = {
    "mcp": tools,
    "createOAuthToken": tokens,
    "refuseAuthorization": nothing,
    "readResource": nothing,
    "readFirstResource": nothing,
    "readServer": nothing,
    "refuseStream": nothing,
    "refuseEnd": nothing,
}
