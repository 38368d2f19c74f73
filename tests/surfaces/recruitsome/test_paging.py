"""The paginator: plain page numbers, absolute links, and seven facts about the page."""

from tests.surfaces.recruitsome.conftest import CareerSite

LIST = "http://rolecall.test/api/v1/vacancies"


async def _three(site: CareerSite) -> None:
    for title in ("Alpha", "Beta", "Gamma"):
        await site.vacancy(title)


async def test_an_empty_list(site: CareerSite) -> None:
    assert await site.page() == {
        "data": [],
        "links": {"first": f"{LIST}?page=1", "last": f"{LIST}?page=1", "prev": None, "next": None},
        "meta": {
            "current_page": 1,
            "from": None,
            "last_page": 1,
            "path": LIST,
            "per_page": 20,
            "to": None,
            "total": 0,
        },
    }


async def test_a_page_in_the_middle(site: CareerSite) -> None:
    await _three(site)
    page = await site.page("?per_page=1&page=2")
    assert [vacancy["title"] for vacancy in page["data"]] == ["Beta"]
    assert page["links"] == {
        "first": f"{LIST}?per_page=1&page=1",
        "last": f"{LIST}?per_page=1&page=3",
        "prev": f"{LIST}?per_page=1&page=1",
        "next": f"{LIST}?per_page=1&page=3",
    }
    assert list(page["meta"].items()) == [
        ("current_page", 2),
        ("from", 2),
        ("last_page", 3),
        ("path", LIST),
        ("per_page", 1),
        ("to", 2),
        ("total", 3),
    ]


async def test_the_last_page_may_be_short(site: CareerSite) -> None:
    await _three(site)
    page = await site.page("?per_page=2&page=2")
    assert [vacancy["title"] for vacancy in page["data"]] == ["Alpha"]
    assert (page["meta"]["from"], page["meta"]["to"], page["meta"]["last_page"]) == (3, 3, 2)
    assert page["links"]["next"] is None


async def test_a_page_past_the_end_is_empty(site: CareerSite) -> None:
    await _three(site)
    for query in ("?page=2", "?page=2&search=a"):
        page = await site.page(query)
        assert page["data"] == []
        assert (page["meta"]["from"], page["meta"]["to"]) == (None, None)
        assert (page["meta"]["total"], page["meta"]["last_page"], page["meta"]["current_page"]) == (3, 1, 2)
        assert page["links"]["prev"].endswith("page=1")


async def test_a_hundred_is_the_most(site: CareerSite) -> None:
    assert (await site.page("?per_page=100"))["meta"]["per_page"] == 100


async def test_links_repeat_all_other_parameters(site: CareerSite) -> None:
    page = await site.page("?page=1&search=night+shift&tags[]=1&tags[]=2&utm=%C3%BC%26&include_media=1")
    assert page["links"]["first"] == (
        f"{LIST}?search=night+shift&tags%5B%5D=1&tags%5B%5D=2&utm=%C3%BC%26&include_media=1&page=1"
    )
    assert page["meta"]["path"] == LIST


async def test_links_lead_through_the_whole_list_once(site: CareerSite) -> None:
    await _three(site)
    url, titles = "?per_page=2&sort=title&sort_direction=asc", []
    while url is not None:
        page = await site.page(url.removeprefix(LIST))
        titles += [vacancy["title"] for vacancy in page["data"]]
        url = page["links"]["next"]
    assert titles == ["Alpha", "Beta", "Gamma"]
