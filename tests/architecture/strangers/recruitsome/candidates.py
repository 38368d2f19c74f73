"""Candidates."""

from tests.architecture.calls import Call
from tests.architecture.ids import Ids
from tests.documents_sent import PDF


def repository(theirs: Ids, _own: Ids) -> list[Call]:
    return [Call(query={"user_id": theirs.member_number})]


def profile(theirs: Ids, own: Ids) -> list[Call]:
    names = (theirs.candidate_slug, theirs.candidate_number)
    members = ({}, {"user_id": own.member_number}, {"user_id": theirs.member_number})
    return [Call(path={"slug": name}, query=query) for name in names for query in members]


def upload(theirs: Ids, _own: Ids) -> list[Call]:
    return [
        Call(form={"user_id": theirs.member_number}, files={"resume": ("cv.pdf", PDF)}),
        Call(json={"user_id": int(theirs.member_number), "resume": {"filename": "cv.pdf", "content": "JVBERi0xLjQK"}}),
    ]


CALLS = {
    "listCandidates": repository,
    "getCandidate": profile,
    "createCandidate": upload,
    "getCandidateProcessing": lambda theirs, _own: [Call(path={"processing_id": theirs.resume_upload})],
}
