"""Workspaces: their members, offices and articles."""

from rolecall.actions import articles, consents, members, offices, workspaces
from rolecall.actions.context import Context
from tests.architecture.cast import Act, Cast

OFFICE = offices.NewOffice(name="Hub", country_code="NL")
ADDRESS = "ada@acme.example"


async def _create_member(ctx: Context) -> None:
    await members.create_member(ctx, members.NewMember(email=ADDRESS, first_name="Ada", last_name="Berg"))


async def _disable_member(ctx: Context, _cast: Cast) -> None:
    await _create_member(ctx)
    await members.disable_member(ctx, ADDRESS)


async def _set_avatar(ctx: Context, cast: Cast) -> None:
    await _create_member(ctx)
    await members.set_avatar(ctx, cast.world.services.files, email=ADDRESS, picture=None)


async def _remove_office(ctx: Context, _cast: Cast) -> None:
    await offices.remove_office(ctx, (await offices.create_office(ctx, OFFICE)).slug)


async def _publish_article(ctx: Context, cast: Cast) -> None:
    new = articles.NewArticle(title="Open day", content="Come.")
    await articles.publish_article(ctx, cast.world.services.files, new=new)


async def _unpublish_article(ctx: Context, cast: Cast) -> None:
    await _publish_article(ctx, cast)
    await articles.unpublish_article(ctx, "open-day")


WRITES: dict[str, tuple[str, Act]] = {
    "workspaces.switch_api": ("workspace.changed", lambda ctx, _: workspaces.switch_api(ctx, enabled=False)),
    "consents.change_consent": (
        "workspace.changed",
        lambda ctx, _: consents.change_consent(ctx, consents.ConsentChanges(talent_pool=False)),
    ),
    "members.create_member": ("member.created", lambda ctx, _: _create_member(ctx)),
    "members.disable_member": ("member.disabled", _disable_member),
    "members.set_avatar": ("member.changed", _set_avatar),
    "offices.create_office": ("location.office_created", lambda ctx, _: offices.create_office(ctx, OFFICE)),
    "offices.remove_office": ("location.office_removed", _remove_office),
    "articles.publish_article": ("article.published", _publish_article),
    "articles.unpublish_article": ("article.unpublished", _unpublish_article),
}
READS = {"workspaces.native_connector_id", "workspaces.workspace_by_slug"}
OTHERS = {
    "context.record": "it is what appends the event",
    "workspaces.create_workspace": "test_events.py has a test of it: there is no workspace to act in before it",
}
