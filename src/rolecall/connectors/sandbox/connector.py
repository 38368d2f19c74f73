"""The sandbox: linked with a made-up key, it has a made-up company of 2,000 people who hire for 300 jobs.

A key that ends in `-revoked` can be linked, but is refused from then on: with it one sees what a customer who has to
link again looks like.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from rolecall.connectors.sandbox.company import company_of
from rolecall.connectors.sandbox.records import records_of
from rolecall.connectors.sandbox.vendor import answer
from rolecall.ports.ats import Account, Integration, SecretField, SecretsRefused, VendorRequest
from rolecall.ports.outbound import Outbound, Reply
from rolecall.ports.remote_records import RemoteRecord

_KEY = "api_key"
_BEGINS, _REVOKED = "sandbox-", "-revoked"
_BATCH = 1_000


class Sandbox:
    """`ports.ats.Ats` of the made-up system. It needs nobody outside."""

    async def check(self, account: Account) -> None:
        """See `ports.ats.Ats`."""
        if not account.secrets.get(_KEY, "").startswith(_BEGINS):
            raise SecretsRefused

    async def read(self, account: Account) -> AsyncIterator[Sequence[RemoteRecord]]:
        """See `ports.ats.Ats`. One more day has passed at each sync."""
        key = _key_in_force(account)
        company = await asyncio.to_thread(company_of, key, days=account.syncs)
        for records in records_of(company):
            for start in range(0, len(records), _BATCH):
                yield records[start : start + _BATCH]

    async def ask(self, account: Account, request: VendorRequest) -> Reply:
        """See `ports.ats.Ats`. The company is as the last sync found it."""
        key = _key_in_force(account)
        company = await asyncio.to_thread(company_of, key, days=max(0, account.syncs - 1))
        return await answer(company, request)


def _key_in_force(account: Account) -> str:
    key = account.secrets.get(_KEY, "")
    if not key.startswith(_BEGINS) or key.endswith(_REVOKED):
        raise SecretsRefused
    return key


def _connect(_outbound: Outbound) -> Sandbox:
    return Sandbox()


INTEGRATION = Integration(
    slug="sandbox",
    id=UUID("0198c210-0f57-7be1-a402-9c13d8e6f002"),
    name="Sandbox ATS",
    description="A made-up company of 2,000 people who hire for 300 jobs, to try everything with.",
    icon="sandbox.svg",
    secrets=[
        SecretField(
            name=_KEY,
            label="API key",
            hint="Any word that begins with sandbox-, as in sandbox-blue. The same key is the same company each time.",
        )
    ],
    is_test=True,
    connect=_connect,
)
