"""Carrying a command out: settings, a running and migrated database, the process's services, one transaction."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from rolecall.actions.context import Context
from rolecall.actions.workspaces import workspace_by_slug
from rolecall.assembly import open_services
from rolecall.processes.database import make_ready, running_database
from rolecall.services import Services
from rolecall.settings import Settings
from rolecall.store.db import Connection
from rolecall.store.workspaces import Workspace
from rolecall.web.logs import configure_logs

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """An operator at work in one workspace, inside a transaction."""

    services: Services
    workspace: Workspace
    ctx: Context

    @property
    def conn(self) -> Connection:
        """The transaction's connection."""
        return self.ctx.conn

    @property
    def workspace_id(self) -> UUID:
        """The workspace's id."""
        return self.workspace.id


def settings_of(data: Path | None, **given: Any) -> Settings:
    """The settings of the environment; what was given on the command line (not None) goes first."""
    if data is not None:
        given["data_dir"] = data
    return Settings(**{name: value for name, value in given.items() if value is not None})


def with_services(data: Path | None, act: Callable[[Services], Awaitable[Result]], **given: Any) -> Result:
    """Run `act` with the services of an installation. `given` are settings from the command line."""
    settings = settings_of(data, **given)
    configure_logs(style=settings.log_format, level="error")
    with running_database(settings) as url:
        return asyncio.run(_act(settings, url, act))


async def _act(settings: Settings, url: str, act: Callable[[Services], Awaitable[Result]]) -> Result:
    await make_ready(settings, url)
    async with open_services(settings, database_url=url) as services:
        return await act(services)


def as_operator(data: Path | None, slug: str, act: Callable[[Operator], Awaitable[Result]], **given: Any) -> Result:
    """Run `act` in one workspace and one transaction; `given` as above. Raises WorkspaceUnknown."""

    async def in_transaction(services: Services) -> Result:
        async with services.database.writing() as conn:
            workspace = await workspace_by_slug(conn, slug)
            ctx = await services.context(conn, workspace.id, actor="operator")
            return await act(Operator(services=services, workspace=workspace, ctx=ctx))

    return with_services(data, in_transaction, **given)
