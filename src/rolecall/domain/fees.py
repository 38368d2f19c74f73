"""Fees that a client and an agency agreed on, in place of a posting's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rolecall.domain.errors import FieldInvalid
from rolecall.domain.texts import check_text

LONGEST_NOTE = 500
MOST_FEES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomFee:
    """A fee of a client's own, in percent of the first year's pay, and what it is for."""

    percentage: Decimal
    note: str | None = None


def kept_fees(fees: Sequence[CustomFee]) -> list[dict[str, str | None]]:
    """Fees as they are kept in JSON: `percentage` is text."""
    return [{"percentage": str(fee.percentage), "note": fee.note} for fee in fees]


def fees_kept_as(kept: Sequence[Mapping[str, str | None]]) -> list[CustomFee]:
    """The fees that JSON keeps."""
    return [CustomFee(percentage=Decimal(fee["percentage"] or 0), note=fee["note"]) for fee in kept]


def check_custom_fees(fees: Sequence[CustomFee]) -> None:
    """Raise FieldInvalid for too many fees, or one that is no percentage or has a note too long."""
    if len(fees) > MOST_FEES:
        raise FieldInvalid(field="custom_fees", hint=f"at most {MOST_FEES}")
    for fee in fees:
        if not 0 < fee.percentage <= 100 or fee.percentage != round(fee.percentage, 2):
            raise FieldInvalid(field="custom_fees", hint="a percentage is more than 0, at most 100, with two decimals")
        check_text(fee.note or "", field="custom_fees", longest=LONGEST_NOTE, required=False)
