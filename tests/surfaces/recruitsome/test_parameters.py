"""Wrong parameters: each in the contract's words, all at once."""

import pytest

from tests.surfaces.recruitsome.conftest import CareerSite

BIG = "9" * 30


@pytest.mark.parametrize(
    ("query", "field", "text"),
    [
        ("per_page=101", "per_page", "The per page must not be greater than 100."),
        ("per_page=0", "per_page", "The per page must be at least 1."),
        ("per_page=ten", "per_page", "The per page must be an integer."),
        ("per_page=", "per_page", "The per page must be an integer."),
        ("page=0", "page", "The page must be at least 1."),
        ("page=-1", "page", "The page must be at least 1."),
        ("page=1.5", "page", "The page must be an integer."),
        ("page=1e3", "page", "The page must be an integer."),
        ("page=%2B1", "page", "The page must be an integer."),
        ("page=%D9%A1", "page", "The page must be an integer."),
        (f"page={BIG}", "page", "The page must be an integer."),
        ("page=9223372036854775808", "page", "The page must be an integer."),
        ("page[]=1", "page", "The page must be an integer."),
        ("page=1&page=x", "page", "The page must be an integer."),
        ("language=e", "language", "The language must be 2 characters."),
        ("language=eng", "language", "The language must be 2 characters."),
        ("language=", "language", "The language must be 2 characters."),
        ("language[]=en", "language", "The language must be a string."),
        ("sort=salary", "sort", "The selected sort is invalid."),
        ("sort=", "sort", "The selected sort is invalid."),
        ("sort[]=title", "sort", "The selected sort is invalid."),
        ("sort_direction=up", "sort_direction", "The selected sort direction is invalid."),
        ("sort_direction=ASC", "sort_direction", "The selected sort direction is invalid."),
        ("include=everything", "include", "The selected include is invalid."),
        ("search=" + "a" * 256, "search", "The search must not be greater than 255 characters."),
        ("search=a%00b", "search", "The search format is invalid."),
        ("search[]=a", "search", "The search must be a string."),
        ("location_id=lund", "location_id", "The location id must be an integer."),
        ("location_id=0", "location_id", "The location id must be at least 1."),
        (f"location_id={BIG}", "location_id", "The location id must be an integer."),
        ("location_id[]=lund", "location_id.0", "The location id.0 must be an integer."),
        ("location_id[]=1&location_id[]=x", "location_id.1", "The location id.1 must be an integer."),
        ("department_id=1.0", "department_id", "The department id must be an integer."),
        ("company_location_id[7]=", "company_location_id.7", "The company location id.7 must be an integer."),
        ("job_types=1", "job_types", "The job types must be an array."),
        ("education_levels=", "education_levels", "The education levels must be an array."),
        ("tags=1&tags[]=1", "tags", "The tags must be an array."),
        ("tags[0]=x", "tags.0", "The tags.0 must be an integer."),
        ("tags[0][0]=1", "tags.0", "The tags.0 must be an integer."),
        (f"tags[]={BIG}", "tags.0", "The tags.0 must be an integer."),
    ],
)
async def test_a_wrong_parameter_is_named(site: CareerSite, query: str, field: str, text: str) -> None:
    assert await site.problems(f"?{query}") == {field: [text]}


async def test_all_wrong_parameters_are_named_at_once(site: CareerSite) -> None:
    assert await site.problems("?per_page=101&language=english&sort=x&tags=1&location_id[]=a&location_id[]=b") == {
        "per_page": ["The per page must not be greater than 100."],
        "language": ["The language must be 2 characters."],
        "sort": ["The selected sort is invalid."],
        "location_id.0": ["The location id.0 must be an integer."],
        "location_id.1": ["The location id.1 must be an integer."],
        "tags": ["The tags must be an array."],
    }


@pytest.mark.parametrize(
    "query",
    [
        "?unknown=1&search_for=x&Tags=1&tags[=1&[]=1&=1&%00=%00",
        "?page=x&page=1",
        "?include_media=perhaps&include_media[]=1",
        "?search=" + "ü" * 255,
        "?search=",
    ],
)
async def test_what_is_let_through(site: CareerSite, query: str) -> None:
    await site.vacancy("Planner")
    expected = [] if "search=ü" in query else ["Planner"]
    assert await site.titles(query) == expected


async def test_the_largest_integers_find_nothing(site: CareerSite) -> None:
    await site.vacancy("Planner")
    for query in ("page", "location_id", "tags[]"):
        page = await site.page(f"?{query}=9223372036854775807&per_page=100")
        assert page["data"] == []
