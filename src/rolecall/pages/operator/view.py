"""The two views: every account with what it has pushed, and one mission with the forms that decide about it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from rolecall.actions.text import description_html
from rolecall.domain.errors import MissionUnknown
from rolecall.domain.jobs import JobStatus
from rolecall.domain.missions import Audience
from rolecall.domain.postings import shown_state
from rolecall.pages.operator import queries
from rolecall.pages.operator.answers import address
from rolecall.store import agencies, jobs, missions, postings, workspaces
from rolecall.store.db import Connection
from rolecall.web.templates import environment

_templates = environment("rolecall.pages.operator")

MOST_SHOWN = 100
# What the operator calls a status, in the order of the tabs.
STATUSES = {
    JobStatus.DRAFT: "Waiting",
    JobStatus.OPEN: "Live",
    JobStatus.PAUSED: "Paused",
    JobStatus.CLOSED: "Closed",
}
_DONE = {
    "published": "The mission is Live. Agencies see it where it is offered to them.",
    "refused": "The mission is refused: its partner sees it as Closed.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """An operator at work: the workspace, and the token that every form and every link carries on."""

    workspace_id: UUID
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What came of the last form: words for its outcome, what was typed, and what is wrong by field."""

    done: str = ""
    alert: str = ""
    fee: str | None = None
    agencies: Collection[str] | None = None
    reason: str = ""
    faults: Mapping[str, str] = field(default_factory=dict[str, str])


async def accounts_view(conn: Connection, review: Review, *, account: UUID | None, status: JobStatus | None) -> str:
    """The accounts, and the missions of one of them or of all, in one status or in each."""
    owned = await missions.owned(conn, review.workspace_id)
    chosen = next((one for one in owned if one.id == account), None)
    found = await missions.newest(
        conn,
        review.workspace_id,
        partner_id=chosen.id if chosen is not None else None,
        status=status,
        limit=MOST_SHOWN,
    )
    companies = await missions.companies_of(conn, review.workspace_id, chosen.id) if chosen is not None else []

    def link(*, partner: UUID | None, status: str) -> str:
        return address(review.token, account=str(partner or ""), status=status)

    chosen_id = chosen.id if chosen is not None else None
    tabs = {"": "All", **{str(one): word for one, word in STATUSES.items()}}
    return _templates.get_template("accounts.html").render(
        workspace=await workspaces.name(conn, review.workspace_id),
        accounts=[(one, link(partner=one.id, status="")) for one in owned],
        chosen=chosen,
        companies=companies,
        everyone=link(partner=None, status=status or ""),
        tabs=[(word, link(partner=chosen_id, status=one), one == (status or "")) for one, word in tabs.items()],
        missions=[(one, address(review.token, f"/missions/{one.id}")) for one in found],
        words={str(one): word for one, word in STATUSES.items()},
        most=MOST_SHOWN,
    )


async def mission_view(conn: Connection, review: Review, mission_id: UUID, typed: Typed) -> str:
    """One mission, how it is offered, and what can be done with it. Raises MissionUnknown."""
    workspace_id = review.workspace_id
    mission = await missions.get(conn, workspace_id, mission_id)
    job = await jobs.get(conn, workspace_id, mission_id)
    if mission is None or job is None:
        raise MissionUnknown(mission=mission_id)
    posting = await postings.of_job(conn, workspace_id, mission_id)
    receiving = await agencies.receiving(conn, workspace_id, posting.client_id, posting.id) if posting else []
    defaults = await missions.defaults(conn, workspace_id)
    known = await agencies.of_workspace(conn, workspace_id)
    ticked = typed.agencies
    if ticked is None:
        everyone = posting is None and defaults.agencies == Audience.ALL
        ticked = {str(agency.id) for agency in known} if everyone else set[str]()
    received = {agency.id for agency in receiving}
    fee = posting.fee_percent if posting is not None else defaults.fee_percent
    return _templates.get_template("mission.html").render(
        mission=mission,
        words={str(one): word for one, word in STATUSES.items()},
        description=description_html(mission.description),
        posting=posting,
        state=str(shown_state(posting.state, job.status)) if posting is not None else "",
        receiving=receiving,
        confirmed=await queries.confirmed(conn, workspace_id, posting.id) if posting is not None else 0,
        choices=[(agency, str(agency.id) in ticked) for agency in known if agency.id not in received],
        fee=typed.fee if typed.fee is not None else f"{fee:f}".rstrip("0").rstrip("."),
        typed=typed,
        done=_DONE.get(typed.done, ""),
        token=review.token,
        back=address(review.token),
        here=address(review.token, f"/missions/{mission.id}").partition("?")[0],
    )
