"""`rolecall workspace`: the tenants."""

import re
from pathlib import Path
from typing import Annotated, Any

import typer

from rolecall.actions.consents import ConsentChanges, change_consent
from rolecall.actions.workspaces import create_workspace, switch_api, workspace_by_slug
from rolecall.commands.failures import Refused
from rolecall.commands.options import AsJson, DataDir
from rolecall.commands.output import print_json, print_rows
from rolecall.commands.running import with_services
from rolecall.domain.consent import Consent
from rolecall.services import Services
from rolecall.store.workspaces import Workspace, all_workspaces

app = typer.Typer(no_args_is_help=True, help="Tenants: each has its own companies, jobs, members and credentials.")
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


@app.command("create")
def create(
    slug: Annotated[str, typer.Argument(help="Lowercase letters, digits and hyphens; commands name it by this.")],
    name: Annotated[
        str | None, typer.Option(help="What people call it. Default: the slug.", show_default=False)
    ] = None,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Make a workspace.

    Example:  rolecall workspace create acme --name "Acme Recruiting"
    """
    if not _SLUG.fullmatch(slug):
        raise Refused(f'"{slug}" is no slug: use lowercase letters, digits and hyphens, as in acme-recruiting.')

    async def act(services: Services) -> Workspace:
        async with services.database.writing() as conn:
            return await create_workspace(conn, slug, name=name or slug, now=services.clock())

    workspace = with_services(data, act)
    if as_json:
        print_json(_row(workspace))
    else:
        typer.echo(f"Workspace {slug} is there. Next: rolecall import postings FILE --workspace {slug}")


@app.command("list")
def list_all(data: DataDir = None, as_json: AsJson = False) -> None:
    """List the workspaces, oldest first."""
    rows = [_row(workspace) for workspace in _all(data)]
    print_rows(rows, as_json=as_json, empty="There is none yet: rolecall workspace create SLUG")


@app.command("api")
def api(
    workspace: Annotated[str, typer.Argument(help="The workspace's slug.")],
    enabled: Annotated[
        bool, typer.Option("--on/--off", help="Whether its keys for vacancy publishing are let in.", show_default=False)
    ],
    data: DataDir = None,
) -> None:
    """Switch the vacancy publishing API of a workspace on or off, for all of its keys at once.

    Example:  rolecall workspace api acme --off
    """

    async def act(services: Services) -> None:
        async with services.database.writing() as conn:
            found = await workspace_by_slug(conn, workspace)
            await switch_api(await services.context(conn, found.id, actor="operator"), enabled=enabled)

    with_services(data, act)
    typer.echo(f"Vacancy publishing of {workspace} is {'on' if enabled else 'off: every key is answered 403'}.")


@app.command("consent")
def consent(
    workspace: Annotated[str, typer.Argument(help="The workspace's slug.")],
    text: Annotated[
        str | None,
        typer.Option(help='What applicants agree to, in one language; "" goes back to the usual sentence.'),
    ] = None,
    language: Annotated[str, typer.Option(help="The language of --text, as in en or nl.")] = "en",
    privacy_url: Annotated[
        str | None, typer.Option(help='Where your privacy statement stands; "" takes the link away.')
    ] = None,
    talent_pool: Annotated[
        bool | None, typer.Option(help="Whether applicants are asked if you may keep them for other jobs.")
    ] = None,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Show or set what application forms ask consent for. Without options, show it.

    Example:  rolecall workspace consent acme --privacy-url https://acme.example/privacy --no-talent-pool
    """
    changes = ConsentChanges(
        texts={} if text is None else {language: text}, privacy_url=privacy_url, talent_pool=talent_pool
    )

    async def act(services: Services) -> Consent:
        async with services.database.writing() as conn:
            found = await workspace_by_slug(conn, workspace)
            return await change_consent(await services.context(conn, found.id, actor="operator"), changes)

    found = with_services(data, act)
    if as_json:
        print_json({"texts": dict(found.texts), "privacy_url": found.privacy_url, "talent_pool": found.talent_pool})
        return
    for code, sentence in sorted(found.texts.items()) or [("all languages", "the usual sentence")]:
        typer.echo(f"{code}: {sentence}")
    typer.echo(f"privacy statement: {found.privacy_url or 'no link'}")
    typer.echo(f"asks about other jobs: {'yes' if found.talent_pool else 'no'}")


def _all(data: Path | None) -> list[Workspace]:
    async def act(services: Services) -> list[Workspace]:
        async with services.database.reading() as conn:
            return await all_workspaces(conn)

    return with_services(data, act)


def _row(workspace: Workspace) -> dict[str, Any]:
    return {
        "id": workspace.id,
        "slug": workspace.slug,
        "name": workspace.name,
        "api_enabled": workspace.api_enabled,
        "created_at": workspace.created_at,
    }
