"""Records of the unified API: by id, by every filter that takes ids, and from behind a cursor of the owner's."""

from collections.abc import Iterator

from rolecall.surfaces.bindbee.model import Ids as IdFilter
from rolecall.surfaces.bindbee.model import Model
from rolecall.surfaces.bindbee.models import MODELS
from rolecall.surfaces.bindbee.parameters import encode_cursor
from tests.architecture.calls import Call, Calls, id_of
from tests.architecture.ids import Ids
from tests.contract.scenarios.bindbee.reading import get_name, list_name

# What other filters could name of somebody else's, and the model that a filter by id is about, where its name differs.
_NAMES = {"remote_id": "job_remote", "code": "job_code"}
_ABOUT = {
    "user": "remote_user",
    "creator": "remote_user",
    "organizer": "remote_user",
    "interviewer": "remote_user",
    "credited_to": "remote_user",
    "current_stage": "job_interview_stage",
    "interview": "scheduled_interview",
    "offices": "office",
}
_ALL = {"include_raw_data": "true", "include_custom_fields": "true"}


def _asks(model: Model) -> dict[str, str]:
    return _ALL | ({"expand": ",".join(model.relations)} if model.relations else {})


def _lists(model: Model) -> Calls:
    def calls(theirs: Ids, _own: Ids) -> Iterator[Call]:
        record = getattr(theirs, model.slug)
        yield Call(query={"ids": record, **_asks(model)})
        yield Call(query={"cursor": encode_cursor(id_of(record))})
        yield Call(headers={"X-Connector-Token": theirs.connector_token})
        for found in model.filters:
            if isinstance(found, IdFilter):
                yield Call(query={found.name: getattr(theirs, _ABOUT.get(found.name, found.name))})
            elif found.name in _NAMES:
                yield Call(query={found.name: getattr(theirs, _NAMES[found.name])})

    return lambda theirs, own: [*calls(theirs, own)]


def _gets(model: Model) -> Calls:
    def calls(theirs: Ids, own: Ids) -> list[Call]:
        path = {"id": getattr(theirs, model.slug)}
        mine = {"id": getattr(own, model.slug)}
        return [
            Call(path=path, query=_asks(model)),
            Call(path=mine, headers={"X-Connector-Token": theirs.connector_token}),
        ]

    return calls


CALLS: dict[str, Calls] = {
    **{list_name(model): _lists(model) for model in MODELS.values()},
    **{get_name(model): _gets(model) for model in MODELS.values()},
}
