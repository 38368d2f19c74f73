"""RecruitiFi links: GET /v1/links/settings, /tasks, /job and /application: signed addresses of screens."""

import unicodedata
from urllib.parse import quote, unquote_to_bytes

from starlette.requests import Request
from starlette.responses import Response

from rolecall.actions.clients import LONGEST_ID
from rolecall.actions.context import Context
from rolecall.actions.embedding.application import make_application_link
from rolecall.actions.embedding.job import make_job_link
from rolecall.actions.embedding.links import LINK_LIVES, Asking, audience_of
from rolecall.actions.embedding.settings import make_settings_link
from rolecall.actions.embedding.tasks import make_tasks_link
from rolecall.domain.errors import FieldInvalid, FieldMissing
from rolecall.domain.screens import Link
from rolecall.surfaces.recruitifi.auth import PartnerCall
from rolecall.surfaces.recruitifi.wire import SignedLinkShape, wire_time
from rolecall.web.responses import json_response
from rolecall.web.surface import Operation


async def get_settings_link(call: PartnerCall) -> Response:
    asking = _asking(call)
    ctx = await _acting(call)
    return _signed(call, ctx, await make_settings_link(ctx, asking))


async def get_tasks_link(call: PartnerCall) -> Response:
    asking = _asking(call)
    ctx = await _acting(call)
    return _signed(call, ctx, await make_tasks_link(ctx, asking))


async def get_job_link(call: PartnerCall) -> Response:
    asking, (job,) = _asking(call), read_ids(call.request, "jobId")
    ctx = await _acting(call)
    return _signed(call, ctx, await make_job_link(ctx, asking, job=job))


async def get_application_link(call: PartnerCall) -> Response:
    asking, (job, application) = _asking(call), read_ids(call.request, "jobId", "applicationId")
    ctx = await _acting(call)
    return _signed(call, ctx, await make_application_link(ctx, asking, job=job, application=application))


def _asking(call: PartnerCall) -> Asking:
    """Who asks, for whom. Raises FieldMissing or FieldInvalid."""
    connector, client, user = read_ids(call.request, "connectorId", "clientId", "userId")
    caller = call.principal
    return Asking(
        partner_id=caller.partner.id, credential_id=caller.credential.id, connector=connector, client=client, user=user
    )


async def _acting(call: PartnerCall) -> Context:
    caller = call.principal
    actor = f"credential:{caller.credential.id}"
    return await call.services.context(call.conn, caller.partner.workspace_id, actor=actor)


def _signed(call: PartnerCall, ctx: Context, link: Link) -> Response:
    services = call.services
    token = services.signer.sign(link.claims(), audience=audience_of(link.screen), now=ctx.now, lives=LINK_LIVES)
    url = f"{services.settings.public_url}/embed/{link.screen}?token={quote(token, safe='')}"
    return json_response(SignedLinkShape(url=url, expires_at=wire_time(ctx.now + LINK_LIVES)))


def read_ids(request: Request, *names: str) -> list[str]:
    """The values of required query parameters, in the order of `names`; all others are ignored.

    Raises FieldMissing for one that is absent or empty, FieldInvalid for one that comes twice, has more than 255
    characters, is not UTF-8 or holds control characters.
    """
    given: dict[str, list[bytes]] = {}
    for pair in request.scope["query_string"].split(b"&"):
        name, _, value = pair.replace(b"+", b" ").partition(b"=")
        given.setdefault(unquote_to_bytes(name).decode("utf-8", "replace"), []).append(unquote_to_bytes(value))
    return [_id(name, given.get(name, [])) for name in names]


def _id(name: str, values: list[bytes]) -> str:
    if not any(values):
        raise FieldMissing(field=name)
    try:
        (text,) = (value.decode() for value in values)
    except ValueError as error:
        raise FieldInvalid(field=name) from error
    if not text.strip():
        raise FieldMissing(field=name)
    if len(text) > LONGEST_ID or any(unicodedata.category(c) == "Cc" for c in text):
        raise FieldInvalid(field=name)
    return text


OPERATIONS = [
    Operation(method="GET", path="/v1/links/settings", name="getSettingsLink", handle=get_settings_link, writes=True),
    Operation(method="GET", path="/v1/links/tasks", name="getTasksLink", handle=get_tasks_link, writes=True),
    Operation(method="GET", path="/v1/links/job", name="getJobLink", handle=get_job_link, writes=True),
    Operation(
        method="GET",
        path="/v1/links/application",
        name="getApplicationLink",
        handle=get_application_link,
        writes=True,
    ),
]
