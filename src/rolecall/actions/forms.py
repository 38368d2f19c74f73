"""Application forms: which of the usual fields a job asks for, and its own questions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rolecall.actions.context import Context, record
from rolecall.actions.ids import new_id
from rolecall.actions.jobs import store_facts
from rolecall.domain.jobs import HeldJob, check_facts
from rolecall.domain.questions import Question
from rolecall.store import questions


@dataclass(frozen=True, slots=True, kw_only=True)
class NewQuestion:
    """A question to ask. `kind` says what an answer is; `options` are the choices of a select."""

    text: str
    kind: str
    options: Sequence[str] = ()
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A whole form: fields of FORM_FIELDS that are asked for, and questions in order."""

    fields: Sequence[str] = ()
    questions: Sequence[NewQuestion] = ()


async def set_form(ctx: Context, job: HeldJob, form: Form | None) -> HeldJob:
    """Replace a job's form; None takes it away. A question that stays as it was worded keeps its id.

    Raises FieldInvalid for a field that no form has.
    """
    before = await questions.of_job(ctx.conn, ctx.workspace_id, job.id)
    after = _questions(ctx, job, form, before)
    changed = replace(job, form_fields=list(form.fields) if form is not None else None)
    if after == before and changed == job:
        return job
    check_facts(changed)
    await questions.keep_only(ctx.conn, ctx.workspace_id, job.id, question_ids=[question.id for question in after])
    await questions.put_all(ctx.conn, after)
    changed = await store_facts(ctx, changed)
    await record(ctx, "job", "changed", record_id=job.id, fields=["form"])
    return changed


def _questions(ctx: Context, job: HeldJob, form: Form | None, before: Sequence[Question]) -> list[Question]:
    known: dict[tuple[str, str], Question] = {}
    for question in before:
        known.setdefault((question.text, question.kind), question)
    after: list[Question] = []
    for position, wanted in enumerate(form.questions if form is not None else (), start=1):
        stored = known.pop((wanted.text, wanted.kind), None)
        after.append(
            Question(
                workspace_id=ctx.workspace_id,
                id=stored.id if stored is not None else new_id(),
                job_id=job.id,
                position=position,
                text=wanted.text,
                kind=wanted.kind,
                options=list(wanted.options),
                required=wanted.required,
                section=stored.section if stored is not None else None,
            )
        )
    return after
