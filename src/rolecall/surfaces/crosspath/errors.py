"""CrossPath's answers to errors: always `{"error": text}`, and only 400, 401, 403 and 404 among the 4xx."""

from starlette.responses import Response

from rolecall.domain import errors as domain
from rolecall.web import errors as web
from rolecall.web.errors import Answer, ErrorMap
from rolecall.web.responses import json_response

NO_KEY = "Please provide your API key."
NO_MISSION = "This mission does not exist or you don't have the permission to update it."
NO_COMPANY = "This company does not exist or you don't have the permission to use it."
NOT_LIVE = "You can't update the status of a JD that is not Live."


class NoFields(domain.Invalid):
    """The request body must have at least one field to change."""


def _says(status: int, text: str) -> Answer:
    return lambda _error: json_response({"error": text}, status=status)


def _says_itself(status: int) -> Answer:
    return lambda error: json_response({"error": str(error)}, status=status)


def _invalid_field(error: Exception) -> Response:
    assert isinstance(error, domain.FieldInvalid)
    return json_response({"error": f'The field "{error.facts["field"]}" is not valid.'}, status=400)


ERRORS = ErrorMap(
    {
        domain.NotAuthenticated: _says(401, NO_KEY),
        domain.NotPermitted: _says(401, NO_KEY),
        domain.NotFound: _says_itself(404),
        domain.JobUnknown: _says(404, NO_MISSION),
        domain.CompanyUnknown: _says(400, NO_COMPANY),
        domain.Invalid: _says_itself(400),
        domain.FieldInvalid: _invalid_field,
        domain.Conflict: _says_itself(400),
        domain.NameTaken: _says(400, 'The field "externalId" is not valid.'),
        domain.MoveRefused: _says(400, 'The field "status" is not valid.'),
        domain.JobNotOpen: _says(403, NOT_LIVE),
        web.UnknownPath: _says(404, "There is nothing at this address."),
        web.UnreadableBody: _says(400, "The request body must be a JSON object."),
        web.BodyTooLarge: _says(400, "The request body is too large."),
        web.RateLimited: _says(400, "Too many requests. Try again in a minute."),
        web.ServiceUnavailable: _says(503, "The service is not available at the moment. Try again soon."),
        Exception: _says(500, "Something went wrong on our side."),
    }
)
