"""The operations of the models, named as the contract names them."""

from collections.abc import Iterator
from functools import partial

from rolecall.surfaces.bindbee.model import Model
from rolecall.surfaces.bindbee.models import MODELS
from rolecall.surfaces.bindbee.reading import get_record, list_records
from rolecall.web.surface import Operation

_ROOT = "/api/ats/v1"


def _of(model: Model) -> Iterator[Operation]:
    path, plural = f"{_ROOT}/{model.path}", model.path.replace("-", "_")
    ending = f"api_ats_v1_{plural}"
    yield Operation(
        method="GET", path=path, name=f"get_{plural}_{ending}_get", handle=partial(list_records, model=model)
    )
    yield Operation(
        method="GET",
        path=f"{path}/{{id}}",
        name=f"get_{model.slug}_by_id_{ending}__id__get",
        handle=partial(get_record, model=model),
    )


OPERATIONS = [operation for model in MODELS.values() for operation in _of(model)]
