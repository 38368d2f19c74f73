"""Cost centers, looked after by a client's finance managers."""

from dataclasses import replace
from uuid import UUID

from rolecall.actions.contacts import read_email
from rolecall.actions.context import Context, record
from rolecall.actions.ids import new_id
from rolecall.domain.clients import ClientUser, Permission, check_permitted
from rolecall.domain.cost_centers import CostCenter, CostCenterFacts, check_archivable, check_facts, check_in_use
from rolecall.domain.errors import CostCenterUnknown, FieldInvalid, NameTaken
from rolecall.store import clients, cost_centers
from rolecall.store.db import UniqueViolation


async def create_cost_center(ctx: Context, user: ClientUser, facts: CostCenterFacts) -> CostCenter:
    """Store a cost center of the user's client; the first one in use is the default.

    Raises PermissionMissing, NameTaken, FieldMissing or FieldInvalid.
    """
    facts, others = await _begin(ctx, user, facts)
    center = CostCenter(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        client_id=user.client_id,
        name=facts.name,
        address=facts.address,
        invoice_recipients=list(facts.invoice_recipients),
        notice=facts.notice,
        is_default=not any(other.is_default for other in others),
        archived_at=None,
        created_at=ctx.now,
        updated_at=ctx.now,
    )
    try:
        async with ctx.conn.transaction():
            await cost_centers.insert(ctx.conn, center)
    except UniqueViolation as error:
        raise NameTaken(kind="cost center", name=facts.name) from error
    await record(ctx, "cost_center", "created", record_id=center.id, client=str(user.client_id))
    return center


async def change_cost_center(ctx: Context, user: ClientUser, center_id: UUID, facts: CostCenterFacts) -> None:
    """Store other facts. Raises PermissionMissing, CostCenterUnknown, NameTaken, FieldMissing or FieldInvalid."""
    facts, others = await _begin(ctx, user, facts)
    center = _one(others, center_id)
    try:
        async with ctx.conn.transaction():
            await cost_centers.set_facts(ctx.conn, ctx.workspace_id, center.id, facts, now=ctx.now)
    except UniqueViolation as error:
        raise NameTaken(kind="cost center", name=facts.name) from error
    await record(ctx, "cost_center", "changed", record_id=center.id)


async def make_default_cost_center(ctx: Context, user: ClientUser, center_id: UUID) -> None:
    """Let a cost center be the default. Raises PermissionMissing, CostCenterUnknown or CostCenterArchived."""
    others = await _hold_all(ctx, user)
    center = _one(others, center_id)
    check_in_use(center)
    if center.is_default:
        return
    for other in others:
        if other.is_default:
            await cost_centers.set_default(ctx.conn, ctx.workspace_id, other.id, is_default=False, now=ctx.now)
    await cost_centers.set_default(ctx.conn, ctx.workspace_id, center.id, is_default=True, now=ctx.now)
    await record(ctx, "cost_center", "changed", record_id=center.id, is_default=True)


async def archive_cost_center(ctx: Context, user: ClientUser, center_id: UUID, *, archived: bool = True) -> None:
    """Take a cost center out of use, or bring it back with False. What was hired on it stays there.

    Raises PermissionMissing, CostCenterUnknown or DefaultCostCenter.
    """
    others = await _hold_all(ctx, user)
    center = _one(others, center_id)
    if archived == (center.archived_at is not None):
        return
    if archived:
        check_archivable(center, others)
    at = ctx.now if archived else None
    await cost_centers.set_archived(ctx.conn, ctx.workspace_id, center.id, at=at, now=ctx.now)
    if not archived and not any(other.is_default for other in others):
        await cost_centers.set_default(ctx.conn, ctx.workspace_id, center.id, is_default=True, now=ctx.now)
    await record(ctx, "cost_center", "changed", record_id=center.id, archived=archived)


async def _begin(ctx: Context, user: ClientUser, facts: CostCenterFacts) -> tuple[CostCenterFacts, list[CostCenter]]:
    """The facts as they are stored, and the client's cost centers, held against other writers."""
    others = await _hold_all(ctx, user)
    recipients = list(dict.fromkeys(_address(text) for text in facts.invoice_recipients if text.strip()))
    notice = (facts.notice or "").strip() or None
    name, address = facts.name.strip(), facts.address.strip()
    facts = replace(facts, name=name, address=address, invoice_recipients=recipients, notice=notice)
    check_facts(facts)
    return facts, others


async def _hold_all(ctx: Context, user: ClientUser) -> list[CostCenter]:
    check_permitted(user, Permission.FINANCE_MANAGER)
    await clients.hold(ctx.conn, ctx.workspace_id, user.client_id)
    return await cost_centers.of_client(ctx.conn, ctx.workspace_id, user.client_id)


def _one(centers: list[CostCenter], center_id: UUID) -> CostCenter:
    found = next((center for center in centers if center.id == center_id), None)
    if found is None:
        raise CostCenterUnknown
    return found


def _address(text: str) -> str:
    email = read_email(text.strip())
    if email is None:
        raise FieldInvalid(field="invoice_recipients", hint="e-mail addresses, one on each line")
    return email
