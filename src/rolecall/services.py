"""What one process has at hand, for surfaces, pages and tasks. `rolecall.assembly` puts it together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from rolecall.actions.article_views import ArticleViews
from rolecall.actions.context import Context
from rolecall.actions.credentials import CredentialDesk
from rolecall.actions.sealing import Sealer
from rolecall.actions.visits import ViewCounter, VisitCounter
from rolecall.ports.ats import Integration
from rolecall.ports.clock import Clock, system_clock
from rolecall.ports.files import FileStore
from rolecall.ports.mail import Mailer
from rolecall.ports.outbound import Outbound
from rolecall.ports.resumes import ResumeReader
from rolecall.ports.unified import JobBody
from rolecall.settings import Settings
from rolecall.store import registration
from rolecall.store.db import Connection, Database
from rolecall.web.limits import RateCounter
from rolecall.web.tokens import Signer

FILE_PATH = "/files"
FILE_LINK_LIVES = timedelta(hours=24)
_FILE = "rolecall:file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The process's connections, keys and counters. `integrations` are the systems that can be linked, by slug."""

    settings: Settings
    database: Database
    rates: RateCounter
    credentials: CredentialDesk
    visits: VisitCounter
    article_views: ArticleViews
    views: ViewCounter
    sealer: Sealer
    signer: Signer
    job_body: JobBody
    files: FileStore
    outbound: Outbound
    mail: Mailer
    resumes: ResumeReader
    integrations: Mapping[str, Integration]
    clock: Clock

    @property
    def largest_body(self) -> int:
        """The most bytes that are read of a request's body."""
        return self.settings.max_body_bytes

    async def context(self, conn: Connection, workspace_id: UUID, *, actor: str) -> Context:
        """The context of an action: acting now, in one workspace, in the caller's transaction.

        Now is the database's, so that what several machines write is in order; another clock than the system's counts.
        """
        registered = await registration.register(conn, workspace_id)
        now = registered if self.clock is system_clock else self.clock()
        return Context(conn=conn, workspace_id=workspace_id, actor=actor, now=now, job_body=self.job_body)


def file_url(services: Services, workspace_id: UUID, file_id: UUID, *, lives: timedelta = FILE_LINK_LIVES) -> str:
    """An address from which anybody who has it can download the file, for a while. See `pages/files`."""
    claims = {"workspace": str(workspace_id), "file": str(file_id)}
    token = services.signer.sign(claims, audience=_FILE, now=services.clock(), lives=lives)
    return f"{services.settings.public_url}{FILE_PATH}/{token}"


def linked_file(services: Services, token: str) -> tuple[UUID, UUID]:
    """The workspace and the file that a token of `file_url` names. Raises TokenRefused or TokenExpired."""
    claims = services.signer.read(token, audience=_FILE, now=services.clock())
    return UUID(claims["workspace"]), UUID(claims["file"])
