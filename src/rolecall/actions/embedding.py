"""Embedded screens: what a signed link stands for, and who may use it. Access is checked again at every opening."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from rolecall.actions.clients import client_of, job_of, user_of
from rolecall.actions.context import Context, record
from rolecall.domain.clients import Client, ClientUser, Permission, check_permitted
from rolecall.domain.errors import ConnectorRefused, JobUnknown, NotPermitted
from rolecall.domain.ids import parse_id
from rolecall.domain.jobs import Job, JobStatus
from rolecall.store import clients, connectors, credentials, jobs, partners
from rolecall.store.connectors import EMBED, Connector
from rolecall.store.db import Connection

LINK_LIVES = timedelta(minutes=30)
JOB_SCREEN = "job"


def audience_of(screen: str) -> str:
    """The audience of a screen's tokens: one that opens this screen opens no other, and calls no API."""
    return f"embed/{screen}"


@dataclass(frozen=True, slots=True, kw_only=True)
class JobLink:
    """What a link to the job screen is bound to."""

    workspace_id: UUID
    credential_id: UUID
    connector_id: UUID
    client_id: UUID
    user_id: UUID
    job_id: UUID

    def claims(self) -> dict[str, str]:
        """The link as the claims of a token."""
        return {
            "workspace": str(self.workspace_id),
            "credential": str(self.credential_id),
            "connector": str(self.connector_id),
            "client": str(self.client_id),
            "user": str(self.user_id),
            "job": str(self.job_id),
        }

    @classmethod
    def of_claims(cls, claims: Mapping[str, Any]) -> "JobLink":
        """The link that a token of ours carries. Raises KeyError or ValueError when it carries none."""
        return cls(
            workspace_id=UUID(claims["workspace"]),
            credential_id=UUID(claims["credential"]),
            connector_id=UUID(claims["connector"]),
            client_id=UUID(claims["client"]),
            user_id=UUID(claims["user"]),
            job_id=UUID(claims["job"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class JobVisit:
    """An opened job screen: everything behind its link, as it is now."""

    connector: Connector
    client: Client
    user: ClientUser
    job: Job


async def make_job_link(
    ctx: Context, partner_id: UUID, *, credential_id: UUID, connector: str, client: str, user: str, job: str
) -> JobLink:
    """The link to a job's posting for a partner's user; all four are ids as the partner writes them.

    A client and a user that are new are stored, unless the job is unknown. Raises ConnectorRefused,
    PermissionMissing or JobUnknown, in this order.
    """
    connector_id = parse_id(connector)
    if connector_id is None or str(connector_id) != connector:
        raise ConnectorRefused
    entered = await _enabled_connector(ctx.conn, ctx.workspace_id, connector_id)
    if entered.partner_id != partner_id:
        raise ConnectorRefused
    acting_client = await client_of(ctx, entered.id, client)
    acting_user = await user_of(ctx, acting_client, user)
    check_permitted(acting_user, Permission.POSTING_CREATOR)
    opened = await job_of(ctx, acting_client, job)
    await record(
        ctx,
        "job",
        "link_made",
        record_id=opened.id,
        screen=JOB_SCREEN,
        connector=str(entered.id),
        client=str(acting_client.id),
        user=str(acting_user.id),
    )
    return JobLink(
        workspace_id=ctx.workspace_id,
        credential_id=credential_id,
        connector_id=entered.id,
        client_id=acting_client.id,
        user_id=acting_user.id,
        job_id=opened.id,
    )


async def visit_job(conn: Connection, link: JobLink) -> JobVisit:
    """What a link opens now. Raises ConnectorRefused, NotPermitted, PermissionMissing or JobUnknown."""
    workspace_id = link.workspace_id
    if await credentials.by_id(conn, link.credential_id) is None:  # revoked since the link was made
        raise ConnectorRefused
    connector = await _enabled_connector(conn, workspace_id, link.connector_id)
    client = await clients.get(conn, workspace_id, link.client_id)
    user = await clients.get_user(conn, workspace_id, link.user_id)
    if client is None or user is None or (client.connector_id, user.client_id) != (connector.id, client.id):
        raise NotPermitted
    check_permitted(user, Permission.POSTING_CREATOR)
    job = await jobs.get(conn, workspace_id, link.job_id)
    known = await clients.knows_job(conn, workspace_id, client.id, link.job_id)
    if job is None or job.status == JobStatus.ARCHIVED or not known:
        raise JobUnknown(job=link.job_id)
    return JobVisit(connector=connector, client=client, user=user, job=job)


async def _enabled_connector(conn: Connection, workspace_id: UUID, connector_id: UUID) -> Connector:
    """The embedding connector, in use, of a partner account in use. Raises ConnectorRefused."""
    connector = await connectors.get(conn, workspace_id, connector_id)
    if connector is None or connector.category != EMBED.upper() or connector.disabled_at is not None:
        raise ConnectorRefused
    partner = await partners.get(conn, workspace_id, connector.partner_id) if connector.partner_id else None
    if partner is None or partner.disabled_at is not None:
        raise ConnectorRefused
    return connector
