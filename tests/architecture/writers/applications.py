"""Applications, the people who apply, and the files that come with them."""

from rolecall.actions import applications, applying, candidates
from rolecall.actions.applying import NewApplication
from rolecall.actions.candidates import CandidateChanges, Person
from rolecall.actions.context import Context
from rolecall.domain.applications import Application, ApplicationStatus
from tests.architecture.cast import Act, Cast

PERSON = Person(first_name="Mira", last_name="Okafor", email="mira.okafor@example.org")


async def _application(ctx: Context, cast: Cast) -> Application:
    return await applying.apply(ctx, NewApplication(job_id=cast.job.id, person=PERSON, channel="Career site"))


async def _move(ctx: Context, cast: Cast) -> None:
    application = await _application(ctx, cast)
    await applications.move_application(ctx, application.id, ApplicationStatus.OFFER)


async def _note(ctx: Context, cast: Cast) -> None:
    application = await _application(ctx, cast)
    await applications.note_on_application(ctx, application.id, "Bring the portfolio.")


async def _change(ctx: Context, _cast: Cast) -> None:
    candidate, _ = await candidates.join_candidate(ctx, PERSON)
    await candidates.change_candidate(ctx, candidate.id, CandidateChanges(tags=["plc"]))


WRITES: dict[str, tuple[str, Act]] = {
    "applications.move_application": ("application.moved", _move),
    "applications.note_on_application": ("application.changed", _note),
    "applying.apply": ("application.created", _application),
    "candidates.change_candidate": ("candidate.changed", _change),
    "candidates.join_candidate": ("candidate.created", lambda ctx, _: candidates.join_candidate(ctx, PERSON)),
}
READS = {"repeats.earlier_answer"}
PARTS = {
    "files.keep_file": "whatever names the file",
    "repeats.answer_once": "what it is given to do",
    "stages.job_stages": "applying.apply",
}
