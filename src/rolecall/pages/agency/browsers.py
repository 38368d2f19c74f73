"""A browser as people call it, from what it says of itself with each request."""

from ua_parser import parse

_UNKNOWN = "An unknown browser"
_LONGEST = 80
_CALLED = {"Mac OS X": "macOS", "Chrome OS": "ChromeOS"}


def browser_name(user_agent: str | None) -> str:
    """As in Firefox on Linux; what it says where nobody knows such a browser, cut to a line.

    It can be made up, so it is shown to whoever said it and decides nothing.
    """
    said = parse(user_agent or "")
    browser = _named(said.user_agent.family) if said.user_agent is not None else ""
    system = _named(said.os.family) if said.os is not None else ""
    if not browser and not system:
        return (user_agent or "")[:_LONGEST] or _UNKNOWN
    return " on ".join(part for part in (browser or _UNKNOWN, system) if part)


def _named(family: str) -> str:
    """A family without the word that says that it is on a phone."""
    return _CALLED.get(family) or " ".join(word for word in family.split() if word != "Mobile")
