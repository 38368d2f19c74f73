"""Cost centers: where a client's invoices go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rolecall.domain.errors import CostCenterArchived, DefaultCostCenter, FieldInvalid
from rolecall.domain.texts import check_text

LONGEST_NAME = 200
LONGEST_ADDRESS = 500
LONGEST_NOTICE = 1_000
MOST_RECIPIENTS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class CostCenterFacts:
    """What a client says of a cost center; `invoice_recipients` are e-mail addresses, `notice` is for its invoices."""

    name: str
    address: str
    invoice_recipients: Sequence[str] = ()
    notice: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CostCenter:
    """A stored cost center. An archived one takes no new hires, and stays with those it had."""

    workspace_id: UUID
    id: UUID
    client_id: UUID
    name: str
    address: str
    invoice_recipients: list[str]
    notice: str | None
    is_default: bool
    archived_at: datetime | None
    created_at: datetime
    updated_at: datetime


def check_facts(facts: CostCenterFacts) -> None:
    """Raise FieldMissing or FieldInvalid for the first fact that cannot be stored. Addresses are read elsewhere."""
    check_text(facts.name, field="name", longest=LONGEST_NAME)
    check_text(facts.address, field="address", longest=LONGEST_ADDRESS, lines=True)
    check_text(facts.notice or "", field="notice", longest=LONGEST_NOTICE, lines=True, required=False)
    if len(facts.invoice_recipients) > MOST_RECIPIENTS:
        raise FieldInvalid(field="invoice_recipients", hint=f"at most {MOST_RECIPIENTS}")


def check_archivable(center: CostCenter, others: Sequence[CostCenter]) -> None:
    """Raise DefaultCostCenter for the default, unless it is the only one in use."""
    if center.is_default and any(other.archived_at is None and other.id != center.id for other in others):
        raise DefaultCostCenter


def check_in_use(center: CostCenter) -> None:
    """Raise CostCenterArchived for one that is archived."""
    if center.archived_at is not None:
        raise CostCenterArchived
