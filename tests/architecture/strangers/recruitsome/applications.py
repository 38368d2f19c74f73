"""Applications."""

from tests.architecture.calls import Call
from tests.architecture.ids import Ids
from tests.documents_sent import PDF


def application(theirs: Ids, _own: Ids) -> list[Call]:
    person = {"first_name": "Ola", "last_name": "Berg", "email": "ola@mail.example"}
    form = {f"candidate[{name}]": value for name, value in person.items()} | {"documents[0][type]": "resume"}
    return [
        Call(json={"vacancy": theirs.publication_slug, "candidate": person}),
        Call(
            form=form | {"vacancy": theirs.publication_slug},
            files={"documents[0][file]": ("cv.pdf", PDF)},
        ),
    ]


CALLS = {"submitApplication": application}
