"""Visits of source links: what is kept of who came, and from where."""

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit


class Device(StrEnum):
    """What somebody opened a link with. `unknown` is what says nothing of itself that is listed here."""

    DESKTOP = "desktop"
    PHONE = "phone"
    TABLET = "tablet"
    BOT = "bot"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a source brought: all visits, those of people, the people (once a day), applications, and hires of these."""

    total: int
    human: int
    visitors: int
    applications: int
    hires: int

    @property
    def conversion(self) -> float | None:
        """Applications for each visit of a person, to four places; None without such a visit."""
        return round(self.applications / self.human, 4) if self.human else None


# The first that fits, as MDN's page on browser detection advises: "Mobi" is what all browsers of phones say, and
# Android without it is a tablet. An iPad of today says Macintosh, as Apple wants it.
_SIGNS = (
    (re.compile(r"TV\b"), Device.UNKNOWN),
    (re.compile(r"iPad|PlayBook"), Device.TABLET),
    (re.compile(r"Mobi|iPhone|iPod"), Device.PHONE),
    (re.compile(r"Windows NT|Macintosh|X11|CrOS"), Device.DESKTOP),
    (re.compile(r"Android|Tablet|Silk"), Device.TABLET),
    (re.compile(r"Linux"), Device.DESKTOP),
)
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9._-]{0,251}[a-z0-9])?")
# Apps of Android name themselves so, as in android-app://com.linkedin.android/.
_SCHEMES = frozenset({"http", "https", "android-app"})


def device_of(user_agent: str) -> Device:
    """The class of device that a browser's user agent names. Whether it is a program is not looked at."""
    return next((device for sign, device in _SIGNS if sign.search(user_agent)), Device.UNKNOWN)


def referrer_host(referrer: str) -> str | None:
    """The host that a Referer header names, in lowercase; None for one that names none that can be stored."""
    try:
        parts = urlsplit(referrer)
        host = parts.hostname or ""
    except ValueError:  # as for half an IPv6 address
        return None
    return host if parts.scheme in _SCHEMES and _HOST.fullmatch(host) is not None else None
