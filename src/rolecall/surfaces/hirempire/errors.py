"""HirEmpire's answers to errors: always `{"success": false, "error": text}`. Not every text has a period."""

from rolecall.domain import errors as domain
from rolecall.web import errors as web
from rolecall.web.errors import Answer, ErrorMap
from rolecall.web.responses import json_response


class JobIdMissing(domain.Invalid):
    """Query parameter 'job_id' is required."""


class OnlyJobIdAllowed(domain.Invalid):
    """Only 'job_id' query parameter is allowed."""


class JobIdRefused(domain.Invalid):
    """job_id is required and must be a UUID"""  # noqa: D400 - the contract's text has no period


class SourceNameRefused(domain.Invalid):
    """source_name is required and must be a non-empty string"""  # noqa: D400 - as above


def _says(status: int, text: str) -> Answer:
    return lambda _error: json_response({"success": False, "error": text}, status=status)


def _says_itself(status: int) -> Answer:
    return lambda error: json_response({"success": False, "error": str(error)}, status=status)


# The contract has no 403, 409, 413, 415 or 503.
ERRORS = ErrorMap(
    {
        domain.NotAuthenticated: _says(401, "Invalid token"),
        domain.CredentialExpired: _says(401, "Token is expired"),
        domain.NotPermitted: _says(401, "Invalid token"),
        domain.NotFound: _says(404, "Not found"),
        domain.JobUnknown: _says(404, "Job not found"),
        domain.Invalid: _says_itself(400),
        domain.Conflict: _says_itself(400),
        web.UnknownPath: _says(404, "Not found"),
        web.UnreadableBody: _says(400, "Input is incorrect."),
        web.BodyTooLarge: _says(400, "The request body is too large."),
        web.RateLimited: _says(429, "Too many requests"),
        web.ServiceUnavailable: _says(500, "Internal server error"),
        Exception: _says(500, "Internal server error"),
    }
)
