"""Uploaded resumes and the requests that come of them."""

from rolecall.actions import candidates, resumes
from rolecall.actions.candidates import Person
from rolecall.actions.context import Context
from rolecall.actions.members import NewMember, create_member
from rolecall.actions.resumes import Completion
from rolecall.domain.candidates import CandidateStatus
from rolecall.domain.resumes import Resolution, ResumeUpload
from rolecall.ports.resumes import ReadResume
from rolecall.store import assistant_requests
from tests.architecture.cast import Act, Cast
from tests.people import file_of

READ = ReadResume(text="", first_name="Mira", emails=["mira@mail.example"], phones=[], links=[], skills=[])
SAYS_LITTLE = ReadResume(text="", emails=[], phones=[], links=[], skills=[])


async def _accept(ctx: Context, _cast: Cast) -> ResumeUpload:
    member = await create_member(ctx, NewMember(email="iris@acme.example", first_name="Iris", last_name="Berg"))
    return await resumes.accept_resume(ctx, member.id, file_of(ctx.workspace_id))


async def _finish(ctx: Context, cast: Cast) -> None:
    await resumes.finish_upload(ctx, (await _accept(ctx, cast)).id, READ)


async def _resolve(ctx: Context, cast: Cast) -> None:
    await resumes.finish_upload(ctx, (await _accept(ctx, cast)).id, SAYS_LITTLE)
    (request,) = await assistant_requests.newest(ctx.conn, ctx.workspace_id, settled=False, limit=9)
    completion = Completion(email="mira@mail.example")
    await resumes.resolve_request(ctx, request.id, Resolution.COMPLETED, completion=completion)


async def _place(ctx: Context, cast: Cast) -> None:
    upload = await _accept(ctx, cast)
    candidate, _ = await candidates.join_candidate(ctx, Person(email="mira@mail.example"))
    await candidates.place_candidate(ctx, candidate.id, upload.member_id, status=CandidateStatus.EMPLOYEE)


WRITES: dict[str, tuple[str, Act]] = {
    "candidates.place_candidate": ("candidate.changed", _place),
    "resumes.accept_resume": ("resume_upload.received", _accept),
    "resumes.finish_upload": ("resume_upload.finished", _finish),
    "resumes.resolve_request": ("assistant_request.resolved", _resolve),
}
