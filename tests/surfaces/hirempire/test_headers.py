"""What a bad header is answered with depends on the operation; what a bad token is answered with does not."""

from datetime import timedelta

import pytest

from rolecall.domain.credentials import CredentialKind
from tests.surfaces.hirempire.conftest import Tracker
from tests.world import World

INVALID, EXPIRED = (401, "Invalid token"), (401, "Token is expired")
MALFORMED = (400, "Authorization header must start with 'Bearer '.")
MISSING = (400, "Missing 'Authorization' header.")
# Operation: the answers to no header and to one that is no bearer's.
TOLD = {
    ("GET", "jobs"): (INVALID, INVALID),
    ("GET", "get-job"): (INVALID, INVALID),
    ("POST", "add-job"): (MISSING, MALFORMED),
    ("PATCH", "update-job"): ((400, "Authorization header is required."), MALFORMED),
    ("DELETE", "delete-job"): (MISSING, MALFORMED),
    ("GET", "job-sources"): (INVALID, INVALID),
    ("POST", "create-source"): (INVALID, INVALID),
    ("GET", "candidates"): (INVALID, INVALID),
    ("GET", "get-candidate"): (INVALID, INVALID),
    ("GET", "job-candidates"): (INVALID, INVALID),
    ("PATCH", "update-candidate"): (INVALID, INVALID),
    ("POST", "create-company"): (MISSING, MALFORMED),
    ("DELETE", "delete-company"): (MISSING, MALFORMED),
}


async def _answer(world: World, call: tuple[str, str], header: str | None) -> tuple[int, str]:
    headers = {} if header is None else {"Authorization": header}
    # A query and a body that would be refused: the token comes first.
    answer = await world.client.request(call[0], f"/v1/{call[1]}?other=1", headers=headers, content=b"{}")
    assert answer.json()["success"] is False
    return answer.status_code, answer.json()["error"]


@pytest.mark.parametrize("call", TOLD, ids=lambda call: call[1])
async def test_a_header_that_is_missing_or_malformed(tracker: Tracker, call: tuple[str, str]) -> None:
    missing, malformed = TOLD[call]
    assert await _answer(tracker.world, call, None) == missing
    assert await _answer(tracker.world, call, "") == missing
    for header in ("Bearer", "Basic abc", tracker.token, f"bearer {tracker.token}"):
        assert await _answer(tracker.world, call, header) == malformed


@pytest.mark.parametrize("call", TOLD, ids=lambda call: call[1])
async def test_a_token_that_is_unknown_or_expired(acme: World, call: tuple[str, str]) -> None:
    expired = await acme.secret(CredentialKind.HIREMPIRE, lives=timedelta(seconds=-1))
    assert await _answer(acme, call, "Bearer sk-unknown") == INVALID
    assert await _answer(acme, call, f"Bearer {expired}") == EXPIRED


async def test_the_verdict_on_a_token_is_always_an_answer(acme: World, tracker: Tracker) -> None:
    expired = await acme.secret(CredentialKind.HIREMPIRE, lives=timedelta(seconds=-1))
    verdicts = []
    for header in (None, "sk-x", "Bearer sk-unknown", f"Bearer {expired}", f"Bearer {tracker.token}"):
        headers = {} if header is None else {"Authorization": header}
        answer = await acme.client.get("/v1/n8n/verify-credentials", headers=headers)
        assert answer.status_code == 200
        verdicts.append(answer.json())
    invalid = {"ok": False, "reason": "invalid_token"}
    assert verdicts == [invalid, invalid, invalid, {"ok": False, "reason": "expired"}, {"ok": True}]
