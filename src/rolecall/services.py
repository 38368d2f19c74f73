"""What one process has at hand, for surfaces, pages and tasks. `rolecall.assembly` puts it together."""

from dataclasses import dataclass
from uuid import UUID

from rolecall.actions.context import Context
from rolecall.actions.credentials import CredentialDesk
from rolecall.actions.sealing import Sealer
from rolecall.actions.visits import VisitCounter
from rolecall.ports.clock import Clock
from rolecall.ports.files import FileStore
from rolecall.ports.unified import JobBody
from rolecall.settings import Settings
from rolecall.store.db import Connection, Database
from rolecall.web.limits import RateCounter
from rolecall.web.tokens import Signer


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The process's connections, keys and counters."""

    settings: Settings
    database: Database
    rates: RateCounter
    credentials: CredentialDesk
    visits: VisitCounter
    sealer: Sealer
    signer: Signer
    job_body: JobBody
    files: FileStore
    clock: Clock

    @property
    def largest_body(self) -> int:
        """The most bytes that are read of a request's body."""
        return self.settings.max_body_bytes

    def context(self, conn: Connection, workspace_id: UUID, *, actor: str) -> Context:
        """The context of an action: acting now, in one workspace, in the caller's transaction."""
        return Context(conn=conn, workspace_id=workspace_id, actor=actor, now=self.clock(), job_body=self.job_body)
