"""The API reference: complete, ours alone, and honest about what is not answered yet."""

import httpx
import pytest
import yaml

NAMES = ["bindbee", "crosspath", "hirempire", "recruitifi", "recruitsome"]


async def contract(client: httpx.AsyncClient, name: str) -> dict:
    answer = await client.get(f"/docs/{name}/openapi.yaml")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/yaml")
    return yaml.safe_load(answer.text)


async def test_every_contract_is_listed(client: httpx.AsyncClient):
    page = await client.get("/docs")
    assert page.status_code == 200
    assert all(f'href="/docs/{name}"' in page.text for name in NAMES)
    assert "5 of 5 operations answered" in page.text


@pytest.mark.parametrize("name", NAMES)
async def test_a_reference_loads_nothing_from_elsewhere(client: httpx.AsyncClient, name: str):
    page = await client.get(f"/docs/{name}")
    assert page.status_code == 200
    assert f'data-contract="/docs/{name}/openapi.yaml"' in page.text
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'self';" in policy
    assert "unsafe" not in policy
    assert "http" not in page.text.replace("http-equiv", "")


@pytest.mark.parametrize("file", ["swagger-ui-bundle.js", "swagger-ui.css", "reference.js", "reference.css"])
async def test_its_files_are_served_from_here(client: httpx.AsyncClient, file: str):
    answer = await client.get(f"/docs/assets/{file}")
    assert answer.status_code == 200
    assert len(answer.content) > 200
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "servers"),
    [
        ("bindbee", ["http://rolecall.test"]),
        ("crosspath", ["http://rolecall.test/partners/v1", "http://rolecall.test/partners/hunteron/v1"]),
        ("hirempire", ["http://rolecall.test/v1"]),
        ("recruitifi", ["http://rolecall.test"]),
        ("recruitsome", ["http://rolecall.test/api/v1"]),
    ],
)
async def test_the_servers_are_this_installation(client: httpx.AsyncClient, name: str, servers: list[str]):
    assert [server["url"] for server in (await contract(client, name))["servers"]] == servers


async def test_under_another_host_name_the_servers_are_relative(client: httpx.AsyncClient):
    answer = await client.get("/docs/hirempire/openapi.yaml", headers={"Host": "localhost:8000"})
    assert yaml.safe_load(answer.text)["servers"] == [{"url": "/v1"}]


async def test_what_is_not_answered_yet_says_so(client: httpx.AsyncClient):
    paths = (await contract(client, "bindbee"))["paths"]
    assert paths["/api/ats/v1/jobs"]["get"]["summary"] == "List jobs"
    paths = (await contract(client, "crosspath"))["paths"]
    summaries = [
        operation["summary"] for item in paths.values() for operation in item.values() if "summary" in operation
    ]
    assert len(summaries) == 5
    assert not any(summary.startswith("Not answered yet") for summary in summaries)


async def test_times_and_words_stay_text(client: httpx.AsyncClient):
    answer = await client.get("/docs/recruitifi/openapi.yaml")
    assert "'2026-03-02T09:45:00Z'" in answer.text


@pytest.mark.parametrize(
    "path", ["/docs/nothing", "/docs/nothing/openapi.yaml", "/docs/assets/swagger-ui-bundle.js.map"]
)
async def test_what_is_not_there_is_a_readable_404(client: httpx.AsyncClient, path: str):
    answer = await client.get(path)
    assert answer.status_code == 404
    assert "There is no" in answer.text


@pytest.mark.parametrize("file", ["..%2Froutes.py", "../routes.py", "%2e%2e/routes.py"])
async def test_no_other_file_can_be_had(client: httpx.AsyncClient, file: str):
    assert (await client.get(f"/docs/assets/{file}")).status_code == 404
