"""A form that is right, carried out: files first, then one transaction with the application and what belongs to it."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog

from rolecall.actions.applying import NewAnswer, NewApplication, NewDocument, apply
from rolecall.actions.candidates import Person
from rolecall.actions.files import check_file, put_file
from rolecall.actions.repeats import Repeatable, answer_once
from rolecall.domain.questions import Question
from rolecall.pages.public.form import Control, FormField
from rolecall.pages.public.opened import OpenForm
from rolecall.pages.public.sent import PRIVACY, TALENT_POOL, Sent
from rolecall.services import Services
from rolecall.store.db import Retryable
from rolecall.store.files import File

log = structlog.get_logger()

CHANNEL = "Career site"
ACTOR = "applicant"
# A form may stay open as long as this, and is known again for as long after it was sent.
FORM_LIVES = timedelta(days=14)
_ATTEMPTS = 3


def form_repeat(job_id: UUID, key: bytes) -> Repeatable:
    """What a form is known again by: its token alone. Whatever comes under it again is the same application."""
    return Repeatable(scope=f"form:{job_id}", key=key, request_hash=b"", lives=FORM_LIVES)


async def store_files(services: Services, opened: OpenForm, sent: Sent, *, busy: asyncio.Semaphore) -> dict[str, File]:
    """Store the files' bytes, by field; `busy` bounds how many are in memory. Nothing is in the database yet."""
    stored: dict[str, File] = {}
    for known in opened.fields:
        part = sent.files.get(known.name)
        if part is not None:
            async with busy:
                content = await part.read()
                checked = await check_file(part.name, content, allowed=known.accepts, largest=known.largest)
                workspace_id = opened.version.workspace_id
                stored[known.name] = await put_file(services.files, workspace_id, checked, clock=services.clock)
    return stored


async def submit(services: Services, opened: OpenForm, new: NewApplication, *, key: bytes) -> None:
    """Store an application once for a form's key, whoever else sends the same. Raises JobTakesNoApplications."""
    for left in reversed(range(_ATTEMPTS)):
        try:
            async with services.database.writing() as conn:
                ctx = await services.context(conn, opened.version.workspace_id, actor=ACTOR)

                async def act() -> tuple[UUID, bytes]:
                    application = await apply(ctx, new)  # noqa: B023 - it is awaited in this turn
                    return application.id, b""

                await answer_once(ctx, form_repeat(opened.version.job_id, key), act)
                return
        except Retryable as error:
            if not left:
                raise
            log.warning("application is tried again", error=str(error))


def new_application(
    opened: OpenForm, values: Mapping[str, Any], files: Mapping[str, File], *, now: datetime
) -> NewApplication:
    """What a form's values and stored files make."""
    documents = [
        NewDocument(file=files[known.name], kind=known.document)
        for known in opened.fields
        if known.document is not None and known.name in files
    ]
    return NewApplication(
        job_id=opened.version.job_id,
        publication_id=opened.version.publication_id,
        source_link_id=opened.link_id,
        person=_person(opened, values, now=now),
        channel=CHANNEL,
        motivation=values.get("cover_letter"),
        documents=documents,
        answers=_answers(opened.fields, values, files),
    )


def _person(opened: OpenForm, values: Mapping[str, Any], *, now: datetime) -> Person:
    return Person(
        first_name=values["first_name"],
        last_name=values["last_name"],
        email=values["email"],
        phone=values.get("phone"),
        language=opened.words.code,
        city=values.get("city"),
        country_code=values.get("country"),
        nationality=values.get("nationality"),
        experience_years=values.get("experience_years"),
        salary_expectation=values.get("salary_expectation"),
        spoken_languages=values.get("languages") or (),
        privacy_accepted_at=now if values.get(PRIVACY) else None,
        talent_pool_at=now if opened.consent.talent_pool and values.get(TALENT_POOL) else None,
    )


def _answers(fields: Sequence[FormField], values: Mapping[str, Any], files: Mapping[str, File]) -> list[NewAnswer]:
    """The answers that were given; a question that was left empty has none."""
    return [
        _answer(known, known.question, values, files)
        for known in fields
        if known.question is not None and (known.name in files or values.get(known.name) is not None)
    ]


def _answer(known: FormField, question: Question, values: Mapping[str, Any], files: Mapping[str, File]) -> NewAnswer:
    value = values.get(known.name)
    return NewAnswer(
        question=question.text,
        kind=question.kind,
        question_id=question.id,
        answer=value.isoformat() if known.control == Control.DAY and value is not None else value,
        file=files.get(known.name),
    )
