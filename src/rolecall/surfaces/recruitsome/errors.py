"""RecruitSome's answers to errors: `{"message": text}`, with `errors` by field where a field is wrong."""

from collections.abc import Mapping, Sequence

from starlette.responses import Response

from rolecall.domain import errors as domain
from rolecall.web import errors as web
from rolecall.web.errors import Answer, ErrorMap
from rolecall.web.responses import json_response

NO_KEY = "Unauthenticated."
WRONG_KEY = "Invalid authentication credentials."
SWITCHED_OFF = "API access is not enabled for this tenant."
NO_SCOPE = "This API key does not have the required scope."
NOT_FOUND = "Resource not found."
INVALID = "The given data was invalid."
TOO_MANY = "Too Many Attempts."
CRASHED = "Server Error"
OFFLINE = "Service Unavailable"

SCOPE_CODE = "INSUFFICIENT_SCOPE"


class FieldsRefused(domain.Invalid):
    """Some fields are not valid; `problems` has the messages of each."""

    def __init__(self, problems: Mapping[str, Sequence[str]]) -> None:
        super().__init__()
        self.problems = problems


def words(field: str) -> str:
    """A field's name as messages spell it."""
    return field.replace("_", " ")


def _says(status: int, text: str) -> Answer:
    return lambda _error: json_response({"message": text}, status=status)


def _forbidden(error: Exception) -> Response:
    return json_response({"message": str(error)}, status=403)


def _no_scope(error: Exception) -> Response:
    assert isinstance(error, domain.ScopeMissing)
    body = {
        "message": NO_SCOPE,
        "code": SCOPE_CODE,
        "error_code": SCOPE_CODE,
        "required_scope": error.facts["scope"],
    }
    return json_response(body, status=403)


def _refused(problems: Mapping[str, Sequence[str]]) -> Response:
    return json_response({"message": INVALID, "errors": problems}, status=422)


def _fields_refused(error: Exception) -> Response:
    assert isinstance(error, FieldsRefused)
    return _refused(error.problems)


def _field_refused(text: str) -> Answer:
    """The answer to a single wrong field; `text` has its name in braces."""

    def answer(error: Exception) -> Response:
        assert isinstance(error, domain.DomainError)
        field = str(error.facts["field"])
        return _refused({field: [text.format(field=words(field))]})

    return answer


def _body_refused(text: str) -> Answer:
    return lambda _error: _refused({"body": [text]})


def _request_refused(error: Exception) -> Response:
    return _refused({"request": [str(error)]})


ERRORS = ErrorMap(
    {
        domain.NotAuthenticated: _says(401, WRONG_KEY),
        domain.CredentialMissing: _says(401, NO_KEY),
        domain.NotPermitted: _forbidden,
        domain.ApiDisabled: _says(403, SWITCHED_OFF),
        domain.ScopeMissing: _no_scope,
        domain.NotFound: _says(404, NOT_FOUND),
        domain.Invalid: _request_refused,
        domain.FieldMissing: _field_refused("The {field} field is required."),
        domain.FieldInvalid: _field_refused("The {field} is invalid."),
        domain.FieldNotListed: _field_refused("The selected {field} is invalid."),
        domain.FieldFrozen: _field_refused("The {field} cannot be changed."),
        FieldsRefused: _fields_refused,
        domain.Conflict: _request_refused,
        web.UnknownPath: _says(404, NOT_FOUND),
        web.UnreadableBody: _body_refused("The body must be a JSON object."),
        web.BodyTooLarge: _body_refused("The body is too large."),
        web.RateLimited: _says(429, TOO_MANY),
        web.ServiceUnavailable: _says(503, OFFLINE),
        Exception: _says(500, CRASHED),
    }
)
