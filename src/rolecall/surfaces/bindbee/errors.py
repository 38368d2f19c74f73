"""Bindbee's answers to errors: `detail` is a string, or on 422 a list of what is wrong with which parameter."""

from collections.abc import Callable
from typing import Any

from starlette.responses import Response

from rolecall.domain import errors as domain
from rolecall.domain import errors_of_linking as linking
from rolecall.web import errors as web
from rolecall.web.errors import Answer, ErrorMap
from rolecall.web.responses import json_response


class ParametersRefused(domain.Invalid):
    """The parameters are not valid. `problems` are the entries of the answer's `detail`."""

    def __init__(self, problems: list[dict[str, Any]]) -> None:
        super().__init__()
        self.problems = problems


class RecordUnknown(domain.NotFound):
    """There is no such {model}."""

    def __init__(self, model: str) -> None:
        super().__init__(model=model)


class MetaNotImplemented(domain.NotFound):
    """There is no schema of the {model} for {integration}."""

    def __init__(self, model: str, integration: str) -> None:
        super().__init__(model=model, integration=integration)


class WriteDisabled(domain.NotPermitted):
    """The operator has switched writes of this model off."""


class SourceUnreachable(Exception):
    """The linked system gave no answer."""


class SourceTooSlow(Exception):
    """The linked system gave no answer in time."""


def _record_unknown(error: Exception) -> str:
    assert isinstance(error, RecordUnknown)
    return f"{error.facts['model']} not found"


def _meta_not_implemented(error: Exception) -> str:
    assert isinstance(error, MetaNotImplemented)
    return (
        "Meta API is not implemented for {model} in {integration}."
        " You can request this feature by contacting support@bindbee.dev."
    ).format(**error.facts)


def _says(status: int, detail: str | Callable[[Exception], str]) -> Answer:
    def answer(error: Exception) -> Response:
        return json_response({"detail": detail if isinstance(detail, str) else detail(error)}, status=status)

    return answer


def _unauthorized(detail: str) -> Answer:
    return lambda _error: json_response({"detail": detail}, status=401, headers={"WWW-Authenticate": "Bearer"})


def refuses_field(name: str | None = None) -> Answer:
    """422 for an error about a field of the body: `name`, or the one that the error names itself."""

    def answer(error: Exception) -> Response:
        assert isinstance(error, domain.DomainError)
        field = name or str(error.facts["field"])
        problem = {"loc": ["body", field], "msg": str(error), "type": "value_error", "input": None}
        return json_response({"detail": [problem]}, status=422)

    return answer


def _problems(error: Exception) -> Response:
    assert isinstance(error, ParametersRefused)
    return json_response({"detail": error.problems}, status=422)


def _problem_of_body(kind: str, message: str) -> Answer:
    problem = {"loc": ["body"], "msg": message, "type": kind, "input": None}
    return lambda _error: json_response({"detail": [problem]}, status=422)


def _field_problem(error: Exception) -> Response:
    assert isinstance(error, domain.Invalid)
    problem = {"loc": ["body", str(error.facts.get("field", ""))], "msg": str(error), "type": "value_error"}
    return json_response({"detail": [problem]}, status=422)


ERRORS = ErrorMap(
    {
        domain.NotAuthenticated: _unauthorized("Invalid authentication credentials"),
        domain.CredentialMissing: _unauthorized("Not authenticated"),
        domain.NotPermitted: _says(403, str),
        domain.ConnectorRefused: _says(403, "Invalid connector token"),
        linking.ConnectorOfOtherCategory: _says(403, "Connector token is not valid for this API category"),
        domain.NotFound: _says(404, str),
        domain.JobUnknown: _says(404, "Job not found"),
        linking.CustomFieldUnknown: _says(404, "Custom Field not found"),
        linking.CustomFieldMappingUnknown: _says(404, "Custom Field Mapping not found"),
        RecordUnknown: _says(404, _record_unknown),
        MetaNotImplemented: _says(501, _meta_not_implemented),
        domain.Invalid: _field_problem,
        ParametersRefused: _problems,
        WriteDisabled: _says(403, "Write is disabled for this model"),
        domain.Conflict: _says(409, str),
        linking.CustomFieldFrozen: refuses_field(),
        linking.CustomFieldMapped: refuses_field("custom_field_id"),
        domain.RequestUnderWay: _says(409, "Request with this idempotency key is already in progress."),
        domain.RequestDiffers: _says(409, "Idempotency key already exists with a different payload."),
        SourceUnreachable: _says(502, "The connected system cannot be reached"),
        SourceTooSlow: _says(504, "The connected system did not answer in time"),
        web.UnknownPath: _says(404, "Not Found"),
        web.UnreadableBody: _problem_of_body("json_invalid", "Input should be a JSON object, sent as application/json"),
        web.BodyTooLarge: _problem_of_body("too_large", "The body is too large"),
        web.RateLimited: _says(429, "Rate limit exceeded"),
        web.ServiceUnavailable: _says(503, "Service unavailable"),
        Exception: _says(500, "Internal Server Error"),
    }
)
