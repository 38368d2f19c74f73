"""RecruitSome's check of a key: GET /health."""

from starlette.responses import Response

from rolecall.surfaces.recruitsome.auth import KeyCall, admitted
from rolecall.surfaces.recruitsome.wire import Health
from rolecall.web.responses import json_response
from rolecall.web.surface import Operation


async def get_health(call: KeyCall) -> Response:
    return json_response(Health(tenant=call.principal.workspace_slug))


OPERATIONS = [
    Operation(method="GET", path="/api/v1/health", name="getHealth", handle=admitted(get_health, scope=None)),
]
