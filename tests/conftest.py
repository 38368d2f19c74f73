"""Fixtures: one migrated database and one application for the run, two fresh workspaces for each test."""

import os
import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from starlette.types import ASGIApp

from rolecall.app import create_app
from rolecall.assembly import open_services
from rolecall.services import Services
from rolecall.settings import Settings
from rolecall.store.db import Database
from tests.databases import fresh_database
from tests.world import World, build_world

BASE_URL = "http://rolecall.test"

# A shell that starts the tests in the background has them ignore Ctrl-C, and all programs that they start would too.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A migrated database: on the server of TEST_DATABASE_URL, or on an embedded one."""
    with fresh_database(tmp_path_factory.mktemp("data"), server=os.environ.get("TEST_DATABASE_URL")) as url:
        yield url


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Settings:
    """The settings of the application under test. Limits are the contracts' own."""
    data: Path = tmp_path_factory.mktemp("settings")
    return Settings(
        database_url=database_url,
        data_dir=data,
        base_url=BASE_URL,
        jobs_base_url=f"{BASE_URL}/jobs",
        secret_key="a secret of the tests, long enough to be one",
        outbound_allow="127.0.0.1/32",  # where the tests' receivers listen
        applications_per_hour=100_000,  # all tests apply from one address
        agency_sign_ins_per_minute=100_000,
        log_requests=False,
    )


@pytest.fixture(scope="session")
async def services(settings: Settings, database_url: str) -> AsyncIterator[Services]:
    async with open_services(settings, database_url=database_url) as services:
        yield services


@pytest.fixture(scope="session")
async def database(services: Services) -> Database:
    return services.database


@pytest.fixture(scope="session")
def app(services: Services) -> ASGIApp:
    return create_app(services)


@pytest.fixture(scope="session")
async def client(app: ASGIApp) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the real application, without a socket in between. Errors of the application reach the test."""
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url=BASE_URL) as client:
        yield client


@pytest.fixture
async def acme(services: Services, client: httpx.AsyncClient) -> World:
    """The workspace a test is about."""
    return await build_world(services, client, "acme")


@pytest.fixture
async def globex(services: Services, client: httpx.AsyncClient) -> World:
    """The stranger's workspace."""
    return await build_world(services, client, "globex")
