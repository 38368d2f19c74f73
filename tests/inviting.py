"""A client that invites an agency, and the messages that are sent."""

import re
from dataclasses import dataclass, field, replace
from uuid import UUID

from rolecall.actions.agencies import NewRecruiter, add_recruiter
from rolecall.actions.clients import name_client
from rolecall.actions.invitations import invite_agency
from rolecall.domain.invitations import Invitation, InvitationFacts
from rolecall.domain.missions import HOUSE
from rolecall.ports.mail import Message
from rolecall.services import Services
from rolecall.store import clients, invitations
from rolecall.store.db import Connection
from tests.background import work_off
from tests.contract.stage import Stage
from tests.world import World

INES = InvitationFacts(
    optimized_fee=True,
    first_name="Ines",
    last_name="Tam",
    email="ines.tam@corvid.example",
    company_name="Corvid Search",
)


@dataclass(slots=True)
class Postbox:
    """A mail server of its own, which keeps everything."""

    messages: list[Message] = field(default_factory=list[Message])

    async def send(self, message: Message) -> None:
        self.messages.append(message)


@dataclass(frozen=True, slots=True)
class Inviting:
    """A workspace whose client Harbor invites, and the services of its worker."""

    world: World
    services: Services
    postbox: Postbox
    database_url: str

    async def invite(self, facts: InvitationFacts = INES) -> Invitation:
        async with self.world.services.database.writing() as conn:
            ctx = self.world.context(conn)
            (client,) = await clients.of_workspace(conn, self.world.workspace.id)
            return await invite_agency(ctx, client.id, facts)

    async def send(self) -> list[Message]:
        """Let the worker work; everything that was ever sent."""
        await work_off(replace(self.world, services=self.services), self.database_url)
        return self.postbox.messages

    async def stored(self, invitation: Invitation) -> Invitation:
        async with self.world.services.database.reading() as conn:
            found = await invitations.get(conn, invitation.workspace_id, invitation.id)
        assert found is not None
        return found


def address_in(message: Message) -> str:
    """The address at which an invitation is answered."""
    found = re.search(r"^https?://\S+$", message.text, re.MULTILINE)
    assert found is not None
    return found[0]


async def build_inviting(world: World, database_url: str) -> Inviting:
    embedding = await Stage(world).embedding()
    async with world.services.database.writing() as conn:
        (client,) = await clients.of_workspace(conn, world.workspace.id)
        await name_client(world.context(conn), client.connector_id, embedding.client, name="Harbor")
    postbox = Postbox()
    return Inviting(world, replace(world.services, mail=postbox), postbox, database_url)


async def recruit(world: World, conn: Connection, mark: str, *, agency_id: UUID) -> dict[str, str]:
    """The client by a name, an invitation by it, and a recruiter of an agency."""
    ctx = world.context(conn)
    (client,) = [one for one in await clients.of_workspace(conn, world.workspace.id) if one.external_id != HOUSE]
    named = await name_client(ctx, client.connector_id, client.external_id, name=f"Client {mark}")
    new = NewRecruiter(first_name=mark, last_name=mark, email=f"{mark}@agency.example")
    recruiter = await add_recruiter(ctx, agency_id, new)
    facts = InvitationFacts(optimized_fee=True, email=f"new-{mark}@agency.example", company_name=f"Invited {mark}")
    invitation = await invite_agency(ctx, named.id, facts)
    return {"organization": str(named.id), "invitation": str(invitation.id), "recruiter": str(recruiter.id)}
