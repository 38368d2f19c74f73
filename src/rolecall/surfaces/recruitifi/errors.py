"""RecruitiFi's answers to errors: always `{"error": code, "message": text}` and nothing else."""

from collections.abc import Mapping

from starlette.responses import Response

from rolecall.domain import errors as domain
from rolecall.surfaces.recruitifi.wire import ErrorShape
from rolecall.web import errors as web
from rolecall.web.errors import Answer, ErrorMap
from rolecall.web.responses import json_response


class ClientSecretRefused(domain.NotAuthenticated):
    """Invalid client_id or client_secret."""


def _says(status: int, code: str, message: str) -> Answer:
    return lambda _error: json_response(ErrorShape(error=code, message=message), status=status)


_NO_TOKEN = _says(401, "unauthorized", "Missing or invalid X-Auth-Token header.")
_NOT_FOUND = _says(404, "not_found", "The requested resource was not found.")
_BAD_QUERY = _says(422, "unprocessable_entity", "One or more required query parameters are missing or invalid.")
_BAD_BODY = _says(422, "unprocessable_entity", "One or more required body fields are missing or invalid.")

ERRORS = ErrorMap(
    {
        domain.NotAuthenticated: _NO_TOKEN,
        ClientSecretRefused: _says(401, "unauthorized", "Invalid client_id or client_secret."),
        domain.NotPermitted: _says(403, "forbidden", "You do not have permission to access this resource."),
        domain.NotFound: _NOT_FOUND,
        domain.Invalid: _BAD_QUERY,
        domain.Conflict: _says(409, "conflict", "The record's present state does not allow this."),
        web.UnknownPath: _NOT_FOUND,
        web.UnreadableBody: _BAD_BODY,
        web.BodyTooLarge: _BAD_BODY,
        web.RateLimited: _says(429, "too_many_requests", "Too many requests. Try again later."),
        web.ServiceUnavailable: _says(503, "service_unavailable", "The service is not available. Try again soon."),
        Exception: _says(500, "internal_error", "Something went wrong on our side."),
    }
)


def _says_field(error: Exception) -> Response:
    """What is wrong with a field, by the contract's name for it."""
    assert isinstance(error, domain.DomainError)
    words = str(error.facts["field"]).split("_")
    field = words[0] + "".join(word.title() for word in words[1:])
    wrong = "is required" if isinstance(error, domain.FieldMissing) else f"is not valid{error.facts['hint']}"
    return json_response(ErrorShape(error="unprocessable_entity", message=f"{field} {wrong}."), status=422)


def _no_bearer(_error: Exception) -> Response:
    shape = ErrorShape(error="unauthorized", message="Missing or invalid bearer token.")
    return json_response(shape, status=401, headers={"WWW-Authenticate": "Bearer"})


# The organization API's own answers; it has the others in common with the partner API.
ADJACENT: Mapping[type[Exception], Answer] = {
    domain.NotAuthenticated: _no_bearer,
    domain.FieldMissing: _says_field,
    domain.FieldInvalid: _says_field,
    web.UnreadableBody: _says(422, "unprocessable_entity", "The request body must be a JSON object."),
    web.BodyTooLarge: _says(422, "unprocessable_entity", "The request body is too large."),
}
