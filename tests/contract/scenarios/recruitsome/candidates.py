"""How each documented answer of the candidates' operations comes about."""

import httpx

from rolecall.actions.members import NewMember, create_member
from rolecall.domain.credentials import CredentialKind
from rolecall.store import candidates
from rolecall.store.members import Member
from tests.contract.stage import Stage
from tests.documents_sent import PDF
from tests.people import NOW, make_candidate

CANDIDATES = "/api/v1/candidates"
PROCESSING = f"{CANDIDATES}/processing"
ONE_A_MINUTE = {"recruitsome_requests_per_minute": 1}


async def _key(stage: Stage, scope: str) -> dict[str, str]:
    return await stage.bearer(CredentialKind.RECRUITSOME, scopes=[scope])


async def _member(stage: Stage) -> Member:
    async with stage.world.services.database.writing() as conn:
        new = NewMember(email="iris@agency.example", first_name="Iris", last_name="Terpstra")
        return await create_member(stage.world.context(conn), new)


async def _listed(stage: Stage) -> tuple[Member, str]:
    """A member, and the slug of a candidate in their repository."""
    member = await _member(stage)
    async with stage.world.services.database.writing() as conn:
        candidate = await make_candidate(conn, member.workspace_id)
        await candidates.add_members(conn, member.workspace_id, candidate.id, member_ids=[member.id], now=NOW)
    return member, candidate.slug


async def listed(stage: Stage) -> httpx.Response:
    member, _ = await _listed(stage)
    query = f"?user_id={member.number}&search=mira"
    answer = await stage.call("GET", CANDIDATES + query, headers=await _key(stage, "candidates:read"))
    assert len(answer.json()["data"]) == 1
    return answer


async def listed_without_key(stage: Stage) -> httpx.Response:
    return await stage.call("GET", CANDIDATES)


async def listed_without_scope(stage: Stage) -> httpx.Response:
    return await stage.call("GET", CANDIDATES, headers=await _key(stage, "candidates:write"))


async def listed_of_nobody(stage: Stage) -> httpx.Response:
    query = "?user_id=999999999999&sort=salary"
    return await stage.call("GET", CANDIDATES + query, headers=await _key(stage, "candidates:read"))


async def listed_too_often(stage: Stage) -> httpx.Response:
    headers = await _key(stage, "candidates:read")
    return await stage.call_limited("GET", CANDIDATES, settings=ONE_A_MINUTE, headers=headers)


async def shown(stage: Stage) -> httpx.Response:
    member, slug = await _listed(stage)
    query = f"/{slug}?user_id={member.number}"
    return await stage.call("GET", CANDIDATES + query, headers=await _key(stage, "candidates:read"))


async def shown_without_key(stage: Stage) -> httpx.Response:
    return await stage.call("GET", f"{CANDIDATES}/milan", headers={"Authorization": "Bearer wrong"})


async def shown_without_scope(stage: Stage) -> httpx.Response:
    return await stage.call("GET", f"{CANDIDATES}/milan", headers=await _key(stage, "candidates:write"))


async def shown_to_another(stage: Stage) -> httpx.Response:
    return await stage.call("GET", f"{CANDIDATES}/processing", headers=await _key(stage, "candidates:read"))


async def shown_to_nobody(stage: Stage) -> httpx.Response:
    return await stage.call("GET", f"{CANDIDATES}/milan?user_id=x", headers=await _key(stage, "candidates:read"))


async def shown_too_often(stage: Stage) -> httpx.Response:
    headers = await _key(stage, "candidates:read")
    return await stage.call_limited("GET", f"{CANDIDATES}/milan", settings=ONE_A_MINUTE, headers=headers)


async def uploaded(stage: Stage) -> httpx.Response:
    member = await _member(stage)
    headers = await _key(stage, "candidates:write")
    files = {"resume": ("cv.pdf", PDF)}
    return await stage.call("POST", CANDIDATES, data={"user_id": str(member.number)}, files=files, headers=headers)


async def uploaded_without_key(stage: Stage) -> httpx.Response:
    return await stage.call("POST", CANDIDATES, json={})


async def uploaded_without_scope(stage: Stage) -> httpx.Response:
    return await stage.call("POST", CANDIDATES, json={}, headers=await _key(stage, "candidates:read"))


async def uploaded_nothing(stage: Stage) -> httpx.Response:
    return await stage.call("POST", CANDIDATES, json={}, headers=await _key(stage, "candidates:write"))


async def uploaded_too_often(stage: Stage) -> httpx.Response:
    headers = await _key(stage, "candidates:write")
    return await stage.call_limited("POST", CANDIDATES, settings=ONE_A_MINUTE, json={}, headers=headers)


async def processed(stage: Stage) -> httpx.Response:
    ticket = (await uploaded(stage)).json()["processing_id"]
    headers = await _key(stage, "candidates:write")
    return await stage.call("GET", f"{PROCESSING}/{ticket}", headers=headers)


async def processed_without_key(stage: Stage) -> httpx.Response:
    return await stage.call("GET", f"{PROCESSING}/1", headers={"Authorization": "Bearer wrong"})


async def processed_without_scope(stage: Stage) -> httpx.Response:
    return await stage.call("GET", f"{PROCESSING}/1", headers=await _key(stage, "candidates:read"))


async def processed_by_nobody(stage: Stage) -> httpx.Response:
    return await stage.call("GET", f"{PROCESSING}/1", headers=await _key(stage, "candidates:write"))


async def processed_too_often(stage: Stage) -> httpx.Response:
    headers = await _key(stage, "candidates:write")
    return await stage.call_limited("GET", f"{PROCESSING}/1", settings=ONE_A_MINUTE, headers=headers)


SCENARIOS = {
    ("listCandidates", "200"): listed,
    ("listCandidates", "401"): listed_without_key,
    ("listCandidates", "403"): listed_without_scope,
    ("listCandidates", "422"): listed_of_nobody,
    ("listCandidates", "429"): listed_too_often,
    ("getCandidate", "200"): shown,
    ("getCandidate", "401"): shown_without_key,
    ("getCandidate", "403"): shown_without_scope,
    ("getCandidate", "404"): shown_to_another,
    ("getCandidate", "422"): shown_to_nobody,
    ("getCandidate", "429"): shown_too_often,
    ("createCandidate", "202"): uploaded,
    ("createCandidate", "401"): uploaded_without_key,
    ("createCandidate", "403"): uploaded_without_scope,
    ("createCandidate", "422"): uploaded_nothing,
    ("createCandidate", "429"): uploaded_too_often,
    ("getCandidateProcessing", "200"): processed,
    ("getCandidateProcessing", "401"): processed_without_key,
    ("getCandidateProcessing", "403"): processed_without_scope,
    ("getCandidateProcessing", "404"): processed_by_nobody,
    ("getCandidateProcessing", "429"): processed_too_often,
}

# The contract shows one example of a body that names a field or scope; these scenarios name another one.
SHOWS_ANOTHER_FIELD = {
    ("listCandidates", "403"),
    ("listCandidates", "422"),
    ("getCandidate", "403"),
    ("getCandidate", "422"),
    ("createCandidate", "403"),
    ("createCandidate", "422"),
    ("getCandidateProcessing", "403"),
}
