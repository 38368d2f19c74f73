"""The operations, named as the contract names them: those of the models, and those of each resource beside them."""

from collections.abc import Iterator
from functools import partial

from rolecall.surfaces.bindbee import (
    connectors,
    field_definitions,
    field_mappings,
    field_trials,
    integrations,
    linking,
    lookup,
    passthrough,
    webhook_logs,
)
from rolecall.surfaces.bindbee.creating import Create
from rolecall.surfaces.bindbee.meta import get_candidate_meta
from rolecall.surfaces.bindbee.model import Model
from rolecall.surfaces.bindbee.models import MODELS
from rolecall.surfaces.bindbee.models.attachment import OF_CANDIDATE
from rolecall.surfaces.bindbee.reading import get_record, list_records
from rolecall.surfaces.bindbee.writing import create_record, prepare
from rolecall.web.multipart import Intake
from rolecall.web.surface import Operation

_ROOT = "/api/ats/v1"
_MOST_SECONDS = 60  # to send a body


def _of(model: Model) -> Iterator[Operation]:
    path, plural = f"{_ROOT}/{model.path}", model.path.replace("-", "_")
    ending = f"api_ats_v1_{plural}"
    yield Operation(
        method="GET",
        path=path,
        name=f"get_{plural}_{ending}_get",
        handle=partial(list_records, model=model),
        ahead=True,
    )
    yield Operation(
        method="GET",
        path=f"{path}/{{id}}",
        name=f"get_{model.slug}_by_id_{ending}__id__get",
        handle=partial(get_record, model=model),
        ahead=True,
    )
    yield _creates(model, model.create, path=path, name=f"create_{model.slug}_{ending}_post")


def _creates(model: Model, create: Create, *, path: str, name: str) -> Operation:
    return Operation(
        method="POST",
        path=path,
        name=name,
        writes=True,
        takes=Intake(largest=create.largest, seconds=_MOST_SECONDS),
        prepare=partial(prepare, model=model, create=create),
        handle=partial(create_record, model=model, create=create),
    )


OPERATIONS = [
    *(operation for model in MODELS.values() for operation in _of(model)),
    Operation(
        method="GET",
        path=f"{_ROOT}/candidates/create/meta",
        name="get_create_candidate_request_body_api_ats_v1_candidates_create_meta_get",
        handle=get_candidate_meta,
    ),
    _creates(
        MODELS["attachment"],
        OF_CANDIDATE,
        path=f"{_ROOT}/candidates/{{candidate_id}}/attachments",
        name="create_candidate_attachment_api_ats_v1_candidates__candidate_id__attachments_post",
    ),
    *connectors.OPERATIONS,
    *integrations.OPERATIONS,
    *field_mappings.OPERATIONS,
    *field_trials.OPERATIONS,
    *field_definitions.OPERATIONS,
    *lookup.OPERATIONS,
    *linking.OPERATIONS,
    *webhook_logs.OPERATIONS,
    *passthrough.OPERATIONS,
]
