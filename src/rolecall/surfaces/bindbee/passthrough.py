"""POST passthrough: a request in the linked system's own language, its answer as it comes.

No connection to the database is held while the system is asked, which takes a minute at most. Its answer is not ours:
a browser that got hold of it is told to run nothing of it.
"""

import asyncio
import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from starlette.responses import Response

from rolecall.actions.syncing import account_of
from rolecall.domain.connectors import ConnectorStatus
from rolecall.domain.errors_of_linking import NotOffered, RelinkNeeded
from rolecall.ports.ats import Account, Ats, SecretsRefused, VendorRequest
from rolecall.ports.outbound import OutboundError, Reply
from rolecall.store import connectors
from rolecall.store.connectors import Connector
from rolecall.surfaces.bindbee.auth import BindbeeCall, connector_of
from rolecall.surfaces.bindbee.errors import SourceTooSlow, SourceUnreachable
from rolecall.surfaces.bindbee.parameters import Parameters
from rolecall.surfaces.bindbee.writing import BindbeeArrival, read_body
from rolecall.web.requests import read_json_object
from rolecall.web.surface import Operation

_USUAL_WAIT, _LONGEST_WAIT = 30, 60  # seconds
_NO_BODY = frozenset({204, 304})
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|[/\\]{2}")
_INERT = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}


def _relative(path: str) -> str:
    """A path below the system's base address: no other host, and no way up."""
    parts = re.split(r"[/\\]", path.partition("?")[0].replace("%2e", ".").replace("%2E", "."))
    if _ELSEWHERE.match(path.strip()) or ".." in parts or not path.isprintable():
        raise ValueError("a path relative to the base address of the connected system is expected")
    return path


class NewRequest(BaseModel):
    model_config = ConfigDict(extra="ignore")

    method: Literal["CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"]
    path: Annotated[str, StringConstraints(max_length=8_000), AfterValidator(_relative)]
    headers: dict[str, str] | None
    params: dict[str, Any] | None = None
    data: str | list[Any] | dict[str, Any] | None = None
    request_format: Literal["JSON", "XML", "MULTIPART"] | None = "JSON"
    response_format: Literal["JSON", "XML", "MULTIPART", "BINARY"] | None = "JSON"
    timeout: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None


async def ask(arrival: BindbeeArrival) -> Reply:
    """The system's answer. Raises NotOffered, RelinkNeeded, SourceUnreachable or SourceTooSlow."""
    services = arrival.services
    parameters = Parameters(arrival.request)
    tree = await read_json_object(arrival.request, at_most=services.largest_body)
    new = read_body(NewRequest, tree, parameters.problems)
    parameters.check()
    assert isinstance(new, NewRequest), "the check would have raised"
    credential = connector_of(arrival.principal)
    assert credential.subject_id is not None
    async with services.database.reading() as conn:
        connector = await connectors.get(conn, credential.workspace_id, credential.subject_id)
    assert connector is not None, "its token is in use"
    ats, account = _opened(arrival, connector)
    return await _asked(ats, account, _request(new))


def _opened(arrival: BindbeeArrival, connector: Connector) -> tuple[Ats, Account]:
    integration = arrival.services.integrations.get(connector.integration)
    if integration is None or integration.connect is None:
        raise NotOffered(what="Passthrough", integration=connector.integration)
    if connector.status != ConnectorStatus.COMPLETE:
        raise RelinkNeeded
    try:
        account = account_of(connector, sealer=arrival.services.sealer)
    except SecretsRefused as error:
        raise RelinkNeeded from error
    return integration.connect(arrival.services.outbound), account


def _request(new: NewRequest) -> VendorRequest:
    return VendorRequest(
        method=new.method,
        path=new.path,
        headers=new.headers or {},
        params=new.params or {},
        data=new.data,
        format=new.request_format or "JSON",
        seconds=min(new.timeout or _USUAL_WAIT, _LONGEST_WAIT),
    )


async def _asked(ats: Ats, account: Account, request: VendorRequest) -> Reply:
    try:
        async with asyncio.timeout(request.seconds):
            return await ats.ask(account, request)
    except TimeoutError as error:
        raise SourceTooSlow from error
    except SecretsRefused as error:
        raise RelinkNeeded from error
    except OutboundError as error:
        raise SourceUnreachable from error


async def relay(call: BindbeeCall) -> Response:
    """The answer as it came: status, content type and bytes."""
    reply: Reply = call.prepared
    content_type = reply.headers.get("content-type", "application/octet-stream")
    body = b"" if reply.status in _NO_BODY else reply.body
    return Response(body, status_code=reply.status, headers={"Content-Type": content_type, **_INERT})


OPERATIONS = [
    Operation(
        method="POST",
        path="/api/v1/passthrough",
        name="make_passthrough_request_api_v1_passthrough_post",
        prepare=ask,
        handle=relay,
    ),
]
