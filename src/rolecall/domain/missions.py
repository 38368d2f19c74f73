"""Partners' missions: how one that becomes Live is offered to agencies."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from rolecall.domain.contract_work import engagement_of
from rolecall.domain.jobs import Job
from rolecall.domain.postings import LONGEST_DESCRIPTION, LONGEST_TITLE, Terms

HOUSE = "house"  # what commands call the client of a workspace for which no partner's client acts


class Audience(StrEnum):
    """Which agencies: every one, those that the missions' client prefers, or none, which is not to offer it at all."""

    ALL = "all"
    PREFERRED = "preferred"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class MissionDefaults:
    """What holds for a mission where nobody says otherwise. `fee_percent` is of the first year's pay."""

    fee_percent: Decimal
    agencies: Audience

    def __post_init__(self) -> None:
        object.__setattr__(self, "agencies", Audience(self.agencies))


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """How one mission is offered. What is None, or an empty list, is left to the defaults or to what is stored."""

    fee_percent: Decimal | None = None
    to: Audience | None = None
    agency_ids: Sequence[UUID] = ()


def terms_of(job: Job, *, text: str, fee_percent: Decimal) -> Terms:
    """The terms of a mission's posting. `text` is the job's description without markup."""
    return Terms(
        title=_shortened(job.title.strip(), LONGEST_TITLE),
        description=_shortened(text or job.title.strip(), LONGEST_DESCRIPTION),
        fee_percent=fee_percent,
        must_haves=[],
        questions=[],
        engagement=engagement_of(job.contract_type),
    )


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
