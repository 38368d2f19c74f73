import pytest

from tests.partnership import Partnership, build_partnership
from tests.world import World


@pytest.fixture
async def oakline(acme: World) -> Partnership:
    return await build_partnership(acme)
