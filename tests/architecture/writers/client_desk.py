"""What a client's people look after: organization, teammates, cost centers, preferred agencies."""

from decimal import Decimal

from rolecall.actions import cost_centers, preferred_agencies, teammates
from rolecall.actions.clients import user_of
from rolecall.actions.context import Context
from rolecall.domain.clients import ClientUser, Organization, Person
from rolecall.domain.cost_centers import CostCenter, CostCenterFacts
from rolecall.domain.fees import CustomFee
from rolecall.domain.invitations import InvitationFacts
from tests.architecture.cast import Act, Cast

OSLO = CostCenterFacts(name="Oslo", address="Kaia 4")


async def _user(ctx: Context, cast: Cast) -> ClientUser:
    return await user_of(ctx, cast.client, "u-1")


async def _center(ctx: Context, cast: Cast) -> tuple[ClientUser, CostCenter]:
    user = await _user(ctx, cast)
    return user, await cost_centers.create_cost_center(ctx, user, OSLO)


async def _change_center(ctx: Context, cast: Cast) -> None:
    user, center = await _center(ctx, cast)
    await cost_centers.change_cost_center(ctx, user, center.id, CostCenterFacts(name="Oslo 2", address="Kaia 5"))


async def _archive_center(ctx: Context, cast: Cast) -> None:
    user, center = await _center(ctx, cast)
    await cost_centers.archive_cost_center(ctx, user, center.id)


async def _make_default(ctx: Context, cast: Cast) -> None:
    user, _ = await _center(ctx, cast)
    other = await cost_centers.create_cost_center(ctx, user, CostCenterFacts(name="Bergen", address="Torget 1"))
    await cost_centers.make_default_cost_center(ctx, user, other.id)


async def _change_organization(ctx: Context, cast: Cast) -> None:
    await teammates.change_organization(ctx, await _user(ctx, cast), Organization(name="Harbor"))


async def _add_teammate(ctx: Context, cast: Cast) -> ClientUser:
    return await teammates.add_teammate(ctx, await _user(ctx, cast), "u-2", person=Person(), permissions=[])


async def _change_teammate(ctx: Context, cast: Cast) -> None:
    user = await _user(ctx, cast)
    await teammates.change_teammate(ctx, user, user.id, Person(first_name="Ada"))


async def _set_rights(ctx: Context, cast: Cast) -> None:
    added = await _add_teammate(ctx, cast)
    await teammates.set_rights(ctx, await _user(ctx, cast), added.id, ["finance_manager"])


async def _deactivate(ctx: Context, cast: Cast) -> None:
    added = await _add_teammate(ctx, cast)
    await teammates.set_teammate_active(ctx, await _user(ctx, cast), added.id, active=False)


async def _prefer(ctx: Context, cast: Cast) -> ClientUser:
    user = await _user(ctx, cast)
    await preferred_agencies.prefer(ctx, user, cast.agency.id)
    return user


async def _stop_preferring(ctx: Context, cast: Cast) -> None:
    await preferred_agencies.stop_preferring(ctx, await _prefer(ctx, cast), cast.agency.id)


async def _agree(ctx: Context, cast: Cast) -> None:
    fees = [CustomFee(percentage=Decimal(18))]
    await preferred_agencies.agree_on_fees(ctx, await _prefer(ctx, cast), cast.agency.id, fees)


async def _invite(ctx: Context, cast: Cast) -> None:
    await preferred_agencies.invite(ctx, await _user(ctx, cast), InvitationFacts(optimized_fee=True))


async def _keep_time_zone(ctx: Context, cast: Cast) -> None:
    await teammates.keep_time_zone(ctx, await _user(ctx, cast), "Europe/Stockholm")


WRITES: dict[str, tuple[str, Act]] = {
    "cost_centers.archive_cost_center": ("cost_center.changed", _archive_center),
    "cost_centers.change_cost_center": ("cost_center.changed", _change_center),
    "cost_centers.create_cost_center": ("cost_center.created", _center),
    "cost_centers.make_default_cost_center": ("cost_center.changed", _make_default),
    "preferred_agencies.agree_on_fees": ("client.agency_fees_changed", _agree),
    "preferred_agencies.invite": ("agency_invitation.created", _invite),
    "preferred_agencies.prefer": ("client.agency_preferred", _prefer),
    "preferred_agencies.stop_preferring": ("client.agency_not_preferred", _stop_preferring),
    "teammates.keep_time_zone": ("client_user.changed", _keep_time_zone),
    "teammates.add_teammate": ("client_user.created", _add_teammate),
    "teammates.change_organization": ("client.changed", _change_organization),
    "teammates.change_teammate": ("client_user.changed", _change_teammate),
    "teammates.set_rights": ("client_user.changed", _set_rights),
    "teammates.set_teammate_active": ("client_user.changed", _deactivate),
}
