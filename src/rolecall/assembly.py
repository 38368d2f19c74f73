"""Puts a process's services together. Used by `app`, `worker` and `cli`, and by nothing else."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager

from limits.aio.storage import RedisStorage, Storage

from rolecall import connectors
from rolecall.actions.article_views import ArticleViews
from rolecall.actions.credentials import CredentialDesk
from rolecall.actions.sealing import Sealer, derived_key
from rolecall.actions.visitors import VisitorHashes
from rolecall.actions.visits import ViewCounter, VisitCounter
from rolecall.adapters.mail import OutboxMailer, SmtpMailer
from rolecall.adapters.object_files import open_files
from rolecall.adapters.outbound import HttpOutbound
from rolecall.adapters.resumes.limits import ResumeLimits
from rolecall.adapters.resumes.local import LocalResumes
from rolecall.discovery import discover
from rolecall.ports.ats import Integration
from rolecall.ports.clock import Clock, system_clock
from rolecall.ports.mail import Mailer
from rolecall.services import Services
from rolecall.settings import Settings
from rolecall.store.db import Database
from rolecall.store.rate_storage import PostgresStorage
from rolecall.surfaces.bindbee.wire import job_body
from rolecall.web.limits import RateCounter
from rolecall.web.tokens import Signer


@asynccontextmanager
async def open_services(
    settings: Settings, *, database_url: str, clock: Clock = system_clock
) -> AsyncGenerator[Services]:
    """The services of a process, connected; closed when the block ends. The database must be migrated."""
    async with AsyncExitStack() as stack:
        database = Database(database_url, size=settings.database_pool)
        stack.push_async_callback(database.close)  # also when it opens only half
        await database.open()
        outbound = HttpOutbound(allowed=settings.outbound_networks)
        stack.push_async_callback(outbound.close)
        yield Services(
            settings=settings,
            database=database,
            rates=RateCounter(_rate_storage(settings, database)),
            credentials=CredentialDesk(database),
            visits=VisitCounter(database, VisitorHashes(derived_key(settings.key, purpose="visitors")), clock=clock),
            article_views=ArticleViews(database),
            views=ViewCounter(database),
            sealer=Sealer(settings.key),
            signer=Signer(derived_key(settings.key, purpose="signing")),
            job_body=job_body,
            files=open_files(settings.files_url, folder=settings.data_dir / "files"),
            outbound=outbound,
            mail=_mailer(settings),
            resumes=_resumes(settings),
            integrations=all_integrations(),
            clock=clock,
        )


def all_integrations() -> dict[str, Integration]:
    """Every system that a folder under `rolecall/connectors` speaks with, by slug."""
    found: list[Integration] = discover(connectors, module="connector", name="INTEGRATION")
    return {integration.slug: integration for integration in found}


def _mailer(settings: Settings) -> Mailer:
    if settings.smtp_url is None:
        return OutboxMailer(settings.data_dir / "outbox", sender=settings.mail_sender)
    return SmtpMailer(settings.smtp_url, sender=settings.mail_sender)


def _resumes(settings: Settings) -> LocalResumes:
    limits = ResumeLimits(
        seconds=settings.resume_seconds, memory_mb=settings.resume_memory_mb, pages=settings.resume_pages
    )
    return LocalResumes(limits)


def _rate_storage(settings: Settings, database: Database) -> Storage:
    if settings.redis_url is None:
        return PostgresStorage(database)
    return RedisStorage(f"async+{settings.redis_url}", implementation="redispy", key_prefix="rolecall")
