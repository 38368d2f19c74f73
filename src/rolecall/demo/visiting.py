"""A month of visits for the demo's source links, and of people who apply through them: always the same ones.

They follow the week and the day as real ones do, and each channel has its own devices, referrers and programs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from hashlib import blake2b
from random import Random

from rolecall.actions.applications import move_application
from rolecall.actions.applying import NewApplication, apply
from rolecall.actions.candidates import Person
from rolecall.actions.context import Context
from rolecall.actions.ids import new_id
from rolecall.actions.source_days import roll_up
from rolecall.demo import cast
from rolecall.domain.applications import ApplicationStatus
from rolecall.domain.errors import JobTakesNoApplications
from rolecall.domain.visits import Device
from rolecall.services import Services
from rolecall.store import source_links, visits
from rolecall.store.source_links import SourceLink
from rolecall.store.visits import Visit
from rolecall.store.workspaces import Workspace

_DAYS = 30
_WEEK = (1.15, 1.25, 1.2, 1.1, 0.8, 0.35, 0.4)  # Monday first
_HOURS = (1, 0, 0, 0, 0, 1, 3, 7, 11, 12, 11, 10, 12, 10, 9, 9, 9, 8, 7, 8, 9, 8, 5, 2)
_SEED = 2026


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """What visits through a channel look like: how many a day, and what they are made of, with weights."""

    daily: float
    devices: dict[Device, int]
    referrers: dict[str, int]


_CHANNELS = {
    "LinkedIn": Channel(
        daily=14,
        devices={Device.PHONE: 55, Device.DESKTOP: 30, Device.TABLET: 4, Device.BOT: 10, Device.UNKNOWN: 1},
        referrers={"www.linkedin.com": 60, "com.linkedin.android": 25, "lnkd.in": 8, "": 7},
    ),
    "Newsletter": Channel(
        daily=6,
        devices={Device.DESKTOP: 58, Device.PHONE: 27, Device.TABLET: 7, Device.BOT: 8},
        referrers={"": 70, "mail.google.com": 18, "outlook.live.com": 12},
    ),
    "University fair": Channel(
        daily=3,
        devices={Device.PHONE: 82, Device.DESKTOP: 10, Device.TABLET: 6, Device.BOT: 2},
        referrers={"": 95, "www.google.com": 5},
    ),
}


async def fill_visits(services: Services, workspace: Workspace) -> None:
    """Store them, unless there has been a visit already."""
    async with services.database.writing() as conn:
        links = await source_links.of_workspace(conn, workspace.id)
        if any(link.visits for link in links):
            return
        ctx = await services.context(conn, workspace.id, actor="operator")
        made = list(_month(links, ctx.now))
        if made:
            await visits.add(conn, made)
        await _applications(ctx, links)
        await roll_up(conn, now=ctx.now, since=ctx.now - timedelta(days=_DAYS))


def _month(links: Sequence[SourceLink], now: datetime) -> Iterator[Visit]:
    """The visits of all links until now."""
    rng = Random(_SEED)  # noqa: S311 - it makes a picture, no secrets
    for place, link in enumerate(links):
        channel = _CHANNELS.get(link.name)
        if channel is None:
            continue
        liked = rng.uniform(1, 1.5) if place < len(cast.SOURCE_NAMES) else rng.uniform(0.2, 0.8)
        for back in reversed(range(_DAYS)):
            day = (now - timedelta(days=back)).date()
            expected = channel.daily * liked * _WEEK[day.weekday()]
            times = sorted(_moment(rng, day) for _ in range(round(rng.gauss(expected, expected**0.5))))
            for moment in times:
                visit = _visit(rng, link, channel, moment)  # also of later today, so that the others stay the same
                if moment < now:
                    yield visit


def _moment(rng: Random, day: date) -> datetime:
    (hour,) = rng.choices(range(24), weights=_HOURS)
    return datetime.combine(day, time(hour, rng.randrange(60), rng.randrange(60)), UTC)


def _visit(rng: Random, link: SourceLink, channel: Channel, moment: datetime) -> Visit:
    (device,) = rng.choices(list(channel.devices), weights=list(channel.devices.values()))
    (referrer,) = rng.choices(list(channel.referrers), weights=list(channel.referrers.values()))
    somebody = f"{moment.date()} {link.name} {device} {rng.randrange(25)}"  # who may come again on that day
    hashed = blake2b(somebody.encode(), digest_size=16).digest()
    referrer = "" if device == Device.BOT else referrer
    return Visit(link.workspace_id, link.id, moment, new_id(), referrer, device.value, hashed)


async def _applications(ctx: Context, links: Sequence[SourceLink]) -> None:
    """The applicants, each at their time, for the first job that has links; none if it takes none any more."""
    of_job = {link.name: link for link in links if link.job_id == links[0].job_id} if links else {}
    for (first_name, last_name, title), source, back, status in cast.APPLICANTS:
        link = of_job.get(source)
        if link is None:
            continue
        email = f"{first_name}.{last_name.replace(' ', '')}@mail.example".lower()
        person = Person(first_name=first_name, last_name=last_name, email=email, title=title)
        then = replace(ctx, now=ctx.now - timedelta(days=back))
        new = NewApplication(job_id=link.job_id, person=person, channel=source, source_link_id=link.id)
        try:
            application = await apply(then, new)
        except JobTakesNoApplications:
            return
        if status != ApplicationStatus.APPLIED:
            await move_application(ctx, application.id, status)
