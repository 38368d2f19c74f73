"""Who calls the CrossPath contract: a partner account, by its key."""

from typing import TypeAlias

from starlette.requests import Request

from rolecall.actions.context import Context
from rolecall.domain.credentials import CredentialKind
from rolecall.domain.errors import CredentialMissing, CredentialUnknown
from rolecall.services import Services
from rolecall.store import partners
from rolecall.store.partners import Partner
from rolecall.web.requests import authorization
from rolecall.web.surface import Call

PartnerCall: TypeAlias = Call[Partner, Services]


async def authenticate(request: Request, services: Services) -> Partner:
    """The partner account of the key in the Authorization header.

    Raises CredentialMissing, CredentialUnknown or CredentialExpired, and CredentialUnknown for a disabled account.
    """
    scheme, _, key = (authorization(request) or "").partition(" ")
    if scheme.lower() not in {"apikey", "bearer"} or not key.strip():
        raise CredentialMissing
    credential = await services.credentials.find_live(CredentialKind.CROSSPATH, key.strip(), now=services.clock())
    if credential is None or credential.subject_id is None:
        raise CredentialUnknown
    async with services.database.reading() as conn:
        partner = await partners.get(conn, credential.workspace_id, credential.subject_id)
    if partner is None or partner.disabled_at is not None:
        raise CredentialUnknown
    return partner


async def acting(call: PartnerCall) -> Context:
    """The context of an action by the calling partner."""
    partner = call.principal
    return await call.services.context(call.conn, partner.workspace_id, actor=f"partner:{partner.id}")
