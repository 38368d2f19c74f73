"""What the address in a message stands for: a submission with all that its person is told of it, as it is now."""

from dataclasses import dataclass
from uuid import UUID

from rolecall.actions.confirming import rivals
from rolecall.domain.consent import Consent
from rolecall.domain.contract_work import ContractTerms
from rolecall.domain.errors import SubmissionUnknown
from rolecall.domain.ownership import is_owned
from rolecall.domain.postings import Posting, PostingState, shown_state
from rolecall.domain.submissions import IN_PROCESS, Submission, SubmissionStage
from rolecall.services import Services
from rolecall.store import (
    agencies,
    clients,
    contract_hires,
    files,
    hiring,
    jobs,
    postings,
    recruiters,
    submissions,
    workspaces,
)
from rolecall.store.db import Connection
from rolecall.store.files import File
from rolecall.store.hiring import Meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An agency that the person can choose, by its submission; `recruiter` is who works there, None once they left.

    `terms` are what the agency says of pay and time, of people for contract work.
    """

    submission: Submission
    agency: str
    recruiter: str | None
    terms: ContractTerms | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """An opened address. `own` is the submission that it names, `others` those by other agencies that wait as well.

    `represented_by` is the agency that the person has chosen instead, by another address.
    """

    services: Services
    posting: Posting
    closed: bool
    client: str
    own: Choice
    others: list[Choice]
    resume: File | None
    consent: Consent
    represented_by: str | None
    meetings: list[Meeting]

    @property
    def submission(self) -> Submission:
        return self.own.submission

    @property
    def waits(self) -> bool:
        """Whether the person can still confirm."""
        return self.submission.stage == SubmissionStage.UNCONFIRMED and not self.closed

    @property
    def in_process(self) -> bool:
        """Whether the person is being considered, and can still leave."""
        return self.submission.stage in IN_PROCESS

    def chosen(self, submission_id: str) -> Choice | None:
        """The choice that a form names: the only one there is, or one of several."""
        if not self.others:
            return self.own
        return next((one for one in (self.own, *self.others) if str(one.submission.id) == submission_id), None)


async def open_visit(services: Services, workspace_id: UUID, submission_id: UUID) -> Visit:
    """What an address opens. Raises SubmissionUnknown."""
    async with services.database.reading() as conn:
        found = await submissions.get(conn, workspace_id, submission_id)
        posting = None if found is None else await postings.get(conn, workspace_id, found.posting_id)
        job = None if posting is None else await jobs.get(conn, workspace_id, posting.job_id)
        consent = await workspaces.consent(conn, workspace_id)
        if found is None or posting is None or job is None or consent is None:
            raise SubmissionUnknown
        resume = await files.get(conn, workspace_id, found.resume_id) if found.resume_id is not None else None
        return Visit(
            services=services,
            posting=posting,
            closed=shown_state(posting.state, job.status) == PostingState.CLOSED,
            client=await clients.called(conn, workspace_id, posting.client_id),
            own=await _choice(conn, found),
            others=[await _choice(conn, other) for other in await _same_mailbox(conn, found)],
            resume=resume,
            consent=consent,
            represented_by=await _represented_by(services, conn, found),
            meetings=await hiring.meetings(conn, workspace_id, found.application_id),
        )


async def _same_mailbox(conn: Connection, submission: Submission) -> list[Submission]:
    """The rivals at the same address. Those at another are not shown: nobody proved that it is the person's."""
    return [other for other in await rivals(conn, submission) if other.email_key == submission.email_key]


async def _choice(conn: Connection, submission: Submission) -> Choice:
    agency = await agencies.get(conn, submission.workspace_id, submission.agency_id)
    assert agency is not None, "a submission ends with its agency"
    recruiter = await recruiters.of_submission(conn, submission)
    name = None if recruiter is None else recruiter.name
    terms = await contract_hires.terms_of(conn, submission.workspace_id, submission.id)
    return Choice(submission=submission, agency=agency.name, recruiter=name, terms=terms)


async def _represented_by(services: Services, conn: Connection, submission: Submission) -> str | None:
    known = await submissions.of_person(conn, submission, posting_id=submission.posting_id)
    owning = [
        other
        for other in known
        if other.id != submission.id
        and other.email_key == submission.email_key
        and other.stage in {*IN_PROCESS, SubmissionStage.HIRED}
        and is_owned(other.owned_until, services.clock())
    ]
    return (await _choice(conn, owning[0])).agency if owning else None
