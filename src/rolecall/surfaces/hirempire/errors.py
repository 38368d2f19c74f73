"""HirEmpire's answers to errors: always `{"success": false, "error": text}`. Not every text has a period.

What is wrong with a request is said in the contract's sentences, which depend on the operation: such a sentence is a
`Refusal`. Errors of the domain have one answer here, and another one in the `errors` of an operation that words them
otherwise.
"""

from starlette.responses import Response

from rolecall.domain import errors as domain
from rolecall.web import errors as web
from rolecall.web.errors import Answer, ErrorMap
from rolecall.web.responses import json_response

ACTIVE_JOBS = "Active jobs limit reached. Upgrade to add more, or close one of your jobs."
COMPANIES = "Companies limit reached. Upgrade to add more."


class Refusal(Exception):
    """A sentence of the contract, and the status that it is sent with."""

    def __init__(self, text: str, *, status: int = 400) -> None:
        super().__init__(text)
        self.text = text
        self.status = status


class HeaderMalformed(domain.CredentialMissing):
    """Send the credential as a bearer token."""


def says(status: int, text: str) -> Answer:
    """The answer with this text, whatever the error was."""
    return lambda _error: json_response({"success": False, "error": text}, status=status)


def _says_itself(status: int) -> Answer:
    return lambda error: json_response({"success": False, "error": str(error)}, status=status)


def _refusal(error: Exception) -> Response:
    assert isinstance(error, Refusal)
    return json_response({"success": False, "error": error.text}, status=error.status)


# The contract has no 403, 409, 413, 415 or 503.
ERRORS = ErrorMap(
    {
        Refusal: _refusal,
        domain.NotAuthenticated: says(401, "Invalid token"),
        domain.CredentialExpired: says(401, "Token is expired"),
        domain.NotPermitted: says(401, "Invalid token"),
        domain.NotFound: says(404, "Not found"),
        domain.JobUnknown: says(404, "Job not found"),
        domain.CandidateUnknown: says(404, "Candidate not found"),
        domain.CompanyUnknown: says(404, "Company not found"),
        domain.Invalid: _says_itself(400),
        domain.Conflict: _says_itself(400),
        domain.ActiveJobsUsedUp: says(402, ACTIVE_JOBS),
        domain.CompaniesUsedUp: says(402, COMPANIES),
        web.UnknownPath: says(404, "Not found"),
        web.UnreadableBody: says(400, "Input is incorrect."),
        web.BodyTooLarge: says(400, "The request body is too large."),
        web.RateLimited: says(429, "Too many requests"),
        web.ServiceUnavailable: says(500, "Internal server error"),
        Exception: says(500, "Internal server error"),
    }
)


def header_told(missing: str) -> dict[type[Exception], Answer]:
    """The answers of an operation that tells what is wrong with the Authorization header, beginning with its lack."""
    return {
        domain.CredentialMissing: says(400, missing),
        HeaderMalformed: says(400, "Authorization header must start with 'Bearer '."),
    }


HEADER_TOLD = header_told("Missing 'Authorization' header.")
