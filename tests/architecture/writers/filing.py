"""What jobs are filed under."""

from rolecall.actions.context import Context
from rolecall.actions.filing import translate_name
from rolecall.actions.ids import new_id
from rolecall.store import terms
from rolecall.store.terms import JOB_TYPE, Term
from tests.architecture.cast import Act, Cast


async def _translate(ctx: Context, _cast: Cast) -> None:
    await terms.put(ctx.conn, Term(workspace_id=ctx.workspace_id, id=new_id(), kind=JOB_TYPE, name="Full-time"))
    await translate_name(ctx, kind="job_type", name="Full-time", language="nl", translation="Voltijd")


WRITES: dict[str, tuple[str, Act]] = {"filing.translate_name": ("name.translated", _translate)}
