"""The form that submits a candidate to a posting: who it is, an answer to each must-have, and the resume."""

from starlette.responses import Response

from rolecall.actions.files import LARGEST, RESUMES, check_file, put_file
from rolecall.actions.submitting import NewSubmission, submit
from rolecall.domain.contract_work import LONGEST_AVAILABILITY, Engagement
from rolecall.domain.errors import (
    AlreadySubmitted,
    Conflict,
    FieldInvalid,
    FieldMissing,
    FileRefused,
    PostingNotTaking,
)
from rolecall.domain.postings import MOST_MUST_HAVES
from rolecall.domain.submissions import LONGEST_NOTE, LONGEST_PITCH, Meets, MustHaveAnswer, PersonFacts
from rolecall.pages.agency.answers import go, view
from rolecall.pages.agency.contract_terms import read_contract_terms
from rolecall.pages.agency.postings import find
from rolecall.pages.agency.queries import SeenPosting
from rolecall.pages.agency.sent import Sent, faults_of
from rolecall.pages.agency.visit import Visit
from rolecall.pages.agency.wording import MEETS, STATES, UNITS
from rolecall.store.files import File
from rolecall.web.multipart import Intake

TAKES = Intake(largest=LARGEST + 400_000, files=1, fields=20 + 3 * MOST_MUST_HAVES, largest_field=20_000)
_CHANGED = "The client has changed the must-haves meanwhile. Answer them as they are now; nothing is saved yet."
_OPTIONAL = ("phone", "location", "current_title", "current_company", "linkedin_url")


async def show(visit: Visit) -> Response:
    """The empty form."""
    posting = await find(visit)
    return _page(visit, posting) if posting.takes else _not_taken(visit, posting)


def _page(
    visit: Visit, posting: SeenPosting, *, faults: dict[str, str] | None = None, alert: str = "", status: int = 422
) -> Response:
    return view(
        visit,
        "submit.html",
        status=status if faults or alert else 200,
        faults=faults or {},
        typed=visit.sent.typed(),
        alert=alert,
        posting=posting,
        meets=MEETS,
        units=UNITS,
        longest={"note": LONGEST_NOTE, "pitch": LONGEST_PITCH, "availability": LONGEST_AVAILABILITY},
        largest=LARGEST // 1024**2,
        kinds=", ".join(RESUMES),
    )


def _not_taken(visit: Visit, posting: SeenPosting) -> Response:
    state = STATES[posting.state].lower()
    return _page(visit, posting, alert=f"The posting is {state}, so it takes no candidates at the moment.", status=409)


async def send(visit: Visit) -> Response:
    """Submit the candidate."""
    posting = await find(visit)
    if not posting.takes:
        return _not_taken(visit, posting)
    sent = visit.sent
    faults = _blanks(sent, posting)
    contract = read_contract_terms(sent, faults) if posting.engagement == Engagement.CONTRACT else None
    try:
        resume = await _resume(visit) if not faults else None
    except FileRefused as error:
        faults = {"resume": str(error)}
        resume = None
    if faults:
        return _page(visit, posting, faults=faults)
    new = NewSubmission(
        posting_id=posting.id,
        person=_person(sent),
        must_haves=_must_haves(sent, posting),
        pitch=sent.text("pitch"),
        resume=resume,
        contract=contract,
    )
    try:
        async with visit.writing() as ctx:
            stored = await submit(ctx, visit.agency.id, visit.recruiter.id, new)
    except (FieldMissing, FieldInvalid) as error:
        return _refused(visit, await find(visit), error)
    except (AlreadySubmitted, PostingNotTaking) as error:
        return _page(visit, await find(visit), alert=_told(error), status=409)
    return go(visit, f"/candidates/{stored.id}", done="submitted")


def _refused(visit: Visit, posting: SeenPosting, error: FieldMissing | FieldInvalid) -> Response:
    faults = faults_of(error)
    if "must_haves" not in faults:
        return _page(visit, posting, faults=faults)
    changed = _asked(visit.sent) != posting.must_haves
    return _page(visit, posting, alert=_CHANGED if changed else f"In a note on a must-have: {faults['must_haves']}")


def _told(error: Conflict) -> str:
    return f"{error} Nothing is saved."


async def _resume(visit: Visit) -> File | None:
    """The resume's bytes, stored. Raises FileRefused or FilesUnavailable."""
    part = visit.sent.file("resume")
    assert part is not None, "a form without it has a fault"
    checked = await check_file(part.name, await part.read(), allowed=RESUMES)
    return await put_file(visit.services.files, visit.workspace.id, checked, clock=visit.services.clock)


def _blanks(sent: Sent, posting: SeenPosting) -> dict[str, str]:
    """What is wrong with a form before anything is stored: what is blank of all that is needed."""
    needed = ["first_name", "last_name", "email"]
    faults = {name: "Fill this in." for name in needed if not sent.line(name)}
    for number, _ in enumerate(posting.must_haves):
        if sent.text(f"meets_{number}") not in set(Meets):
            faults[f"meets_{number}"] = "Choose one."
    if sent.file("resume") is None:
        faults["resume"] = "Choose the file."
    return faults


def _asked(sent: Sent) -> list[str]:
    """The must-haves that stood in the form."""
    names = (f"must_have_{number}" for number in range(MOST_MUST_HAVES))
    return [sent.text(name) for name in names if name in sent.fields]


def _must_haves(sent: Sent, posting: SeenPosting) -> list[MustHaveAnswer]:
    """The answers to what stood in the form; the action compares that with the posting as it is now."""
    return [
        MustHaveAnswer(must_have=must_have, meets=Meets(sent.text(f"meets_{number}")), note=sent.text(f"note_{number}"))
        for number, must_have in enumerate(_asked(sent)[: len(posting.must_haves)])
    ]


def _person(sent: Sent) -> PersonFacts:
    return PersonFacts(
        first_name=sent.line("first_name"),
        last_name=sent.line("last_name"),
        email=sent.line("email"),
        **{name: sent.line(name) or None for name in _OPTIONAL},
    )
