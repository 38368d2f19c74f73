"""How the documented answers about custom fields, their mappings and the models come about."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx

from rolecall.actions.workspaces import native_connector_id
from rolecall.domain.credentials import CredentialKind
from tests.contract.scenarios.bindbee.reading import UNKNOWN
from tests.contract.stage import Stage

Scenario = Callable[[Stage], Awaitable[httpx.Response]]
PATH = "/api/v1/custom-fields"


async def key(stage: Stage) -> dict[str, str]:
    """The header of an organization's key; these calls take no connector token."""
    return {"Authorization": (await stage.bindbee())["Authorization"]}


@dataclass(frozen=True, slots=True)
class Asked:
    """One call of an operation."""

    path: str
    json: Any = None


Good = Callable[[Stage, dict[str, str]], Awaitable[Asked]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An operation: a good call, a wrong one, and where it can be, one about what is not there."""

    name: str
    method: str
    status: str
    good: Good
    wrong: Asked
    missing: Asked | None = None

    def scenarios(self) -> Iterator[tuple[tuple[str, str], Scenario]]:
        """The documented answers."""
        yield (self.name, self.status), self._good
        yield (self.name, "401"), self._unauthorized
        yield (self.name, "403"), self._switched_off
        yield (self.name, "422"), self._wrong
        yield (self.name, "429"), self._limited
        if self.missing is not None:
            yield (self.name, "404"), self._missing

    async def _good(self, stage: Stage) -> httpx.Response:
        headers = await key(stage)
        return await self._call(stage, await self.good(stage, headers), headers)

    async def _unauthorized(self, stage: Stage) -> httpx.Response:
        return await self._call(stage, self.wrong, {})

    async def _switched_off(self, stage: Stage) -> httpx.Response:
        headers = await key(stage)
        asked = await self.good(stage, headers)
        await stage.world.switch_api_off()
        return await self._call(stage, asked, headers)

    async def _wrong(self, stage: Stage) -> httpx.Response:
        return await self._call(stage, self.wrong, await key(stage))

    async def _limited(self, stage: Stage) -> httpx.Response:
        settings, asked = {"bindbee_requests_per_minute": 1}, self.wrong
        return await stage.call_limited(
            self.method, asked.path, settings=settings, json=asked.json, headers=await key(stage)
        )

    async def _missing(self, stage: Stage) -> httpx.Response:
        assert self.missing is not None
        return await self._call(stage, self.missing, await key(stage))

    async def _call(self, stage: Stage, asked: Asked, headers: dict[str, str]) -> httpx.Response:
        return await stage.call(self.method, asked.path, json=asked.json, headers=headers)


def always(path: str, json: Any = None) -> Good:
    """A good call that needs nothing to be there."""

    async def good(_stage: Stage, _headers: dict[str, str]) -> Asked:
        return Asked(path, json)

    return good


def field_body(**facts: Any) -> dict[str, Any]:
    return {"name": "notice_period_days", "description": "Notice", "category": "ATS", "model": "candidate"} | facts


async def a_field(stage: Stage, headers: dict[str, str]) -> str:
    """A field that is there; its id."""
    body = field_body(name=f"field_{uuid4().hex[:8]}")
    answer = await stage.call("POST", PATH, json=body, headers=headers)
    return answer.json()["id"]


async def a_mapping(stage: Stage, headers: dict[str, str]) -> str:
    """A mapping that is there; its id."""
    body = {"custom_field_id": await a_field(stage, headers), "integration_slug": "native", "json_path": "notice"}
    answer = await stage.call("POST", f"{PATH}/mapping", json=body, headers=headers)
    return answer.json()["id"]


def of_field(json: Any = None) -> Good:
    async def good(stage: Stage, headers: dict[str, str]) -> Asked:
        await a_mapping(stage, headers)
        return Asked(f"{PATH}/{await a_field(stage, headers)}", json)

    return good


def of_mapping(json: Any = None) -> Good:
    async def good(stage: Stage, headers: dict[str, str]) -> Asked:
        return Asked(f"{PATH}/mapping/{await a_mapping(stage, headers)}", json)

    return good


async def new_mapping(stage: Stage, headers: dict[str, str]) -> Asked:
    body = {"custom_field_id": await a_field(stage, headers), "integration_slug": "native", "json_path": "notice"}
    return Asked(f"{PATH}/mapping", body)


async def token(stage: Stage) -> str:
    """The token of the native connector."""
    async with stage.world.services.database.reading() as conn:
        connector_id = await native_connector_id(conn, stage.world.workspace.id)
    return await stage.world.secret(CredentialKind.BINDBEE_CONNECTOR, subject_id=connector_id)


async def raw_data(stage: Stage, _headers: dict[str, str]) -> Asked:
    await stage.world.job()
    return Asked(f"{PATH}/raw-data?category=ATS&model=job&connector_token={await token(stage)}")


async def trial(stage: Stage, _headers: dict[str, str]) -> Asked:
    return Asked(f"{PATH}/preview", trial_body(await token(stage)))


def trial_body(connector_token: str, **facts: Any) -> dict[str, Any]:
    body = {
        "category": "ATS",
        "model": "candidate",
        "json_path": "custom.notice",
        "raw_data": {"custom": {"notice": 30}},
    }
    return body | {"connector_token": connector_token} | facts


async def configuration(stage: Stage, headers: dict[str, str]) -> Asked:
    await a_mapping(stage, headers)
    await a_field(stage, headers)
    return Asked(f"{PATH}/configuration?category=ATS&model=candidate&connector_token={await token(stage)}")


_OF_MAPPING = "api_v1_custom_fields_mapping"
_OF_FIELD = "api_v1_custom_fields__custom_field_id_"
CASES = [
    Case(
        name="create_custom_field_api_v1_custom_fields_post",
        method="POST",
        status="201",
        good=always(PATH, field_body()),
        wrong=Asked(PATH, field_body(name="Notice")),
    ),
    Case(
        name="list_custom_fields_api_v1_custom_fields_get",
        method="GET",
        status="200",
        good=always(f"{PATH}?category=ATS&model=candidate&source=API"),
        wrong=Asked(f"{PATH}?page_size=500"),
    ),
    Case(
        name=f"get_custom_field_{_OF_FIELD}_get",
        method="GET",
        status="200",
        good=of_field(),
        wrong=Asked(f"{PATH}/xyz"),
        missing=Asked(f"{PATH}/{UNKNOWN}"),
    ),
    Case(
        name=f"update_custom_field_{_OF_FIELD}_patch",
        method="PATCH",
        status="200",
        good=of_field({"description": None}),
        wrong=Asked(f"{PATH}/{UNKNOWN}", {"category": "OTHER"}),
        missing=Asked(f"{PATH}/{UNKNOWN}", {}),
    ),
    Case(
        name=f"delete_custom_field_{_OF_FIELD}_delete",
        method="DELETE",
        status="204",
        good=of_field(),
        wrong=Asked(f"{PATH}/xyz"),
        missing=Asked(f"{PATH}/{UNKNOWN}"),
    ),
    Case(
        name=f"create_custom_field_mapping_{_OF_MAPPING}_post",
        method="POST",
        status="201",
        good=new_mapping,
        wrong=Asked(f"{PATH}/mapping", {"custom_field_id": UNKNOWN, "json_path": "notice"}),
    ),
    Case(
        name=f"list_custom_field_mappings_{_OF_MAPPING}_get",
        method="GET",
        status="200",
        good=always(f"{PATH}/mapping?integration_slug=native"),
        wrong=Asked(f"{PATH}/mapping"),
    ),
    Case(
        name=f"update_custom_field_mapping_{_OF_MAPPING}__custom_field_mapping_id__patch",
        method="PATCH",
        status="200",
        good=of_mapping({"json_path": "custom.notice"}),
        wrong=Asked(f"{PATH}/mapping/{UNKNOWN}", {}),
        missing=Asked(f"{PATH}/mapping/{UNKNOWN}", {"json_path": "custom.notice"}),
    ),
    Case(
        name=f"delete_custom_field_mapping_{_OF_MAPPING}__custom_field_mapping_id__delete",
        method="DELETE",
        status="204",
        good=of_mapping(),
        wrong=Asked(f"{PATH}/mapping/xyz"),
        missing=Asked(f"{PATH}/mapping/{UNKNOWN}"),
    ),
    Case(
        name="get_raw_data_api_v1_custom_fields_raw_data_get",
        method="GET",
        status="200",
        good=raw_data,
        wrong=Asked(f"{PATH}/raw-data?category=ATS&model=job"),
    ),
    Case(
        name="preview_custom_field_api_v1_custom_fields_preview_post",
        method="POST",
        status="200",
        good=trial,
        wrong=Asked(f"{PATH}/preview", trial_body("unknown", model="employee")),
    ),
    Case(
        name="get_custom_fields_configuration_api_v1_custom_fields_configuration_get",
        method="GET",
        status="200",
        good=configuration,
        wrong=Asked(f"{PATH}/configuration?category=ATS&model=Job"),
    ),
    Case(
        name="list_models_api_v1_lookup_models_get",
        method="GET",
        status="200",
        good=always("/api/v1/lookup/models?category=ATS"),
        wrong=Asked("/api/v1/lookup/models?category=CUSTOM"),
    ),
]
SCENARIOS = {found: scenario for case in CASES for found, scenario in case.scenarios()}
# The contract shows sentences about other parameters, and about tokens and jobs.
SHOWS_ANOTHER_FIELD = {(name, status) for name, status in SCENARIOS if status in {"403", "404", "422"}}
