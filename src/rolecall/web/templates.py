"""HTML pages: the templates' environment and the headers that every page leaves with."""

from collections.abc import Mapping, Sequence
from typing import cast

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from starlette.responses import Response

from rolecall.web.static import static_url
from rolecall.web.tables import cell_text
from rolecall.web.translation import Language


def environment(package: str | None = None, *, language: Language | None = None) -> Environment:
    """Templates of a package's `templates` folder (named as in `rolecall.pages.public`), then the shared ones.

    With a `language`, `trans`, `gettext` and `ngettext` speak it. Everything is escaped unless a template says
    otherwise, a name that was not given is an error, and `static(name)` is the address of a file of
    `rolecall/web/static`. The filter `cell` writes a cell of `table.html`.
    """
    own = [PackageLoader(package)] if package is not None else []
    templates = Environment(
        loader=ChoiceLoader([*own, PackageLoader("rolecall.web")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"] if language is not None else [],
    )
    if language is not None:
        templates.install_gettext_translations(language.catalogue, newstyle=True)  # type: ignore[attr-defined]
    cast("dict[str, object]", templates.globals)["static"] = static_url  # Jinja does not say what may be in it
    cast("dict[str, object]", templates.filters)["cell"] = cell_text
    return templates


def page_headers(*, frame_ancestors: Sequence[str] = (), script_nonce: str | None = None) -> dict[str, str]:
    """The headers of a page: our stylesheet only, framed by these origins only (by nobody without any).

    No scripts run but those in the page that carry the nonce, which is to be another one for each answer.
    """
    ancestors = " ".join(frame_ancestors) or "'none'"
    scripts = "" if script_nonce is None else f"script-src 'nonce-{script_nonce}'; "
    policy = (
        "default-src 'none'; style-src 'self'; img-src 'self' https:; form-action 'self'; base-uri 'none'; "
        f"{scripts}frame-ancestors {ancestors}"
    )
    headers = {
        "Content-Security-Policy": policy,
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return headers if frame_ancestors else {**headers, "X-Frame-Options": "DENY"}


_HEADERS = page_headers()
_shared = environment()


def html_response(html: str | bytes, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A page. `headers` (those of `page_headers` for a page that is framed) come instead of the usual ones."""
    chosen = _HEADERS if headers is None else headers
    return Response(html, status_code=status, headers=chosen, media_type="text/html")


def message_page(
    heading: str,
    text: str,
    *,
    status: int,
    link: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    embedded: bool = False,
) -> Response:
    """A page that says one thing, such as "not found". `link` is a way on: its `href` and its `label`."""
    html = _shared.get_template("message.html").render(
        heading=heading, text=text, link=link, body_class="embedded" if embedded else ""
    )
    return html_response(html, status=status, headers=headers)
