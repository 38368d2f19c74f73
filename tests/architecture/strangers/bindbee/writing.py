"""Creates of the unified API that name somebody else's records, one at a time, in bodies that are good otherwise."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from rolecall.surfaces.bindbee.models import MODELS
from tests.architecture.calls import Call, Calls
from tests.architecture.ids import Ids
from tests.contract.scenarios.bindbee.writing import BODIES, create_name

_META = "get_create_candidate_request_body_api_ats_v1_candidates_create_meta_get"
_OF_CANDIDATE = "create_candidate_attachment_api_ats_v1_candidates__candidate_id__attachments_post"


def _creates(slug: str) -> Calls:
    def calls(theirs: Ids, own: Ids) -> Iterator[Call]:
        ours, foreign = _body(slug, own), _body(slug, theirs)
        yield Call(json=ours, headers={"X-Connector-Token": theirs.connector_token})
        yield Call(json=ours | {"remote_user_id": theirs.remote_user})
        for name in (name for name in ours if ours[name] != foreign[name]):
            yield Call(json=ours | {name: foreign[name]})

    return lambda theirs, own: [*calls(theirs, own)]


def _body(slug: str, ids: Ids) -> dict[str, Any]:
    made: dict[str, Any] = asdict(ids) | {"remote_user": ids.remote_user}
    return BODIES[slug](made)


def _of_candidate(theirs: Ids, own: Ids) -> list[Call]:
    document = {"file_name": "cv.pdf", "file_url": "https://files.example.org/cv.pdf"}
    return [
        Call(path={"candidate_id": theirs.candidate}, json=document),
        Call(path={"candidate_id": own.candidate}, json=document | {"remote_user_id": theirs.remote_user}),
    ]


CALLS: dict[str, Calls] = {
    **{create_name(MODELS[slug]): _creates(slug) for slug in MODELS},
    _META: lambda theirs, _own: [Call(headers={"X-Connector-Token": theirs.connector_token})],
    _OF_CANDIDATE: _of_candidate,
}
