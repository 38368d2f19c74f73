"""What the vendor's n8n connector asks of HirEmpire beside its webhooks: GET /n8n/verify-credentials."""

from starlette.responses import Response

from rolecall.domain import errors as domain
from rolecall.surfaces.hirempire.auth import TokenCall
from rolecall.web.errors import Answer
from rolecall.web.responses import json_response
from rolecall.web.surface import Operation


async def verify_credentials(_call: TokenCall) -> Response:
    return json_response({"ok": True})


def _verdict(reason: str) -> Answer:
    return lambda _error: json_response({"ok": False, "reason": reason})


OPERATIONS = [
    Operation(
        method="GET",
        path="/n8n/verify-credentials",
        name="n8nVerifyCredentials",
        handle=verify_credentials,
        errors={
            domain.NotAuthenticated: _verdict("invalid_token"),
            domain.CredentialExpired: _verdict("expired"),
            domain.NotPermitted: _verdict("forbidden"),
        },
    ),
]
