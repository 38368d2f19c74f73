"""What the actions act on in the walk over all writers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from rolecall.actions.context import Context
from rolecall.domain.clients import Client
from rolecall.domain.jobs import Job
from rolecall.store.agencies import Agency
from rolecall.store.connectors import Connector
from rolecall.store.partners import Partner
from tests.world import World


@dataclass(frozen=True, slots=True)
class Cast:
    """What the actions act on; all of it is rolled back after each."""

    world: World
    job: Job
    partner: Partner
    connector: Connector
    client: Client
    agency: Agency


Act = Callable[[Context, Cast], Awaitable[Any]]
