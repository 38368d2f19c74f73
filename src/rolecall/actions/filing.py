"""What jobs are filed under, in the words of several languages."""

from typing import Literal

from rolecall.actions.context import Context, record
from rolecall.domain.errors import TermUnknown
from rolecall.domain.publications import check_language
from rolecall.domain.texts import check_text
from rolecall.store import terms

Filing = Literal["department", "job_type", "education_level", "tag"]
LONGEST_NAME = 200


async def translate_name(ctx: Context, *, kind: Filing, name: str, language: str, translation: str) -> int:
    """Say what all departments or terms of this name are called in a language; how many there are.

    Raises TermUnknown when there is none, FieldMissing or FieldInvalid.
    """
    check_language(language)
    check_text(translation, field="name", longest=LONGEST_NAME)
    found = await terms.ids_by_name(ctx.conn, ctx.workspace_id, kind, name)
    if not found:
        raise TermUnknown(kind=kind.replace("_", " "), name=name)
    await terms.set_translations(ctx.conn, ctx.workspace_id, found, language=language, name=translation)
    for record_id in found:
        await record(ctx, "name", "translated", record_id=record_id, language=language, of=kind)
    return len(found)
