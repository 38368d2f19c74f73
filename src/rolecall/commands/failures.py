"""What a command says when it fails: one line that names the way out, and an exit status for scripts."""

from pydantic import ValidationError

from rolecall.domain import errors as domain
from rolecall.processes.database import NotMigrated
from rolecall.processes.listening import AddressTaken
from rolecall.store.db import is_unavailable
from rolecall.store.embedded import EmbeddedPostgresError
from rolecall.store.migrate import MigrationError

DONE = 0
IN_PART = 1
WRONG_COMMAND_LINE = 2  # typer's own
REFUSED = 3
NO_DATABASE = 4
INTERRUPTED = 130

_WAYS_OUT: dict[type[Exception], str] = {
    domain.WorkspaceUnknown: "`rolecall workspace list` shows those there are.",
    domain.JobUnknown: "`rolecall job list --workspace SLUG` shows those there are.",
    domain.MissionUnknown: "`rolecall mission list --workspace SLUG` shows those there are.",
    domain.PartnerUnknown: "`rolecall partner list --workspace SLUG` shows those there are.",
    domain.AgencyUnknown: "`rolecall agency list --workspace SLUG` shows those there are.",
    domain.AssistantRequestUnknown: "`rolecall candidate requests --workspace SLUG` shows those there are.",
    domain.ContestUnknown: "`rolecall contest list --workspace SLUG` shows those there are.",
    domain.ClientUnknown: "`rolecall client list --workspace SLUG` shows those there are.",
    domain.MemberUnknown: "`rolecall member list --workspace SLUG` shows those there are.",
    domain.LocationUnknown: "`rolecall location list --workspace SLUG` shows those there are.",
    domain.ArticleUnknown: "`rolecall article list --workspace SLUG` shows those there are.",
    domain.CredentialNotFound: "`rolecall credential list --workspace SLUG` shows those there are.",
    NotMigrated: "Run `rolecall migrate` first.",
}


class Refused(Exception):
    """A command that cannot be carried out as asked; the message says why and what to do."""


def explain(error: BaseException) -> tuple[str, int] | None:
    """The line and the exit status for an error, None for one that nobody foresaw."""
    if isinstance(error, KeyboardInterrupt):
        return "Interrupted.", INTERRUPTED
    if isinstance(error, Refused | domain.DomainError | AddressTaken):
        return _line(error), REFUSED
    if isinstance(error, ValidationError):
        return _setting(error), REFUSED
    if isinstance(error, NotMigrated | MigrationError | EmbeddedPostgresError):
        return _line(error), NO_DATABASE
    if is_unavailable(error):
        return (
            f"The database cannot be reached: {_one_line(error)}. Is it running, and is DATABASE_URL right?",
            NO_DATABASE,
        )
    return None


def _line(error: Exception) -> str:
    way_out = next((text for kind, text in _WAYS_OUT.items() if isinstance(error, kind)), "")
    return f"{_one_line(error)} {way_out}".strip()


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())


def _setting(error: ValidationError) -> str:
    """Settings come from the environment, so that is where the mistake is."""
    first = error.errors()[0]
    name = str(first["loc"][0]) if first["loc"] else "a setting"
    shown = name.upper() if name.upper() in {"DATABASE_URL", "REDIS_URL"} else f"ROLECALL_{name.upper()}"
    return f"The setting {shown} is not valid: {first['msg']}."
