"""Health and vacancies."""

from tests.architecture.calls import Call
from tests.architecture.ids import Ids


def vacancies(theirs: Ids, _own: Ids) -> list[Call]:
    queries = [
        {"include_company_name": "1", "include_compensation": "1"},
        {"location_id": theirs.office_number},
        {"department_id": theirs.department_number},
        {"company_location_id": theirs.company_number},
        {"job_types[]": theirs.job_type_number},
        {"tags[]": theirs.tag_number},
    ]
    return [Call(query=query) for query in queries]


def facets(theirs: Ids, _own: Ids) -> list[Call]:
    return [Call(query=call.query) for call in vacancies(theirs, _own)[1:]]


def vacancy(theirs: Ids, _own: Ids) -> list[Call]:
    return [Call(path={"slug": theirs.publication_slug}, query={"include_company_name": "1"})]


CALLS = {
    "getHealth": lambda _theirs, _own: [Call()],
    "listVacancies": vacancies,
    "getVacancyFacets": facets,
    "getVacancy": vacancy,
}
