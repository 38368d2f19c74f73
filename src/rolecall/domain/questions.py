"""The questions that a job's application form asks beside its usual fields."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question; `options` are the choices of a select. `kind` is one of the words of an answer's kind."""

    workspace_id: UUID
    id: UUID
    job_id: UUID
    position: int
    text: str
    kind: str
    options: list[str]
    required: bool
    section: str | None = None
