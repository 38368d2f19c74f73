"""How the documented answers of the reads come about: all models have the same ones, from their declarations."""

from collections.abc import Awaitable, Callable, Iterator
from uuid import UUID

import httpx

from rolecall.surfaces.bindbee.model import Model
from rolecall.surfaces.bindbee.models import MODELS
from tests.contract.stage import Stage
from tests.furnished import furnish

Scenario = Callable[[Stage], Awaitable[httpx.Response]]
UNKNOWN = "019a7c10-0000-7000-8000-000000000000"


def path_of(model: Model, record_id: UUID | str | None = None) -> str:
    return f"/api/ats/v1/{model.path}" + (f"/{record_id}" if record_id is not None else "")


def list_name(model: Model) -> str:
    plural = model.path.replace("-", "_")
    return f"get_{plural}_api_ats_v1_{plural}_get"


def get_name(model: Model) -> str:
    return f"get_{model.slug}_by_id_api_ats_v1_{model.path.replace('-', '_')}__id__get"


def everything(model: Model, record_id: UUID | str | None = None) -> str:
    """The path with all that a record can carry."""
    expand = f"&expand={','.join(model.relations)}" if model.relations else ""
    return f"{path_of(model, record_id)}?include_raw_data=true&include_custom_fields=true{expand}"


def page(model: Model) -> Scenario:
    async def scenario(stage: Stage) -> httpx.Response:
        await furnish(stage.world)
        return await stage.call("GET", everything(model), headers=await stage.bindbee())

    return scenario


def one(model: Model) -> Scenario:
    async def scenario(stage: Stage) -> httpx.Response:
        made = await furnish(stage.world)
        return await stage.call("GET", everything(model, made[model.slug]), headers=await stage.bindbee())

    return scenario


def refusals(path: str, wrong: str) -> dict[str, Scenario]:
    """What every read refuses in the same way; `wrong` is the path with a wrong parameter."""

    async def unauthorized(stage: Stage) -> httpx.Response:
        return await stage.call("GET", path)

    async def forbidden(stage: Stage) -> httpx.Response:
        return await stage.call("GET", path, headers={**await stage.bindbee(), "X-Connector-Token": "unknown"})

    async def refused(stage: Stage) -> httpx.Response:
        return await stage.call("GET", wrong, headers=await stage.bindbee())

    async def limited(stage: Stage) -> httpx.Response:
        settings = {"bindbee_requests_per_minute": 1}
        return await stage.call_limited("GET", path, settings=settings, headers=await stage.bindbee())

    return {"401": unauthorized, "403": forbidden, "422": refused, "429": limited}


def missing(model: Model) -> Scenario:
    async def scenario(stage: Stage) -> httpx.Response:
        return await stage.call("GET", path_of(model, UNKNOWN), headers=await stage.bindbee())

    return scenario


def _scenarios() -> Iterator[tuple[tuple[str, str], Scenario]]:
    for model in MODELS.values():
        yield (list_name(model), "200"), page(model)
        for status, scenario in refusals(path_of(model), path_of(model) + "?page_size=500").items():
            yield (list_name(model), status), scenario
        yield (get_name(model), "200"), one(model)
        yield (get_name(model), "404"), missing(model)
        for status, scenario in refusals(path_of(model, UNKNOWN), path_of(model, "xyz")).items():
            yield (get_name(model), status), scenario


SCENARIOS = dict(_scenarios())
# The contract shows the sentence about jobs only.
SHOWS_ANOTHER_FIELD = {(get_name(model), "404") for model in MODELS.values() if model.slug != "job"}
