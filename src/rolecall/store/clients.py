"""Clients of embedding partners, their users, and the jobs they know under ids of their own."""

from datetime import datetime
from uuid import UUID

from rolecall.domain.clients import Client, ClientUser, Organization, Person
from rolecall.store import rows
from rolecall.store.db import Connection, columns, fetch_all, fetch_one, fetch_value, fetch_values

_CLIENT_COLUMNS = columns(Client)
_USER_COLUMNS = columns(ClientUser)


# What a client `c` of a workspace `w` is called: as its workspace if it acts for that, else by the partner's own id.
NAME = "coalesce(c.name, case when c.acts_for_workspace then w.name end, c.external_id)"


async def called(conn: Connection, workspace_id: UUID, client_id: UUID) -> str:
    """What people call a client."""
    query = f"""
        select {NAME} from client c join workspace w on w.id = c.workspace_id where c.workspace_id = %s and c.id = %s
    """
    return await fetch_value(conn, query, (workspace_id, client_id))


async def put(conn: Connection, client: Client) -> None:
    """Store a client, unless the connector has one with its external_id."""
    await conn.execute(
        """
        insert into client (workspace_id, id, connector_id, external_id, acts_for_workspace, created_at)
        values (%s, %s, %s, %s, %s, %s)
        on conflict (workspace_id, connector_id, external_id) do nothing
        """,
        (
            client.workspace_id,
            client.id,
            client.connector_id,
            client.external_id,
            client.acts_for_workspace,
            client.created_at,
        ),
    )


async def get(conn: Connection, workspace_id: UUID, client_id: UUID) -> Client | None:
    """A client by id."""
    query = f"select {_CLIENT_COLUMNS} from client where workspace_id = %s and id = %s"
    return await fetch_one(conn, Client, query, (workspace_id, client_id))


async def by_external_id(conn: Connection, workspace_id: UUID, connector_id: UUID, external_id: str) -> Client | None:
    """A connector's client by the partner's own id."""
    query = f"select {_CLIENT_COLUMNS} from client where workspace_id = %s and connector_id = %s and external_id = %s"
    return await fetch_one(conn, Client, query, (workspace_id, connector_id, external_id))


async def first_acting(conn: Connection, workspace_id: UUID) -> Client | None:
    """The oldest client of an embedding partner that acts for the workspace, through a connector in use."""
    query = f"""
        select {columns(Client, of="c")} from client c
        join connector n on n.workspace_id = c.workspace_id and n.id = c.connector_id
        where c.workspace_id = %s and c.acts_for_workspace and n.category = 'EMBED' and n.disabled_at is null
        order by c.id limit 1
    """
    return await fetch_one(conn, Client, query, (workspace_id,))


async def of_workspace(conn: Connection, workspace_id: UUID) -> list[Client]:
    """All clients of all connectors of a workspace, oldest first."""
    query = f"select {_CLIENT_COLUMNS} from client where workspace_id = %s order by id"
    return await fetch_all(conn, Client, query, (workspace_id,))


async def set_name(conn: Connection, workspace_id: UUID, client_id: UUID, *, name: str) -> None:
    """Say what a client is called."""
    await conn.execute(
        "update client set name = %s where workspace_id = %s and id = %s", (name, workspace_id, client_id)
    )


async def hold(conn: Connection, workspace_id: UUID, client_id: UUID) -> None:
    """Hold a client against other writers until the transaction ends."""
    await conn.execute(
        "select from client where workspace_id = %s and id = %s for no key update", (workspace_id, client_id)
    )


async def set_acts_for_workspace(conn: Connection, workspace_id: UUID, client_id: UUID, *, acts: bool) -> None:
    """Let a client know every job of the workspace, or only those mapped to its own ids."""
    await conn.execute(
        "update client set acts_for_workspace = %s where workspace_id = %s and id = %s", (acts, workspace_id, client_id)
    )


async def set_organization(conn: Connection, workspace_id: UUID, client_id: UUID, facts: Organization) -> None:
    """Store what a client tells of itself."""
    await conn.execute(
        "update client set name = %s, website = %s, address = %s, about = %s where workspace_id = %s and id = %s",
        (facts.name, facts.website, facts.address, facts.about, workspace_id, client_id),
    )


async def insert_user(conn: Connection, user: ClientUser) -> None:
    """Store a new user of a client. Raises UniqueViolation when the client has one with that external_id."""
    await rows.insert(conn, "client_user", user)


async def set_user_person(conn: Connection, workspace_id: UUID, user_id: UUID, person: Person) -> None:
    """Store what a user is called and where mail for them goes."""
    await conn.execute(
        "update client_user set first_name = %s, last_name = %s, email = %s where workspace_id = %s and id = %s",
        (person.first_name, person.last_name, person.email, workspace_id, user_id),
    )


async def set_user_time_zone(conn: Connection, workspace_id: UUID, user_id: UUID, time_zone: str) -> None:
    """Store the zone that a user chose last."""
    await conn.execute(
        "update client_user set time_zone = %s where workspace_id = %s and id = %s", (time_zone, workspace_id, user_id)
    )


async def get_user(conn: Connection, workspace_id: UUID, user_id: UUID) -> ClientUser | None:
    """A user by id."""
    query = f"select {_USER_COLUMNS} from client_user where workspace_id = %s and id = %s"
    return await fetch_one(conn, ClientUser, query, (workspace_id, user_id))


async def user_by_external_id(
    conn: Connection, workspace_id: UUID, client_id: UUID, external_id: str
) -> ClientUser | None:
    """A client's user by the partner's own id."""
    query = f"select {_USER_COLUMNS} from client_user where workspace_id = %s and client_id = %s and external_id = %s"
    return await fetch_one(conn, ClientUser, query, (workspace_id, client_id, external_id))


async def users(conn: Connection, workspace_id: UUID, client_id: UUID) -> list[ClientUser]:
    """A client's users, oldest first."""
    query = f"select {_USER_COLUMNS} from client_user where workspace_id = %s and client_id = %s order by id"
    return await fetch_all(conn, ClientUser, query, (workspace_id, client_id))


async def has_users(conn: Connection, workspace_id: UUID, client_id: UUID) -> bool:
    """Whether a client has any user, deactivated ones too."""
    query = "select exists (select from client_user where workspace_id = %s and client_id = %s)"
    return await fetch_value(conn, query, (workspace_id, client_id))


async def set_user_disabled(conn: Connection, workspace_id: UUID, user_id: UUID, *, at: datetime | None) -> None:
    """Deactivate a user from a time on, or let them in again with None."""
    await conn.execute(
        "update client_user set disabled_at = %s where workspace_id = %s and id = %s", (at, workspace_id, user_id)
    )


async def set_user_permissions(conn: Connection, workspace_id: UUID, user_id: UUID, *, permissions: list[str]) -> None:
    """Set what a user may do."""
    await conn.execute(
        "update client_user set permissions = %s where workspace_id = %s and id = %s",
        (permissions, workspace_id, user_id),
    )


async def put_job(conn: Connection, workspace_id: UUID, client_id: UUID, *, external_id: str, job_id: UUID) -> None:
    """Let a client's own id stand for a job, in place of the one it stood for before."""
    await conn.execute(
        """
        insert into client_job (workspace_id, client_id, external_id, job_id) values (%s, %s, %s, %s)
        on conflict (workspace_id, client_id, external_id) do update set job_id = excluded.job_id
        """,
        (workspace_id, client_id, external_id, job_id),
    )


async def job_id_of(conn: Connection, workspace_id: UUID, client_id: UUID, external_id: str) -> UUID | None:
    """The job that a client's own id stands for."""
    query = "select job_id from client_job where workspace_id = %s and client_id = %s and external_id = %s"
    return await fetch_value(conn, query, (workspace_id, client_id, external_id))


async def jobs_called(conn: Connection, workspace_id: UUID, name: str) -> list[UUID]:
    """The jobs, not archived ones, that carry a name as their code, remote_id or external_id: two at most."""
    query = """
        select id from job where workspace_id = %(workspace)s and code = %(name)s and status <> 'archived'
        union
        select j.id from connector c
        join job j on j.workspace_id = c.workspace_id and j.connector_id = c.id and j.remote_id = %(name)s
        where c.workspace_id = %(workspace)s and j.status <> 'archived'
        union
        select j.id from partner p
        join job j on j.workspace_id = p.workspace_id and j.partner_id = p.id and j.external_id = %(name)s
        where p.workspace_id = %(workspace)s and j.status <> 'archived'
        union
        select id from job
        where workspace_id = %(workspace)s and partner_id is null and external_id = %(name)s and status <> 'archived'
        limit 2
    """
    return await fetch_values(conn, query, {"workspace": workspace_id, "name": name})


async def knows_job(conn: Connection, workspace_id: UUID, client_id: UUID, job_id: UUID) -> bool:
    """Whether a client knows a job: it acts for the workspace, or one of its ids stands for the job."""
    query = """
        select exists (select from client where workspace_id = %(workspace)s and id = %(client)s and acts_for_workspace)
            or exists (select from client_job
                       where workspace_id = %(workspace)s and client_id = %(client)s and job_id = %(job)s)
    """
    return await fetch_value(conn, query, {"workspace": workspace_id, "client": client_id, "job": job_id})
