"""Applications, the people who apply, and the files that come with them."""

from rolecall.actions import applying, candidates
from rolecall.actions.applying import NewApplication
from rolecall.actions.candidates import Person
from tests.architecture.cast import Act

PERSON = Person(first_name="Mira", last_name="Okafor", email="mira.okafor@example.org")

WRITES: dict[str, tuple[str, Act]] = {
    "applying.apply": (
        "application.created",
        lambda ctx, cast: applying.apply(ctx, NewApplication(job_id=cast.job.id, person=PERSON, channel="Career site")),
    ),
    "candidates.join_candidate": ("candidate.created", lambda ctx, _: candidates.join_candidate(ctx, PERSON)),
}
READS = {"repeats.earlier_answer"}
PARTS = {
    "files.keep_file": "whatever names the file",
    "repeats.answer_once": "what it is given to do",
}
