"""How the documented answers of the creates come about: the bodies are the contract's own where it prints one."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import httpx

from rolecall.app import create_app
from rolecall.surfaces.bindbee.model import Model
from rolecall.surfaces.bindbee.models import MODELS
from tests.contract.scenarios.bindbee.reading import UNKNOWN, path_of
from tests.contract.stage import Stage
from tests.furnished import furnish

Scenario = Callable[[Stage], Awaitable[httpx.Response]]
Made = dict[str, UUID]
PDF = "JVBERi0xLjQK"

# A body of each model, by its slug, from the ids of what is there.
BODIES: dict[str, Callable[[Made], dict[str, Any]]] = {
    "activity": lambda made: {
        "user": str(made["remote_user"]),
        "activity_type": "NOTE",
        "subject": "Phone call",
        "body": "Available from May; prefers remote work.",
        "visibility": "PRIVATE",
        "candidate": str(made["candidate"]),
    },
    "application": lambda made: {
        "candidate": str(made["candidate"]),
        "job": str(made["job"]),
        "current_stage": str(made["job_interview_stage"]),
        "credited_to": str(made["remote_user"]),
        "reject_reason": str(made["reject_reason"]),
        "source": "Referral",
        "applied_at": "2026-02-20T11:30:00Z",
    },
    "attachment": lambda made: {
        "file_name": "cv.pdf",
        "file_content": PDF,
        "content_type": "application/pdf",
        "attachment_type": "RESUME",
        "candidate": str(made["candidate"]),
    },
    "candidate": lambda made: {
        "first_name": "Mira",
        "last_name": "Okafor",
        "email_addresses": ["mira.okafor@example.org"],
        "job": str(made["job"]),
        "attachments": [
            {"file_name": "cv.pdf", "file_url": "https://files.example.org/cv.pdf", "attachment_type": "RESUME"}
        ],
        "custom_fields": {"notice_period_days": 30},
        "additional_attributes": {"source_channel": "meetup"},
    },
    "department": lambda _made: {"name": "Research"},
    "eeoc": lambda made: {"candidate": str(made["candidate"]), "gender": "NON-BINARY"},
    "job": lambda made: {
        "name": "Senior Data Engineer",
        "code": "DE-22",
        "status": "DRAFT",
        "departments": [str(made["department"])],
        "offices": [str(made["office"])],
        "remote_user_id": str(made["remote_user"]),
        "openings": 2,
    },
    "job_interview_stage": lambda made: {"name": "Trial day", "job": str(made["job"])},
    "offer": lambda made: {"application": str(made["application"]), "status": "SENT", "start_date": "2026-05-04"},
    "office": lambda _made: {"name": "Lisbon", "location": "Rua do Exemplo 12, Lisbon"},
    "reject_reason": lambda _made: {"name": "Position filled"},
    "remote_user": lambda _made: {"email": "jonas.berg@example.org", "access_role": "INTERVIEWER"},
    "scheduled_interview": lambda made: {
        "application": str(made["application"]),
        "interviewers": [str(made["remote_user"])],
        "start_at": "2026-03-05T15:00:00Z",
        "end_at": "2026-03-05T15:45:00Z",
    },
    "scorecard": lambda made: {"application": str(made["application"]), "overall_recommendation": "YES"},
    "screening_question": lambda made: {
        "job": str(made["job"]),
        "title": "Tooling",
        "type": "MULTI_SELECT",
        "options": [{"id": "opt-1", "label": "dbt"}],
    },
    "tag": lambda _made: {"name": "referral"},
}


def create_name(model: Model) -> str:
    return f"create_{model.slug}_api_ats_v1_{model.path.replace('-', '_')}_post"


def _scenarios_of(slug: str, path: Callable[[Made], str]) -> dict[str, Scenario]:
    """The answers of one create; `path` is where it stands, by the ids of what is there."""

    async def sent(stage: Stage, headers: dict[str, str] | None = None) -> httpx.Response:
        made = await furnish(stage.world)
        headers = await stage.bindbee() if headers is None else headers
        return await stage.call("POST", path(made), json=BODIES[slug](made), headers=headers)

    async def unauthorized(stage: Stage) -> httpx.Response:
        return await sent(stage, {})

    async def forbidden(stage: Stage) -> httpx.Response:
        closed = {"bindbee_closed_writes": ",".join(model.path for model in MODELS.values())}
        services = replace(stage.world.services, settings=stage.world.services.settings.model_copy(update=closed))
        made = await furnish(stage.world)
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(create_app(services)), base_url=str(stage.world.client.base_url)
        ) as client:
            return await client.post(path(made), json=BODIES[slug](made), headers=await stage.bindbee())

    async def differs(stage: Stage) -> httpx.Response:
        made = await furnish(stage.world)
        headers = {**await stage.bindbee(), "X-Idempotency-Key": "retry-1"}
        first = await stage.call("POST", path(made), json=BODIES[slug](made), headers=headers)
        assert first.is_success, first.text
        return await stage.call("POST", path(made), json=BODIES[slug](made) | {"more": 1}, headers=headers)

    async def refused(stage: Stage) -> httpx.Response:
        made = await furnish(stage.world)
        headers = {"Authorization": (await stage.bindbee())["Authorization"]}
        return await stage.call("POST", path(made), json=BODIES[slug](made), headers=headers)

    async def limited(stage: Stage) -> httpx.Response:
        made = await furnish(stage.world)
        settings, headers = {"bindbee_requests_per_minute": 1}, await stage.bindbee()
        return await stage.call_limited("POST", path(made), settings=settings, json={}, headers=headers)

    statuses = {"401": unauthorized, "403": forbidden, "409": differs, "422": refused, "429": limited}
    return {**statuses, str(MODELS[slug].create.status): sent}


async def unknown_candidate(stage: Stage) -> httpx.Response:
    path = path_of(MODELS["candidate"], UNKNOWN) + "/attachments"
    body = {"file_name": "cv.pdf", "file_content": PDF}
    return await stage.call("POST", path, json=body, headers=await stage.bindbee())


_OF_CANDIDATE = "create_candidate_attachment_api_ats_v1_candidates__candidate_id__attachments_post"


def _scenarios() -> Iterator[tuple[tuple[str, str], Scenario]]:
    for slug, model in MODELS.items():
        for status, scenario in _scenarios_of(slug, lambda _made, model=model: path_of(model)).items():
            yield (create_name(model), status), scenario
    of_candidate = _scenarios_of(
        "attachment", lambda made: path_of(MODELS["candidate"], made["candidate"]) + "/attachments"
    )
    for status, scenario in of_candidate.items():
        yield (_OF_CANDIDATE, status), scenario
    yield (_OF_CANDIDATE, "404"), unknown_candidate


SCENARIOS = dict(_scenarios())
SHOWS_ANOTHER_FIELD = {(_OF_CANDIDATE, "404")}
