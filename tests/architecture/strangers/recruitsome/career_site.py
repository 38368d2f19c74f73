"""The team, the offices and the articles."""

from tests.architecture.calls import Call
from tests.architecture.ids import Ids


def team(_theirs: Ids, _own: Ids) -> list[Call]:
    return [Call(query={"include_phone": "1", "include_role": "1"}), Call(query={"role": "recruiter"})]


def locations(_theirs: Ids, _own: Ids) -> list[Call]:
    flags = {"include_vacancy_count": "1", "include_coordinates": "1"}
    return [Call(query=flags), Call(query={**flags, "country_code": "NL"})]


def articles(theirs: Ids, _own: Ids) -> list[Call]:
    return [Call(query={"include_media": "1"}), Call(query={"tags[]": theirs.tag_number})]


CALLS = {
    "listTeam": team,
    "getTeamMember": lambda theirs, _own: [Call(path={"id": theirs.member_number})],
    "listLocations": locations,
    "getLocation": lambda theirs, _own: [
        Call(path={"slug": theirs.office_slug}, query={"include_vacancy_count": "1"}),
    ],
    "listArticles": articles,
    "getArticle": lambda theirs, _own: [Call(path={"slug": theirs.article_slug})],
}
