"""Submissions: people whom agencies submit to a posting, and the stages that they go through."""

from enum import StrEnum

from rolecall.domain.errors import MoveRefused


class SubmissionStage(StrEnum):
    """Unconfirmed is the agency's word alone: the employer sees nothing until the person has confirmed."""

    UNCONFIRMED = "unconfirmed"
    AWAITING_SORT = "awaiting_sort"
    REVIEWING = "reviewing"
    INTERVIEWING = "interviewing"
    OFFERS = "offers"
    HIRED = "hired"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"


class Side(StrEnum):
    """Who moves a submission: the person, the agency, or the employer."""

    CANDIDATE = "candidate"
    AGENCY = "agency"
    CLIENT = "client"


_DECLINED = {SubmissionStage.DECLINED: Side.CANDIDATE}
_WITHDRAWN = {SubmissionStage.WITHDRAWN: Side.AGENCY}
_REJECTED = {SubmissionStage.REJECTED: Side.CLIENT}

# From each stage, where a submission may go and who takes it there. A rejection is undone to the stage it came from.
MOVES: dict[SubmissionStage, dict[SubmissionStage, Side]] = {
    SubmissionStage.UNCONFIRMED: {SubmissionStage.AWAITING_SORT: Side.CANDIDATE, **_DECLINED, **_WITHDRAWN},
    SubmissionStage.AWAITING_SORT: {SubmissionStage.REVIEWING: Side.CLIENT, **_DECLINED, **_WITHDRAWN, **_REJECTED},
    SubmissionStage.REVIEWING: {SubmissionStage.INTERVIEWING: Side.CLIENT, **_DECLINED, **_WITHDRAWN, **_REJECTED},
    SubmissionStage.INTERVIEWING: {SubmissionStage.OFFERS: Side.CLIENT, **_DECLINED, **_WITHDRAWN, **_REJECTED},
    SubmissionStage.OFFERS: {SubmissionStage.HIRED: Side.CLIENT, **_DECLINED, **_WITHDRAWN, **_REJECTED},
    SubmissionStage.HIRED: {},
    SubmissionStage.DECLINED: {},
    SubmissionStage.WITHDRAWN: {},
    SubmissionStage.REJECTED: {
        SubmissionStage.AWAITING_SORT: Side.CLIENT,
        SubmissionStage.REVIEWING: Side.CLIENT,
        SubmissionStage.INTERVIEWING: Side.CLIENT,
        SubmissionStage.OFFERS: Side.CLIENT,
    },
}


def check_move(old: SubmissionStage, new: SubmissionStage, *, by: Side) -> None:
    """Raise MoveRefused unless this side may take a submission from `old` to `new`."""
    if MOVES[old].get(new) != by:
        raise MoveRefused(kind="submission", old=old, new=new)
