from collections.abc import AsyncIterator

import pytest
from procrastinate import App

from rolecall.tasks.queue import make_queue
from rolecall.worker import all_tasks


@pytest.fixture
async def queue(database_url: str) -> AsyncIterator[App]:
    async with make_queue(database_url, all_tasks()).open_async() as queue:
        yield queue
