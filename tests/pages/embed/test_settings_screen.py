"""The settings screen: each part, what its forms do, and who may see and send them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from rolecall.actions import agency_hires, submissions
from rolecall.domain.clients import Permission
from rolecall.domain.fees import CustomFee
from rolecall.pages.embed.settings import PAGE, SECTIONS
from rolecall.store import agency_fees, clients, cost_centers, invitations
from rolecall.store import agency_hires as hires_store
from tests.marketplace import HIRE, Marketplace, build_marketplace
from tests.partnership import Partnership, Screen, build_partnership, words_of
from tests.world import World

CENTER = {"center": "new", "name": "Oslo", "address": "Kaia 4\n0150 Oslo", "invoice_recipients": "", "notice": ""}
ADA = {"first_name": "Ada", "last_name": "Tveit", "email": "ada@harbor.example"}


@pytest.fixture
async def oakline(acme: World) -> Partnership:
    return await build_partnership(acme)


async def rights(partnership: Partnership, *held: str, user: str = "u-2") -> Screen:
    """The screen of a later user with some rights."""
    await partnership.ask("settings", userId="u-558")
    await partnership.ask("settings", userId=user)
    world = partnership.world
    async with world.services.database.writing() as conn:
        found = await clients.user_by_external_id(conn, world.workspace.id, partnership.client.id, user)
        assert found is not None
        await clients.set_user_permissions(conn, world.workspace.id, found.id, permissions=["standard", *held])
    return await partnership.screen("settings", userId=user)


async def user_id(partnership: Partnership, external_id: str) -> str:
    world = partnership.world
    async with world.services.database.reading() as conn:
        found = await clients.user_by_external_id(conn, world.workspace.id, partnership.client.id, external_id)
    assert found is not None
    return str(found.id)


# --- what the organization and its people look after ------------------------------------------------------------------


async def test_a_team_manager_says_what_the_organization_is(oakline: Partnership) -> None:
    screen = await oakline.screen("settings")
    facts = {"name": "Harbor <Freight>", "website": "https://harbor.example", "address": "Kaia 4", "about": "Ships."}
    page = await screen.submit("organization", **facts)
    assert "Your changes are saved." in words_of(page)
    assert "Harbor &lt;Freight&gt;" in page.text
    other = await rights(oakline, "finance_manager")
    seen = await other.reload(part="organization")
    assert "https://harbor.example" in words_of(seen)
    assert 'action="/embed/settings/organization"' not in seen.text


async def test_what_was_typed_stays_beside_what_is_wrong(oakline: Partnership) -> None:
    screen = await oakline.screen("settings")
    page = await screen.post("organization", name="", website="ftp://x", address="Kaia 4", about="<b>")
    assert page.status_code == 422
    assert "Fill this in." in words_of(page)
    assert 'value="ftp://x"' in page.text
    assert "&lt;b&gt;</textarea>" in page.text


async def test_people_are_added_changed_and_deactivated(oakline: Partnership) -> None:
    screen = await oakline.screen("settings")
    page = await screen.submit("add-person", user="u-9", rights="1", right="finance_manager", **ADA)
    assert "Ada Tveit" in words_of(page)
    assert "ada@harbor.example · u-9" in words_of(page)
    ada = await user_id(oakline, "u-9")
    edit = await screen.reload(part="people", person=ada)
    assert edit.text.count(" checked") == 1
    await screen.submit("person", person=ada, rights="1", right="team_manager", **{**ADA, "first_name": "Ida"})
    page = await screen.submit("active", person=ada, to="off")
    assert "Ida Tveit Deactivated" in words_of(page)
    assert (await oakline.ask("settings", userId="u-9")).status_code == 403
    page = await screen.submit("active", person=ada, to="on")
    assert "Deactivated" not in words_of(page)
    assert (await screen.post("active", person=ada, to="")).status_code == 400
    assert (await oakline.ask("settings", userId="u-9")).status_code == 200


async def test_a_person_who_cannot_be_added_is_typed_again(oakline: Partnership) -> None:
    screen = await oakline.screen("settings")
    page = await screen.post("add-person", user="u-9", rights="1", right="team_manager", **{**ADA, "email": "ada"})
    assert page.status_code == 422
    assert "An e-mail address." in words_of(page)
    assert 'value="u-9"' in page.text
    assert 'value="team_manager" checked' in page.text
    page = await screen.post("add-person", user="u-558", rights="1", **ADA)
    assert page.status_code == 409
    assert "The person name u-558 is taken." in words_of(page)


async def test_the_last_team_manager_stays(oakline: Partnership) -> None:
    screen = await oakline.screen("settings")
    me = await user_id(oakline, "u-558")
    page = await screen.post("person", person=me, rights="1", right="finance_manager", **ADA)
    assert page.status_code == 409
    assert "Somebody has to stay who may look after the organization" in words_of(page)
    assert (await screen.post("active", person=me, to="off")).status_code == 409


async def test_everybody_says_their_own_name_and_nothing_more(oakline: Partnership) -> None:
    screen = await rights(oakline, "posting_creator")
    me, other = await user_id(oakline, "u-2"), await user_id(oakline, "u-558")
    page = await screen.reload(part="people", person=me)
    assert 'name="right"' not in page.text
    await screen.submit("person", person=me, **ADA)
    assert "Ada Tveit (you)" in words_of(await screen.reload(part="people"))
    assert 'action="/embed/settings/person"' not in (await screen.reload(part="people", person=other)).text
    assert (await screen.post("person", person=other, **ADA)).status_code == 403
    assert (await screen.post("person", person=me, rights="1", right="team_manager", **ADA)).status_code == 403


# --- agencies ---------------------------------------------------------------------------------------------------------


async def test_an_agency_is_preferred_at_several_fees(oakline: Partnership) -> None:
    agency = await oakline.agency("Corvid Search")
    screen = await oakline.screen("settings")
    page = await screen.submit("prefer", agency=str(agency.id))
    assert "Corvid Search The fee of each posting holds." in words_of(page)
    rows = {"percent": ["18,5 %", "25", ""], "note": ["", "executives", ""]}
    page = await screen.submit("fees", agency=str(agency.id), **rows)  # type: ignore[arg-type]
    assert "18.5 % 25 % executives" in words_of(page)
    async with oakline.world.services.database.reading() as conn:
        agreed = await agency_fees.agreed(conn, oakline.world.workspace.id, oakline.client.id, agency.id)
    assert agreed == [CustomFee(percentage=Decimal("18.5")), CustomFee(percentage=Decimal(25), note="executives")]
    page = await screen.submit("stop-preferring", agency=str(agency.id))
    assert "You prefer no agency yet." in words_of(page)


@pytest.mark.parametrize(
    ("percent", "said"),
    [("0", "A percentage is more than 0"), ("x", "A number such as 18 or 17.5"), ("", "Fill this in.")],
)
async def test_a_fee_that_is_none(oakline: Partnership, percent: str, said: str) -> None:
    agency = await oakline.agency("Corvid Search", preferred=True)
    screen = await oakline.screen("settings")
    rows = {"percent": ["18", percent], "note": ["", "executives"]}
    page = await screen.post("fees", agency=str(agency.id), **rows)  # type: ignore[arg-type]
    assert page.status_code == 422
    assert said in words_of(page)
    assert 'value="executives"' in page.text
    assert "Fees with Corvid Search" in words_of(page)


async def test_an_agency_is_invited_by_mail(oakline: Partnership) -> None:
    screen = await oakline.screen("settings")
    facts = {"company_name": "Corvid Search", "first_name": "Ines", "last_name": "", "email": "ines@corvid.example"}
    page = await screen.submit("invite", **facts, percent="21", note="")
    assert "Corvid Search ines@corvid.example Waiting until" in words_of(page)
    async with oakline.world.services.database.reading() as conn:
        (invitation,) = await invitations.of_client(conn, oakline.world.workspace.id, oakline.client.id, limit=5)
    assert (invitation.optimized_fee, invitation.fees) == (False, [CustomFee(percentage=Decimal(21))])
    for email, said in (("", "Fill this in."), ("ines", "An e-mail address")):
        page = await screen.post("invite", **{**facts, "email": email}, percent="", note="")
        assert page.status_code == 422
        assert said in words_of(page)


# --- finance ----------------------------------------------------------------------------------------------------------


async def test_cost_centers_are_made_and_put_away(oakline: Partnership) -> None:
    screen = await oakline.screen("settings")
    page = await screen.submit("center", **{**CENTER, "invoice_recipients": "a@harbor.example\n\nb@harbor.example"})
    assert "Oslo Default Kaia 4, 0150 Oslo a@harbor.example, b@harbor.example" in words_of(page)
    await screen.submit("center", **{**CENTER, "name": "Bergen"})
    async with oakline.world.services.database.reading() as conn:
        found = await cost_centers.of_client(conn, oakline.world.workspace.id, oakline.client.id)
    oslo, bergen = (str(center.id) for center in found)
    page = await screen.submit("center", **{**CENTER, "center": bergen, "name": "Bergen harbour"})
    assert "Bergen harbour" in words_of(page)
    assert (await screen.post("center-use", center=oslo, to="archived")).status_code == 409
    page = await screen.submit("center-use", center=bergen, to="default")
    assert "Bergen harbour Default" in words_of(page)
    page = await screen.submit("center-use", center=oslo, to="archived")
    assert "Oslo Archived" in words_of(page)
    await screen.submit("center-use", center=oslo, to="used")
    page = await screen.post("center", **{**CENTER, "center": oslo, "name": "Bergen harbour"})
    assert (page.status_code, "is taken" in words_of(page)) == (409, True)
    page = await screen.post("center", **{**CENTER, "invoice_recipients": "nobody"})
    assert "E-mail addresses, one on each line." in words_of(page)


@pytest.fixture
async def hired(oakline: Partnership) -> tuple[Marketplace, UUID]:
    """A person who began a week ago."""
    marketplace = await build_marketplace(oakline)
    submission = await marketplace.confirmed(marketplace.northwind)
    starts_on = (datetime.now(UTC) - timedelta(days=7)).date()
    async with marketplace.acting() as ctx:
        for _ in range(3):
            await submissions.advance(ctx, submission.id, feedback="Good.")
        hire = await agency_hires.log_hire(ctx, submission.id, replace(HIRE, starts_on=starts_on, fee_note="retained"))
    return marketplace, hire.id


async def test_hires_are_told_with_what_they_cost(oakline: Partnership, hired: tuple[Marketplace, UUID]) -> None:
    page = await (await oakline.screen("settings")).reload(part="hires")
    assert "Not paid yet: 10,715.95 EUR" in words_of(page)
    assert "17.5 % of 61,234.00 EUR, retained" in words_of(page)
    assert "Ada Lovelace" in words_of(page)


async def test_a_hire_that_pays_nobody_is_not_owed(oakline: Partnership, hired: tuple[Marketplace, UUID]) -> None:
    marketplace, hire_id = hired
    async with marketplace.acting() as ctx:
        await hires_store.change(ctx.conn, ctx.workspace_id, hire_id, agency_id=None)
    said = words_of(await (await oakline.screen("settings")).reload(part="hires"))
    assert "Nothing due" in said
    assert "no agency is paid" in said
    assert "Not paid yet" not in said


async def test_a_guarantee_is_claimed(oakline: Partnership, hired: tuple[Marketplace, UUID]) -> None:
    marketplace, hire_id = hired
    screen = await oakline.screen("settings")
    assert "Ada Lovelace left" in words_of(await screen.reload(part="hires", hire=str(hire_id)))
    today = datetime.now(UTC).date()
    for day, said in (
        ("", "Fill this in."),
        ("20260311", "A day such as"),
        (str(today + timedelta(days=9)), "that has come"),
    ):
        page = await screen.post("guarantee", hire=str(hire_id), failed_on=day, reason="She left.")
        assert page.status_code == 422
        assert said in words_of(page)
    page = await screen.submit("guarantee", hire=str(hire_id), failed_on=str(today), reason="She left.")
    assert "Ada Lovelace Void" in words_of(page)
    async with marketplace.acting() as ctx:
        stored = await hires_store.get(ctx.conn, ctx.workspace_id, hire_id)
    assert stored is not None
    assert (stored.failure_reason, stored.failed_on) == ("She left.", today)
    assert (await screen.post("guarantee", hire=str(hire_id), failed_on=str(today), reason="A")).status_code == 409


async def test_hires_of_another_client_are_unknown(
    globex: World, hired: tuple[Marketplace, UUID], oakline: Partnership
) -> None:
    other = await (await build_partnership(globex)).screen("settings")
    day = str(datetime.now(UTC).date())
    answer = await other.post("guarantee", hire=str(hired[1]), failed_on=day, reason="Ours.")
    assert answer.status_code == 404
    assert "Lovelace" not in answer.text


# --- rights -----------------------------------------------------------------------------------------------------------

SOME_ID = "01890a5d-ac96-774b-bcce-b302099a8057"
FORMS: dict[str, tuple[Permission, dict[str, str]]] = {
    "organization": (Permission.TEAM_MANAGER, {"name": "Harbor"}),
    "person": (Permission.TEAM_MANAGER, {"person": SOME_ID, **ADA}),
    "add-person": (Permission.TEAM_MANAGER, {"user": "u-77", **ADA}),
    "active": (Permission.TEAM_MANAGER, {"person": SOME_ID, "to": "off"}),
    "act-for": (Permission.TEAM_MANAGER, {"person": SOME_ID}),
    "prefer": (Permission.AGENCY_MANAGER, {"agency": SOME_ID}),
    "stop-preferring": (Permission.AGENCY_MANAGER, {"agency": SOME_ID}),
    "fees": (Permission.AGENCY_MANAGER, {"agency": SOME_ID, "percent": "18", "note": ""}),
    "invite": (Permission.AGENCY_MANAGER, {"email": "ines@corvid.example"}),
    "center": (Permission.FINANCE_MANAGER, CENTER),
    "center-use": (Permission.FINANCE_MANAGER, {"center": SOME_ID, "to": "default"}),
    "guarantee": (Permission.FINANCE_MANAGER, {"hire": SOME_ID, "failed_on": "2026-01-02", "reason": "Left."}),
}


def test_every_form_is_in_the_walk() -> None:
    assert set(FORMS) == set(PAGE.forms)


@pytest.mark.parametrize("form", FORMS)
async def test_a_form_asks_for_its_right(oakline: Partnership, form: str) -> None:
    """Whoever holds all rights but the one is refused; whoever holds it is told what else is wrong, if anything."""
    needed, fields = FORMS[form]
    without = await rights(oakline, *(str(right) for right in Permission if right != needed))
    assert (await without.post(form, **fields)).status_code == 403
    holding = await rights(oakline, str(needed), user="u-3")
    assert (await holding.post(form, **fields)).status_code in {303, 404, 409}


async def test_the_parts_of_finance_show_to_finance_managers_only(oakline: Partnership) -> None:
    screen = await rights(oakline, "posting_creator", "agency_manager", "team_manager")
    for part in ("centers", "hires"):
        page = await screen.reload(part=part)
        assert "Cost centers" not in words_of(page)
        assert 'aria-current="page">Organization' in page.text
    finance = await rights(oakline, "finance_manager", user="u-3")
    for section in SECTIONS:
        shown = section.name != "reports"
        assert (f'aria-current="page">{section.title}' in (await finance.reload(part=section.name)).text) == shown
