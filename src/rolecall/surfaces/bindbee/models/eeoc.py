"""Equal-opportunity answers, kept apart from the candidate's record."""

from typing import Annotated
from uuid import UUID

from rolecall.actions.hiring import create_eeoc
from rolecall.surfaces.bindbee.creating import Body, Create, Line, Making, Moment, Of
from rolecall.surfaces.bindbee.model import Ids, Model, One, Time, Word, ours, spelled

RACES = spelled(
    "AMERICAN_INDIAN_OR_ALASKA_NATIVE",
    "ASIAN_OR_INDIAN_SUBCONTINENT",
    "BLACK_OR_AFRICAN_AMERICAN",
    "HISPANIC_OR_LATINO",
    "NATIVE_HAWAIIAN_OR_OTHER_PACIFIC_ISLANDER",
    "TWO_OR_MORE_RACES",
    "WHITE",
    "PREFER_NOT_TO_DISCLOSE",
)
GENDERS = spelled("MALE", "FEMALE", "NON-BINARY", "OTHER", "PREFER_NOT_TO_DISCLOSE")
VETERAN_STATUSES = spelled(
    "I_DONT_WISH_TO_ANSWER",
    "DISABLED_VETERAN",
    "SPECIAL_DISABLED_VETERAN",
    "VIETNAM_ERA_VETERAN",
    "OTHER_PROTECTED_VETERAN",
    "THREE_YEAR_RECENTLY_SEPARATED_VETERAN",
    "ONE_YEAR_RECENTLY_SEPARATED_VETERAN",
    "DISABLED_INDIVIDUAL",
    "I_IDENTIFY_AS_ONE_OR_MORE_OF_THE_CLASSIFICATIONS_OF_A_PROTECTED_VETERAN",
    "I_AM_NOT_A_PROTECTED_VETERAN",
)
DISABILITY_STATUSES = spelled(
    "YES_I_HAVE_A_DISABILITY_OR_PREVIOUSLY_HAD_A_DISABILITY", "NO_I_DONT_HAVE_A_DISABILITY", "I_DONT_WISH_TO_ANSWER"
)


class NewEeoc(Body):
    candidate: Annotated[UUID, Of("candidate")]
    submitted_at: Moment | None = None
    race: Line | None = None
    gender: Line | None = None
    veteran_status: Line | None = None
    disability_status: Line | None = None


async def _create(making: Making, new: NewEeoc) -> UUID:
    return await create_eeoc(
        making.ctx,
        making.connector_id,
        candidate_id=new.candidate,
        submitted_at=new.submitted_at,
        race=ours(RACES, new.race),
        gender=ours(GENDERS, new.gender),
        veteran_status=ours(VETERAN_STATUSES, new.veteran_status),
        disability_status=ours(DISABILITY_STATUSES, new.disability_status),
    )


MODEL = Model(
    title="EEOC",
    slug="eeoc",
    path="eeocs",
    table="eeoc",
    fields=(
        One("candidate", "candidate", "t.candidate_id"),
        Time("submitted_at"),
        Word("race", "t.race", RACES),
        Word("gender", "t.gender", GENDERS),
        Word("veteran_status", "t.veteran_status", VETERAN_STATUSES),
        Word("disability_status", "t.disability_status", DISABILITY_STATUSES),
    ),
    filters=(Ids("candidate", "t.candidate_id"),),
    create=Create(shape=lambda _sent: NewEeoc, act=_create),
)
