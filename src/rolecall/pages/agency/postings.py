"""The postings that go to the agency: the list, and one with its terms, its questions and who was submitted to it."""

from uuid import UUID

from starlette.responses import Response

from rolecall.actions.posting_questions import ask_question
from rolecall.domain.errors import FieldInvalid, FieldMissing, PostingClosed, PostingUnknown
from rolecall.domain.fees import CustomFee
from rolecall.domain.ids import parse_id
from rolecall.domain.posting_questions import LONGEST_QUESTION, QuestionsWait
from rolecall.pages.agency import queries
from rolecall.pages.agency.answers import go, view
from rolecall.pages.agency.candidate_queries import of_posting
from rolecall.pages.agency.queries import SeenPosting
from rolecall.pages.agency.sent import faults_of
from rolecall.pages.agency.visit import Visit
from rolecall.store import agency_fees, posting_questions

_SHOWN = 50


async def show_all(visit: Visit) -> Response:
    """The postings that agencies work on, or with `closed` in the query those that are over."""
    closed, before = "closed" in visit.request.query_params, parse_id(visit.asked("before"))
    async with visit.services.database.reading() as conn:
        found = await queries.postings(
            conn, visit.workspace.id, visit.agency.id, closed=closed, before=before, limit=_SHOWN + 1
        )
    more = found[_SHOWN - 1].id if len(found) > _SHOWN else None
    return view(visit, "postings.html", postings=found[:_SHOWN], closed=closed, before=before, more=more)


async def show(visit: Visit) -> Response:
    """One posting."""
    return await _page(visit, await find(visit))


async def find(visit: Visit) -> SeenPosting:
    """The posting that the address names. Raises PostingUnknown."""
    posting_id = parse_id(visit.path("posting"))
    if posting_id is None:
        raise PostingUnknown
    async with visit.services.database.reading() as conn:
        found = await queries.posting(conn, visit.workspace.id, visit.agency.id, posting_id)
    if found is None:
        raise PostingUnknown
    return found


async def _page(
    visit: Visit, posting: SeenPosting, *, faults: dict[str, str] | None = None, alert: str = "", status: int = 200
) -> Response:
    async with visit.services.database.reading() as conn:
        asked = await posting_questions.for_agency(conn, visit.workspace.id, posting.id, visit.agency.id)
        submitted = await of_posting(conn, visit.workspace.id, visit.agency.id, posting.id, own=visit.own)
    return view(
        visit,
        "posting.html",
        status=422 if faults else status,
        faults=faults or {},
        typed=visit.sent.typed() if faults or alert else {},
        alert=alert,
        posting=posting,
        fees=await fees_of(visit, posting.client_id) or [CustomFee(percentage=posting.fee_percent)],
        asked=asked,
        submitted=submitted,
        longest=LONGEST_QUESTION,
    )


async def fees_of(visit: Visit, client_id: UUID) -> list[CustomFee]:
    """What the agency and a client agreed on, none where each posting's own fee holds."""
    async with visit.services.database.reading() as conn:
        return await agency_fees.agreed(conn, visit.workspace.id, client_id, visit.agency.id)


async def ask(visit: Visit) -> Response:
    """Ask the client something."""
    posting = await find(visit)
    try:
        async with visit.writing() as ctx:
            await ask_question(
                ctx,
                posting.id,
                visit.agency.id,
                visit.recruiter.id,
                visit.sent.text("question"),
            )
    except (FieldMissing, FieldInvalid) as error:
        return await _page(visit, posting, faults=faults_of(error))
    except PostingClosed:
        return await _page(visit, await find(visit), alert="The posting has been closed meanwhile.", status=409)
    except QuestionsWait as error:
        return await _page(visit, posting, alert=str(error), status=409)
    return go(visit, f"/postings/{posting.id}", part="questions", done="asked")
