"""The database of an installation: the one that is set, or the embedded one, started for as long as it is used."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

from rolecall.settings import Settings
from rolecall.store.embedded import start_embedded
from rolecall.store.migrate import migrate, pending_at


class NotMigrated(Exception):
    """The database has other tables than this release needs; `missing` names the migrations."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(f"The database is not up to date, {', '.join(missing)} not applied.")
        self.missing = missing


@contextmanager
def running_database(settings: Settings) -> Generator[str]:
    """The URL of a running database; it may not be migrated yet. Raises EmbeddedPostgresError."""
    if settings.database_url is not None:
        yield settings.database_url
        return
    with start_embedded(settings.data_dir) as server:
        yield server.url


async def make_ready(settings: Settings, url: str, *, report: Callable[[str], None] = lambda _: None) -> None:
    """See to it that the database is migrated: the embedded one is ours alone, so it is simply done.

    A database of the user's may have other releases at work on it, so that one is theirs to migrate.
    Raises NotMigrated, and MigrationError when it cannot be reached or brought up to date.
    """
    if settings.database_url is None:
        await migrate(url, report=report)
    elif missing := await pending_at(url):
        raise NotMigrated(missing)
