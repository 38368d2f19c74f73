"""RecruitSome's shape of a team member."""

import msgspec
from msgspec import UNSET, UnsetType

from rolecall.surfaces.recruitsome.wire import ImageSizes

# Where a role's word does not make its label by itself.
_LABELS = {"hr_manager": "HR manager", "ceo": "CEO", "cto": "CTO"}


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What a caller has switched on."""

    phone: bool
    role: bool


class TeamMember(msgspec.Struct, kw_only=True):
    """Somebody of the team. What a caller has not switched on is absent; `avatar` always has its three sizes."""

    id: int
    given_name: str
    family_name: str
    full_name: str
    job_title: str | None
    email: str
    avatar: ImageSizes
    phone: str | UnsetType | None = UNSET
    role: str | UnsetType | None = UNSET


class _Row(TeamMember, kw_only=True):
    role_word: str | UnsetType = UNSET
    role_label: str | UnsetType | None = UNSET


_decode_list = msgspec.json.Decoder(list[_Row]).decode
_decode = msgspec.json.Decoder(_Row).decode


def members(rows: str, *, shown: Shown) -> list[_Row]:
    """The list from the rows that `team_queries.team` answers."""
    return [_finished(row, shown) for row in _decode_list(rows)]


def member(row: str, *, shown: Shown) -> TeamMember:
    """One member from what `team_queries.team_member` answers."""
    return _finished(_decode(row), shown)


def _finished(row: _Row, shown: Shown) -> _Row:
    assert row.role_word is not UNSET, "the query answers it"
    if shown.role:
        row.role = row.role_label or _LABELS.get(row.role_word) or row.role_word.replace("_", " ").capitalize()
    if not shown.phone:
        row.phone = UNSET
    row.role_word = row.role_label = UNSET
    return row
