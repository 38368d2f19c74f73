"""A question of the application form of a job."""

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
)
