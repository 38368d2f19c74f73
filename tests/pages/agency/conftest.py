"""Two agencies at work on a posting, and a browser for anybody."""

from collections.abc import Callable

import pytest
from starlette.types import ASGIApp

from tests.agency_desk import Desk, open_desk
from tests.marketplace import Marketplace, build_marketplace
from tests.partnership import build_partnership
from tests.world import World


@pytest.fixture
async def market(acme: World) -> Marketplace:
    """Northwind's Nora and Southgate's Sam; both agencies work on the one posting."""
    return await build_marketplace(await build_partnership(acme))


@pytest.fixture
def browser(acme: World, app: ASGIApp) -> Callable[[], Desk]:
    """A fresh browser at each call."""
    return lambda: open_desk(acme, app)
