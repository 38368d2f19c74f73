"""The application screen: a person whom an agency submitted, from sorting to the hire.

Every user of the client may look; whoever may make postings sorts, moves, writes and hires.
"""

from uuid import UUID

from rolecall.actions import chat, ownership, submissions
from rolecall.actions.agency_hires import log_hire
from rolecall.actions.contract_hires import log_contract_hire
from rolecall.actions.embedding.application import ApplicationVisit, visit_application
from rolecall.actions.embedding.sessions import go_on
from rolecall.domain.errors import FieldMissing, PostingUnknown, TooEarlyToTalk
from rolecall.domain.ids import parse_id
from rolecall.domain.screens import Screen
from rolecall.domain.submissions import Side, SubmissionStage
from rolecall.pages.embed import application_contract
from rolecall.pages.embed.access import Opened
from rolecall.pages.embed.application_acting import acting, check_may_act
from rolecall.pages.embed.application_hire import read_hire
from rolecall.pages.embed.application_interview import schedule
from rolecall.pages.embed.application_view import Shown, view
from rolecall.pages.embed.forms import Form, read_day
from rolecall.pages.embed.frame import Done, ScreenPage
from rolecall.store.submissions import next_to_sort
from rolecall.web.errors import UnreadableBody


async def move(opened: Opened[ApplicationVisit], form: Form) -> Done:
    """`to` is on or rejected, with `feedback`. After a new candidate comes the next one of the posting."""
    ctx, submission = await acting(opened), opened.visit.submission
    to, feedback = form.one("to"), form.one("feedback").strip()
    if to not in {"on", "rejected"}:
        raise UnreadableBody
    act = submissions.advance if to == "on" else submissions.reject
    await act(ctx, submission.id, feedback=feedback)
    if submission.stage != SubmissionStage.AWAITING_SORT:
        return Done(word="moved" if to == "on" else "rejected")
    following = await next_to_sort(opened.conn, opened.visit.workspace_id, opened.visit.posting.id)
    if following is None:
        return Done(word="kept" if to == "on" else "rejected")
    begun = await go_on(
        ctx,
        opened.session,
        Screen.APPLICATION,
        job_id=opened.visit.job.id,
        submission_id=following.id,
        instead=True,
    )
    return Done(word="kept_next" if to == "on" else "rejected_next", at=begun)


async def undo(opened: Opened[ApplicationVisit], _form: Form) -> Done:
    """Bring a rejected person back to where they were."""
    await submissions.undo_rejection(await acting(opened), opened.visit.submission.id)
    return Done(word="undone")


def _check_may_talk(opened: Opened[ApplicationVisit]) -> None:
    check_may_act(opened)
    if not opened.visit.submission.talks:
        raise TooEarlyToTalk


async def say(opened: Opened[ApplicationVisit], form: Form) -> Done:
    """Write to the agency: `text`, a file, or both."""
    _check_may_talk(opened)
    await chat.say(
        await acting(opened),
        opened.visit.submission.id,
        side=Side.CLIENT,
        author_id=opened.visit.person.id,
        text=form.one("text"),
        file=form.file,
    )
    return Done(part="chat")


async def offer(opened: Opened[ApplicationVisit], form: Form) -> Done:
    """An offer was made; `start_date` may say from when."""
    ctx = await acting(opened)
    day = read_day(form, "start_date") if form.one("start_date").strip() else None
    await submissions.make_offer(ctx, opened.visit.submission.id, start_date=day)
    return Done(word="offered", part="interviews")


async def hire(opened: Opened[ApplicationVisit], form: Form) -> Done:
    """Log the hire that the form tells of."""
    ctx, visit = await acting(opened), opened.visit
    new = await read_hire(opened, form)
    await log_hire(ctx, visit.submission.id, new, user_id=visit.person.id)
    return Done(word="hired")


async def hire_for_contract(opened: Opened[ApplicationVisit], form: Form) -> Done:
    """Log the hire for contract work that the form tells of."""
    ctx, visit = await acting(opened), opened.visit
    new = await application_contract.read_contract_hire(opened, form)
    await log_contract_hire(ctx, visit.submission.id, new, user_id=visit.person.id)
    return Done(word="hired")


async def transfer(opened: Opened[ApplicationVisit], form: Form) -> Done:
    """Move the person to another job of the client; the screen goes along."""
    ctx, visit = await acting(opened), opened.visit
    job_id = _job(form)
    await submissions.transfer(ctx, visit.submission.id, to_job_id=job_id)
    begun = await go_on(
        ctx, opened.session, Screen.APPLICATION, job_id=job_id, submission_id=visit.submission.id, instead=True
    )
    return Done(word="transferred", at=begun)


def _job(form: Form) -> UUID:
    text = form.one("job")
    if not text:
        raise FieldMissing(field="job")
    job_id = parse_id(text)
    if job_id is None:
        raise PostingUnknown
    return job_id


async def contest(opened: Opened[ApplicationVisit], form: Form) -> Done:
    """Say that the client knew the person before: `contacted_on` and `evidence`."""
    ctx, visit = await acting(opened), opened.visit
    await ownership.contest(
        ctx,
        visit.submission.id,
        contacted_on=read_day(form, "contacted_on"),
        evidence=form.one("evidence"),
        user_id=visit.person.id,
    )
    return Done(word="contested")


async def seen(opened: Opened[ApplicationVisit], shown: Shown) -> None:
    """Note that the client has read what it was shown of the agency; what has come since then is still to be read."""
    ctx, submission = await opened.context(), opened.visit.submission
    if shown.written_at is not None:
        await chat.mark_read(ctx, submission.id, side=Side.CLIENT, until=shown.written_at)
    if shown.withdrawn:
        await submissions.see_withdrawal(ctx, submission.id)


PAGE = ScreenPage(
    screen=Screen.APPLICATION,
    visit=visit_application,
    view=view,
    forms={
        "move": move,
        "undo": undo,
        "say": say,
        "interview": schedule,
        "offer": offer,
        "hire": hire,
        "transfer": transfer,
        "contest": contest,
        "contract-hire": hire_for_contract,
        **application_contract.FORMS,
    },
    uploads={"say": _check_may_talk},
    seen=seen,
)
