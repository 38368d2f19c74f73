"""Routes of the public job pages, under the path of the jobs base URL."""

from collections.abc import Sequence
from functools import partial

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from rolecall.pages.public import answers
from rolecall.pages.public.apply import ApplyDoor, ThanksDoor
from rolecall.pages.public.board import Board
from rolecall.pages.public.feeds import Feeds, SitemapIndex, robots_txt
from rolecall.pages.public.job import JobDoor
from rolecall.pages.public.speaking import words_of
from rolecall.services import Services
from rolecall.web.pages import Pages

_READING = {"GET", "HEAD"}
_ALL_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


async def _anything_else(request: Request) -> Response:
    """What is no company and no job. Companies are never listed: they belong to different tenants.

    An address with a slash at its end, as mail programs make them, leads to the one without.
    """
    request.scope["rolecall.route"] = "public unknown"
    path = request.url.path
    if request.method in _READING and path.endswith("/") and path.strip("/"):
        return RedirectResponse("/" + path.strip("/"), status_code=308)
    words = words_of(request.scope)
    return answers.not_found(words) if request.method in _READING else answers.wrong_method(words)


def _routes(services: Services) -> Sequence[BaseRoute]:
    """Two are operations of the HirEmpire contract and have their names. A feed's name has a dot, a slug has none."""
    base = services.settings.jobs_path
    below = f"{base}/{{company}}/{{page}}"
    return [
        Route(f"{base}/sitemap.xml", SitemapIndex(services), methods=["GET"], name="public sitemap"),
        Route("/robots.txt", partial(robots_txt, services=services), methods=["GET"], name="public robots"),
        Route(f"{base}/{{company}}", Board(services), methods=["GET"], name="hirempire publicJobBoard"),
        Route(f"{base}/{{company}}/{{feed}}.{{kind}}", Feeds(services), methods=["GET"], name="public feeds"),
        Route(below, JobDoor(services), methods=["GET"], name="hirempire openSourceLink"),
        Route(f"{below}/apply", ApplyDoor(services), methods=["GET", "POST"], name="public application form"),
        Route(f"{below}/applied", ThanksDoor(services), methods=["GET"], name="public thank you"),
        Route(f"{base}/{{rest:path}}", _anything_else, methods=_ALL_METHODS, name="public unknown"),
        Route(base or "/", _anything_else, methods=_ALL_METHODS, name="public root"),
    ]


def _public(services: Services) -> dict[str, str]:
    base = services.settings.jobs_path
    return {
        f"{base}/sitemap.xml": "Search engines find the public pages by it; an operator may switch it off.",
        "/robots.txt": "It tells search engines what to leave alone.",
        f"{base}/{{company}}/{{feed}}.{{kind}}": "Feeds and sitemaps say what the public pages say, to programs.",
        f"{base}/{{company}}/{{page}}": "A job's page and its counted links are for whoever gets the address.",
        f"{base}/{{company}}": "A company's board shows its open jobs to everybody.",
        f"{base}/{{company}}/{{page}}/apply": "Anybody may apply; how often from one address is limited.",
        f"{base}/{{company}}/{{page}}/applied": "It says thank you to whoever has the key of a form that was sent.",
        f"{base}/{{rest:path}}": "Says that there is no such page.",
        base or "/": "Says that there is no such page: companies are never listed.",
    }


PAGES = Pages(name="public", routes=_routes, public=_public, rank=1)
