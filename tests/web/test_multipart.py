"""Bodies that may carry files: JSON and multipart come out in one shape, within limits."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import httpx
import pytest
from starlette.requests import Request

from rolecall.web.errors import BodyTooLarge, UnreadableBody
from rolecall.web.multipart import Intake, SentFile, fingerprint, read_tree, receive_upload, release_upload

SMALL = Intake(largest=20_000, files=2, fields=20, largest_field=1_000, seconds=0.2)


def sent(fields: dict[str, Any], files: list[tuple[str, Any]] | None = None) -> httpx.Request:
    """A multipart request, as a client library writes it."""
    parts = [(name, (None, value)) for name, value in fields.items()]
    return httpx.Request("POST", "http://x/", files=[*parts, *(files or [])])


async def received(request: httpx.Request, *, stalls: bool = False) -> Request:
    body = request.read()

    async def messages() -> AsyncGenerator[dict[str, Any]]:
        yield {"type": "http.request", "body": body, "more_body": stalls}
        if stalls:
            await asyncio.sleep(60)

    stream = messages()
    headers = [(name.lower().encode(), value.encode()) for name, value in request.headers.items()]
    scope = {"type": "http", "method": "POST", "path": "/", "headers": headers}
    return Request(scope, lambda: anext(stream))  # type: ignore[arg-type]


async def tree_of(request: httpx.Request) -> dict[str, Any]:
    arrived = await received(request)
    await receive_upload(arrived, SMALL)
    return await read_tree(arrived)


async def test_brackets_are_nested_objects() -> None:
    tree = await tree_of(sent({"a": "1", "b[c]": "2", "b[d][0]": "3", "e[]": "4", "b[d][1]": "5"}))
    assert tree == {"a": "1", "b": {"c": "2", "d": {"0": "3", "1": "5"}}, "e": {"0": "4"}}


async def test_the_last_value_of_a_place_counts() -> None:
    assert await tree_of(sent({"a": "1", "a[b]": "2"})) == {"a": {"b": "2"}}
    assert await tree_of(sent({"a[b]": "2", "a": "1"})) == {"a": "1"}


@pytest.mark.parametrize("name", ["", "[a]", "a[", "a[b]c", "a" + "[b]" * 6])
async def test_a_name_that_is_none_is_ignored(name: str) -> None:
    assert await tree_of(sent({"known": "1", name: "2"})) == {"known": "1"}


async def test_a_file_part_is_a_file() -> None:
    tree = await tree_of(sent({"d[0][type]": "resume"}, [("d[0][file]", ("cv.pdf", b"%PDF", "text/html"))]))
    file = tree["d"]["0"]["file"]
    assert isinstance(file, SentFile)
    assert (file.name, file.size, await file.read()) == ("cv.pdf", 4, b"%PDF")


async def test_json_comes_as_it_is() -> None:
    request = httpx.Request("POST", "http://x/", json={"d": [{"type": "resume"}]})
    assert await tree_of(request) == {"d": [{"type": "resume"}]}


@pytest.mark.parametrize(
    "request_",
    [
        httpx.Request("POST", "http://x/", content=b"{}", headers={"Content-Type": "text/plain"}),
        httpx.Request("POST", "http://x/", content=b"[]", headers={"Content-Type": "application/json"}),
        httpx.Request("POST", "http://x/", content=b"{", headers={"Content-Type": "application/json"}),
        httpx.Request("POST", "http://x/", content=b"x", headers={"Content-Type": "multipart/form-data"}),
        httpx.Request("POST", "http://x/", content=b"x", headers={"Content-Type": "multipart/form-data; boundary=y"}),
        sent({"a": "nul \x00"}),
        sent({"a": "x" * 1_001}),
        sent({f"a[{number}]": "1" for number in range(21)}),
        sent({}, [("a[]", ("a.txt", b"a", "text/plain"))] * 3),
    ],
)
async def test_what_is_broken_or_too_much_is_unreadable(request_: httpx.Request) -> None:
    with pytest.raises(UnreadableBody):
        await tree_of(request_)


@pytest.mark.parametrize("unsaid", ["content-length", "accept"])
async def test_a_large_body_is_refused(unsaid: str) -> None:
    request = sent({}, [("a", ("a.txt", b"a" * 30_000, "text/plain"))])
    request.headers.pop(unsaid, None)
    with pytest.raises(BodyTooLarge):
        await tree_of(request)


async def test_a_client_that_stalls_is_given_up() -> None:
    with pytest.raises(UnreadableBody):
        await receive_upload(await received(sent({"a": "1"}), stalls=True), SMALL)


async def test_what_was_received_is_given_back() -> None:
    arrived = await received(sent({}, [("a", ("a.txt", b"a", "text/plain"))]))
    await receive_upload(arrived, SMALL)
    file = (await read_tree(arrived))["a"]
    await release_upload(arrived)
    assert file.part.file.closed


def large() -> httpx.Request:
    return httpx.Request("POST", "http://x/", json={"a": "x" * 9_000_000})


async def test_large_bodies_are_decoded_two_at_a_time() -> None:
    arrived = [await received(large()) for _ in range(3)]
    for request in arrived:
        await receive_upload(request, Intake(largest=10_000_000))
    for request in arrived[:2]:
        await read_tree(request)
    third = asyncio.create_task(read_tree(arrived[2]))
    await asyncio.sleep(0.1)
    assert not third.done()
    await release_upload(arrived[0])
    assert len((await third)["a"]) == 9_000_000
    for request in arrived[1:]:
        await release_upload(request)


async def test_a_fingerprint_tells_bodies_apart() -> None:
    trees: list[dict[str, Any]] = [
        {"a": "1", "b": ["2"]},
        {"a": "1", "b": "2"},
        {"a": "1", "b": ["2", {}]},
        {"a": "1", "b": [["2"], {}]},
        {"a": 1, "b": ["2"]},
        {"a": None, "b": ["2"]},
        {"a": "1", "b": ["2"], "c": None},
    ]
    assert len({await fingerprint(tree) for tree in trees}) == len(trees)
    assert await fingerprint({"b": ["2"], "a": "1"}) == await fingerprint(trees[0])


async def test_a_fingerprint_is_of_a_files_name_and_content() -> None:
    files = [("cv.pdf", b"one"), ("cv.pdf", b"two"), ("other.pdf", b"one"), ("cv.pdf", b"one")]
    trees = [await tree_of(sent({}, [("a", (name, content, "text/plain"))])) for name, content in files]
    assert len({await fingerprint(tree) for tree in trees}) == 3
