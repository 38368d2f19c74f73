"""A question of the application form of a job."""

from typing import Annotated, Any
from uuid import UUID

from rolecall.actions.hiring import create_question
from rolecall.surfaces.bindbee.creating import Body, Create, Line, Making, Name, Of
from rolecall.surfaces.bindbee.model import Ids, Model, One, Value, Word, spelled

TYPES = spelled(
    "DATE", "FILE", "SINGLE_SELECT", "MULTI_SELECT", "SINGLE_LINE_TEXT", "MULTI_LINE_TEXT", "NUMERIC", "BOOLEAN"
) | {
    "text": "SINGLE_LINE_TEXT",
    "url": "SINGLE_LINE_TEXT",
    "textarea": "MULTI_LINE_TEXT",
    "number": "NUMERIC",
    "video": "FILE",
    "audio": "FILE",
}
# Options of ours are labels; outside each is an object, so its place stands in for an id.
_OPTIONS = """
    coalesce(t.choices, (select jsonb_agg(jsonb_build_object('id', o.place::text, 'label', o.label) order by o.place)
                         from unnest(t.options) with ordinality as o (label, place)), '[]')
"""


class NewQuestion(Body):
    job: Annotated[UUID, Of("job")]
    description: str | None = None
    title: Line
    type: Name
    required: bool | None = None
    options: list[dict[str, Any]] | None = None


async def _create(making: Making, new: NewQuestion) -> UUID:
    return await create_question(
        making.ctx,
        making.connector_id,
        job_id=new.job,
        text=new.title,
        kind=new.type,
        description=new.description,
        required=bool(new.required),
        choices=new.options,
    )


MODEL = Model(
    title="Screening Question",
    slug="screening_question",
    path="screening-questions",
    table="screening_question",
    fields=(
        One("job", "job", "t.job_id"),
        Value("description"),
        Value("title", "t.text"),
        Word("type", "t.kind", TYPES),
        Value("required"),
        Value("options", _OPTIONS.strip()),
    ),
    filters=(Ids("job", "t.job_id"),),
    create=Create(shape=lambda _sent: NewQuestion, act=_create),
)
