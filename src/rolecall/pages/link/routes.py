"""GET and POST /embed: the page on which a customer links a system. The link token is all that identifies a request.

`server_url` of the address is not used: the page is served by the API itself, and no token goes anywhere else.
"""

from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from rolecall.actions.linking import LinkSession, complete_link, link_session
from rolecall.domain.errors import LinkUnknown
from rolecall.domain.errors_of_linking import IntegrationClosed
from rolecall.pages.link.answers import View, form, linked, problem
from rolecall.ports.ats import Account, AtsError, Integration, SecretsRefused
from rolecall.services import Services
from rolecall.store import workspaces
from rolecall.web.errors import UnreadableBody
from rolecall.web.pages import Pages
from rolecall.web.requests import read_body

Fields = Mapping[str, str]

PATH = "/embed"
_OPERATION = "bindbee embed_page"  # its name in the Bindbee contract
_LARGEST_FORM = 100_000
_LONGEST_SECRET = 10_000
_LONGEST_INSTANCE = 200
_REFUSED = "The system does not accept this. Check it and try again."
_UNREACHABLE = "The system could not be reached. Nothing was saved; try again in a minute."


async def show(services: Services, fields: Fields) -> Response:
    """The form of a session."""
    _, view = await _opened(services, fields)
    return form(view, services)


async def connect(services: Services, fields: Fields) -> Response:
    """Ask the system whether it lets us in, then complete the session."""
    session, view = await _opened(services, fields)
    entered = {wanted.name: fields.get(wanted.name, "").strip() for wanted in view.integration.secrets}
    view.faults.update({name: "Fill this in." for name, value in entered.items() if not value})
    view.faults.update({name: "This is too long." for name, value in entered.items() if len(value) > _LONGEST_SECRET})
    if view.faults:
        return form(view, services, status=422)
    assert view.integration.connect is not None, "it was opened"
    try:
        await view.integration.connect(services.outbound).check(Account(secrets=entered))
    except SecretsRefused:
        return form(_with_alert(view, _REFUSED), services, status=422)
    except AtsError:
        return form(_with_alert(view, _UNREACHABLE), services, status=502)
    async with services.database.writing() as conn:
        workspace_id = session.credential.workspace_id
        ctx = await services.context(conn, workspace_id, actor=f"credential:{session.credential.id}")
        token = await complete_link(ctx, session, secrets=entered, sealer=services.sealer)
    return linked(view, services, temporary_token=token)


def _with_alert(view: View, alert: str) -> View:
    return View(
        token=view.token,
        instance=view.instance,
        integration=view.integration,
        customer=view.customer,
        organization=view.organization,
        again=view.again,
        alert=alert,
    )


async def _opened(services: Services, fields: Fields) -> tuple[LinkSession, View]:
    """The session of the request. Raises LinkUnknown, LinkUsed, LinkExpired or IntegrationClosed."""
    token = fields.get("link_token", "")
    async with services.database.reading() as conn:
        session = await link_session(conn, token, now=services.clock())
        organization = await workspaces.name(conn, session.credential.workspace_id)
    connector = session.connector
    integration = _integration(services, connector.integration)
    return session, View(
        token=token,
        instance=_instance(fields),
        integration=integration,
        customer=connector.name,
        organization=organization,
        again=connector.completed_at is not None,
    )


def _integration(services: Services, slug: str) -> Integration:
    found = services.integrations.get(slug)
    if found is None:
        raise LinkUnknown
    if found.connect is None or slug in services.settings.closed_integrations:
        raise IntegrationClosed(integration=slug)
    return found


def _instance(fields: Fields) -> str:
    return fields.get("instanceId", "")[:_LONGEST_INSTANCE]


async def _fields(request: Request) -> Fields:
    """The query of a GET, the form of a POST. Raises UnreadableBody or BodyTooLarge."""
    if request.method != "POST":
        return dict(request.query_params)
    body = await read_body(request, at_most=_LARGEST_FORM)
    try:
        found = dict(parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=50))
    except ValueError as error:
        raise UnreadableBody from error
    if any("\x00" in value for value in found.values()):
        raise UnreadableBody
    return found


def _routes(services: Services) -> list[Route]:
    return [
        Route(PATH, _endpoint(show, services), methods=["GET"], name=_OPERATION),
        Route(PATH, _endpoint(connect, services), methods=["POST"]),
    ]


def _endpoint(
    handler: Callable[[Services, Fields], Awaitable[Response]], services: Services
) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        request.scope["rolecall.route"] = f"link {PATH}"
        fields: Fields = request.query_params
        try:
            fields = await _fields(request)
            return await handler(services, fields)
        except ClientDisconnect:
            return Response(status_code=499)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong, a person gets a page that says so
            return problem(error, services, instance=_instance(fields))

    return endpoint


def _public(_services: Services) -> dict[str, str]:
    return {PATH: "A link token, for one session of one customer and for seven days, comes with every request."}


PAGES = Pages(name="link", routes=_routes, public=_public)
