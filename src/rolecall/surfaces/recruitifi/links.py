"""RecruitiFi links: GET /v1/links/job. The other three screens are not served yet."""

import secrets
import unicodedata
from urllib.parse import quote, unquote_to_bytes

from starlette.requests import Request
from starlette.responses import Response

from rolecall.actions.clients import LONGEST_ID
from rolecall.actions.embedding import JOB_SCREEN, LINK_LIVES, audience_of, make_job_link
from rolecall.domain.errors import FieldInvalid, FieldMissing
from rolecall.surfaces.recruitifi.auth import PartnerCall
from rolecall.surfaces.recruitifi.wire import SignedLinkShape, wire_time
from rolecall.web.responses import json_response
from rolecall.web.surface import Operation


async def get_job_link(call: PartnerCall) -> Response:
    connector, client, user, job = read_ids(call.request, "connectorId", "clientId", "userId", "jobId")
    services, caller = call.services, call.principal
    ctx = await services.context(call.conn, caller.partner.workspace_id, actor=f"credential:{caller.credential.id}")
    ids = {"connector": connector, "client": client, "user": user, "job": job}
    link = await make_job_link(ctx, caller.partner.id, credential_id=caller.credential.id, **ids)
    claims = {**link.claims(), "jti": secrets.token_urlsafe(9)}  # two links made in one second differ
    token = services.signer.sign(claims, audience=audience_of(JOB_SCREEN), now=ctx.now, lives=LINK_LIVES)
    url = f"{services.settings.public_url}/embed/{JOB_SCREEN}?token={quote(token, safe='')}"
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
    Operation(method="GET", path="/v1/links/job", name="getJobLink", handle=get_job_link, writes=True),
]
