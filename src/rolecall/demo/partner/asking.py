"""The partner's server: it asks the demo for an access token and for signed addresses, by the contract over HTTP."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import httpx

from rolecall.demo.keeping import Recruitifi

_SECONDS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A screen: the call that was made for it, and the address that came back or the answer that did instead."""

    screen: str
    call: str
    url: str | None
    answer: str


async def frames(server: str, account: Recruitifi, asked: Mapping[str, Mapping[str, str]]) -> list[Frame]:
    """The frame of each screen, asked for with its ids. `server` is where the demo listens. Raises httpx.HTTPError."""
    async with httpx.AsyncClient(base_url=server, timeout=_SECONDS) as client:
        token = await _token(client, account)
        return [await _frame(client, token, screen, ids) for screen, ids in asked.items()]


async def _token(client: httpx.AsyncClient, account: Recruitifi) -> str:
    body = {"client_id": account.client_id, "client_secret": account.client_secret}
    answer = await client.post("/v1/auth/token", json=body)
    answer.raise_for_status()
    return answer.json()["access_token"]


async def _frame(client: httpx.AsyncClient, token: str, screen: str, ids: Mapping[str, str]) -> Frame:
    call = f"/v1/links/{screen}?{urlencode(ids)}"
    answer = await client.get(call, headers={"X-Auth-Token": token})
    url = answer.json()["url"] if answer.is_success else None
    return Frame(screen=screen, call=call, url=url, answer=f"{answer.status_code} {answer.text}")
