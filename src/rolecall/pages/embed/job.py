"""The job screen: a job's posting to agencies, or with `edit` in the query the form that makes or changes it."""

from uuid import UUID

from rolecall.actions import postings as actions
from rolecall.actions.embedding.job import JobVisit, visit_job
from rolecall.actions.posting_questions import answer_question
from rolecall.domain.errors import AgencyUnknown, CostCenterUnknown, EditedMeanwhile, PostingQuestionUnknown
from rolecall.domain.ids import parse_id
from rolecall.domain.postings import PostingState
from rolecall.domain.screens import Screen
from rolecall.pages.embed import job_view
from rolecall.pages.embed.access import Opened
from rolecall.pages.embed.forms import Form
from rolecall.pages.embed.frame import Done, FormRefused, ScreenPage, Tried
from rolecall.pages.embed.job_form import read_terms, typed_from_job, typed_from_posting
from rolecall.pages.embed.sections import id_in
from rolecall.store import postings
from rolecall.web.errors import UnreadableBody

_EDITED = (
    "Somebody else changed this posting while you edited it. Nothing is saved yet: below is what you typed, and where "
    "the stored text differs, it stands beneath. Save again to put yours in its place."
)


async def view(opened: Opened[JobVisit], tried: Tried) -> str:
    """The posting, or the form; a job without a posting opens the form."""
    job = opened.visit.job
    posting = await postings.of_job(opened.conn, job.workspace_id, job.id)
    if tried.name == "save":
        typed, _ = read_terms(tried.form)
        return await job_view.form_view(opened, tried, posting, typed=typed)
    if posting is None:
        return await job_view.form_view(opened, tried, None, typed=typed_from_job(job))
    if "edit" in opened.request.query_params:
        return await job_view.form_view(opened, tried, posting, typed=typed_from_posting(posting))
    return await job_view.posting_view(opened, tried, posting)


async def save(opened: Opened[JobVisit], form: Form) -> Done:
    """Make the posting or change its terms: `version` and the fields of the form."""
    typed, terms = read_terms(form)
    if terms is None:
        raise FormRefused(typed.faults)
    ctx, visit = await opened.context(), opened.visit
    try:
        await actions.save_posting(
            ctx, visit.job, visit.client.id, terms=terms, version=typed.version, creator_id=visit.user.id
        )
    except EditedMeanwhile as error:
        raise FormRefused({}, alert=_EDITED, status=409) from error
    return Done(word="saved" if typed.version else "created")


async def choose_agencies(opened: Opened[JobVisit], form: Form) -> Done:
    """`add` or `remove` one agency (its id), or `add_preferred`; `q` is the search to come back to."""
    word = await _choose(opened, form)
    return Done(word=word, part="agencies", query={"q": job_view.usable_search(form.first("q"))})


async def _choose(opened: Opened[JobVisit], form: Form) -> str:
    """Carry the choice out; the word for what is done. Raises UnreadableBody when the form makes none."""
    ctx, visit = await opened.context(), opened.visit
    if "add_preferred" in form:
        await actions.add_preferred_agencies(ctx, visit.job, visit.client.id)
        return "all_added"
    if "add" in form:
        await actions.add_agency(ctx, visit.job, _agency_id(form.one("add")))
        return "added"
    if "remove" in form:
        await actions.remove_agency(ctx, visit.job, _agency_id(form.one("remove")))
        return "removed"
    raise UnreadableBody


def _agency_id(text: str) -> UUID:
    agency_id = parse_id(text)
    if agency_id is None:
        raise AgencyUnknown(agency="of that id")
    return agency_id


async def move(opened: Opened[JobVisit], form: Form) -> Done:
    """Set the flow: `to` is open, yielded (with `reason`) or closed."""
    to = form.one("to")
    if to not in {PostingState.OPEN, PostingState.YIELDED, PostingState.CLOSED}:
        raise UnreadableBody
    ctx = await opened.context()
    await actions.move_posting(ctx, opened.visit.job, PostingState(to), reason=form.one("reason").strip())
    return Done(word=to)


async def answer(opened: Opened[JobVisit], form: Form) -> Done:
    """Answer a `question` that an agency asked: `answer`."""
    question_id = id_in(form, "question", PostingQuestionUnknown)
    ctx = await opened.context()
    posting = await actions.get_posting(ctx, opened.visit.job)
    visit = opened.visit
    await answer_question(ctx, visit.user, posting.id, question_id, form.one("answer"), author_id=visit.person.id)
    return Done(word="answered", part="questions")


async def cost_center(opened: Opened[JobVisit], form: Form) -> Done:
    """Choose the `center` that hires are invoiced to; empty for the default one."""
    center_id = id_in(form, "center", CostCenterUnknown) if form.one("center") else None
    await actions.choose_cost_center(await opened.context(), opened.visit.job, center_id)
    return Done(word="cost_center", part="terms-heading")


PAGE = ScreenPage(
    screen=Screen.JOB,
    visit=visit_job,
    view=view,
    forms={"save": save, "agencies": choose_agencies, "flow": move, "answer": answer, "cost-center": cost_center},
)
