"""Missions offered to agencies: a Live one has a posting, of a client that acts for the workspace."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from rolecall.actions.agencies import prefer_agency
from rolecall.actions.context import Context, record
from rolecall.actions.new_clients import client_on_first_use
from rolecall.actions.postings import NOT_STORED, distribute, move_posting, save_posting
from rolecall.actions.text import plain_lines
from rolecall.actions.workspaces import native_connector_id
from rolecall.domain.clients import Client
from rolecall.domain.errors import AgencyUnknown
from rolecall.domain.jobs import Job
from rolecall.domain.missions import HOUSE, Audience, MissionDefaults, Offer, terms_of
from rolecall.domain.postings import PostingState, Terms, check_fee_percent
from rolecall.store import agencies, agency_fees, clients, missions, postings


async def offer_mission(ctx: Context, job: Job, offer: Offer) -> None:
    """Let an open mission have a posting that is open too, and go to agencies.

    A posting that is there keeps its text and its agencies: it gets the fee and the further agencies of the offer. One
    that is yielded or locked stays so. Raises AgencyUnknown or FieldInvalid.
    """
    if offer.fee_percent is not None:
        check_fee_percent(offer.fee_percent)
    defaults = await missions.defaults(ctx.conn, ctx.workspace_id)
    to = offer.to or (Audience.NONE if offer.agency_ids else defaults.agencies)
    stored = await postings.hold_of_job(ctx.conn, ctx.workspace_id, job.id)
    if stored is None:
        if to == Audience.NONE and not offer.agency_ids:
            return
        fee_percent = offer.fee_percent if offer.fee_percent is not None else defaults.fee_percent
        house = await mission_client(ctx)
        await save_posting(ctx, job, house.id, terms=_terms(job, fee_percent), version=NOT_STORED)
    elif offer.to is None:
        to = Audience.NONE  # it goes where it went
    if stored is None or stored.state in {PostingState.DRAFT, PostingState.CLOSED}:
        await move_posting(ctx, job, PostingState.OPEN)
    if stored is not None and offer.fee_percent is not None:
        terms = replace(stored.terms, fee_percent=offer.fee_percent)
        await save_posting(ctx, job, stored.client_id, terms=terms, version=stored.version)
    await distribute(ctx, job, await _chosen(ctx, to, offer.agency_ids))


async def offer_on_opening(ctx: Context, job: Job, offer: Offer | None) -> None:
    """Offer a mission that has just opened. Without an offer a posting that is there comes along as it is.

    Raises AgencyUnknown or FieldInvalid.
    """
    if offer is not None or await postings.of_job(ctx.conn, ctx.workspace_id, job.id) is None:
        await offer_mission(ctx, job, offer or Offer())


async def keep_in_step(ctx: Context, old: Job, new: Job) -> None:
    """Let a mission's posting say what its partner says now, where nobody here has given it words of its own."""
    posting = await postings.hold_of_job(ctx.conn, ctx.workspace_id, new.id)
    if posting is None:
        return
    before, after = _terms(old, posting.fee_percent), _terms(new, posting.fee_percent)
    terms = replace(
        posting.terms,
        title=after.title if posting.title == before.title else posting.title,
        description=after.description if posting.description == before.description else posting.description,
    )
    changed = [name for name in ("title", "description") if getattr(terms, name) != getattr(posting, name)]
    if changed:
        version = posting.version + 1
        await postings.set_terms(ctx.conn, ctx.workspace_id, posting.id, terms, version=version, now=ctx.now)
        await record(ctx, "posting", "changed", record_id=posting.id, fields=changed)


async def set_mission_defaults(
    ctx: Context, *, fee_percent: Decimal | None = None, to: Audience | None = None
) -> MissionDefaults:
    """How missions are offered from now on; what is None stays. Raises FieldInvalid."""
    await mission_client(ctx)  # so that it can be told whom it prefers
    old = await missions.defaults(ctx.conn, ctx.workspace_id)
    new = MissionDefaults(
        fee_percent=old.fee_percent if fee_percent is None else fee_percent, agencies=old.agencies if to is None else to
    )
    check_fee_percent(new.fee_percent)
    if new != old:
        await missions.set_defaults(ctx.conn, ctx.workspace_id, new)
        await record(ctx, "workspace", "changed", record_id=ctx.workspace_id, fields=["mission_defaults"])
    return new


async def mission_client(ctx: Context) -> Client:
    """The client in whose name missions are offered: the first one that acts for the workspace, else the house.

    The house is stored first when there is none. No partner can open screens in its name.
    """
    acting = await clients.first_acting(ctx.conn, ctx.workspace_id)
    if acting is not None:
        return acting
    connector_id = await native_connector_id(ctx.conn, ctx.workspace_id)
    return await client_on_first_use(ctx, connector_id, HOUSE, acts_for_workspace=True)


async def take_over_house(ctx: Context) -> None:
    """Let a client that has come to act for the workspace have what the house had: a part of the write that says so.

    These are the postings of missions, and the agencies that it prefers, with their fees.
    """
    connector_id = await native_connector_id(ctx.conn, ctx.workspace_id)
    house = await clients.by_external_id(ctx.conn, ctx.workspace_id, connector_id, HOUSE)
    heir = await mission_client(ctx)
    if house is None or heir.id == house.id:
        return
    for posting_id in await postings.change_client(ctx.conn, ctx.workspace_id, house.id, to=heir.id, now=ctx.now):
        await record(ctx, "posting", "changed", record_id=posting_id, fields=["client_id"])
    for agency_id in await agencies.preferred_ids(ctx.conn, ctx.workspace_id, house.id):
        fees = await agency_fees.agreed(ctx.conn, ctx.workspace_id, house.id, agency_id)
        await prefer_agency(ctx, heir.id, agency_id, fees=fees)


def _terms(job: Job, fee_percent: Decimal) -> Terms:
    return terms_of(job, text=plain_lines(job.description or ""), fee_percent=fee_percent)


async def _chosen(ctx: Context, to: Audience, named: Sequence[UUID]) -> list[UUID]:
    """The agencies of an audience, and those that are named. Raises AgencyUnknown."""
    chosen = dict.fromkeys(named)
    known = [agency.id for agency in await agencies.of_workspace(ctx.conn, ctx.workspace_id)]
    for agency_id in chosen:
        if agency_id not in known:
            raise AgencyUnknown(agency=agency_id)
    if to == Audience.ALL:
        chosen |= dict.fromkeys(known)
    elif to == Audience.PREFERRED:
        house = await mission_client(ctx)
        chosen |= dict.fromkeys(await agencies.preferred_ids(ctx.conn, ctx.workspace_id, house.id))
    return list(chosen)
