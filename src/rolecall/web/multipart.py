"""Bodies that may carry files: JSON, or multipart with bracket names, read into one shape before a transaction begins.

What arrives goes to a temporary file beyond the first megabyte, so that slow clients with large files hold neither a
database connection nor memory.
"""

import asyncio
import hashlib
import re
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import Any
from weakref import WeakKeyDictionary

import msgspec
from python_multipart.exceptions import FormParserError
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from rolecall.web.errors import BodyTooLarge, UnreadableBody
from rolecall.web.requests import check_storable, parse_json

_IN_MEMORY = 1 << 20
# JSON is decoded in memory, at up to three times its size. Those that have to wait for a place wait on disk.
_LARGE = 8 << 20
_LARGE_AT_ONCE = 2
_SLOTS: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()
_DEEPEST = 6
_NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
_KEY = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """How much an operation takes: bytes in all, files, other fields and bytes of one of those, seconds to send it."""

    largest: int
    files: int = 10
    fields: int = 200
    largest_field: int = 100_000
    seconds: float = 300


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file part. `name` is as the client sent it."""

    name: str
    size: int
    part: UploadFile

    async def read(self) -> bytes:
        """The bytes."""
        await self.part.seek(0)
        return await self.part.read()


@dataclass(frozen=True, slots=True)
class _Spooled:
    file: SpooledTemporaryFile[bytes]


async def receive_upload(request: Request, intake: Intake) -> None:
    """Take the body in; `read_tree` then has it at hand.

    Raises BodyTooLarge, and UnreadableBody when it is broken or does not arrive in time.
    """
    declared = request.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and int(declared) > intake.largest:
        raise BodyTooLarge
    try:
        async with asyncio.timeout(intake.seconds):
            if is_form(request):
                request.state.upload = await _receive_form(request, intake)
            else:
                request.state.upload = await _receive_whole(request, intake)
    except TimeoutError as error:
        raise UnreadableBody from error


async def read_tree(request: Request) -> dict[str, Any]:
    """The body as nested objects, whichever way it was sent; file parts are SentFile. Raises UnreadableBody."""
    received = request.state.upload
    if isinstance(received, FormData):
        return _tree(received)
    assert isinstance(received, _Spooled)
    if _media_type(request) != "application/json":
        raise UnreadableBody
    if received.file.tell() > _LARGE:
        request.state.upload_slot = await _slot()
    received.file.seek(0)
    value = await asyncio.to_thread(lambda: parse_json(received.file.read()))
    if not isinstance(value, dict):
        raise UnreadableBody
    return value


def is_form(request: Request) -> bool:
    """Whether the body is multipart, which has file parts."""
    return _media_type(request) == "multipart/form-data"


async def fingerprint(tree: Mapping[str, Any]) -> bytes:
    """A hash of all that was sent, the same for the same fields and files however they are ordered and split up."""
    plain = await _plain(tree)
    hashed = hashlib.sha256()
    await asyncio.to_thread(_feed, hashed, plain)
    return hashed.digest()


def _feed(hashed: Any, value: Any) -> None:
    """Hash a JSON value leaf by leaf, without a copy of the whole in memory."""
    if isinstance(value, dict):
        hashed.update(b"{%d" % len(value))
        for key in sorted(value):
            hashed.update(msgspec.json.encode(key))
            _feed(hashed, value[key])
    elif isinstance(value, list):
        hashed.update(b"[%d" % len(value))
        for item in value:
            _feed(hashed, item)
    else:
        hashed.update(msgspec.json.encode(value))


async def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: await _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [await _plain(item) for item in value]
    if isinstance(value, SentFile):
        content = await value.read()
        return [value.name, await asyncio.to_thread(lambda: hashlib.sha256(content).hexdigest())]
    return value


async def release_upload(request: Request) -> None:
    """Give back what the body took on disk, and its place among the large ones."""
    slot: asyncio.Semaphore | None = getattr(request.state, "upload_slot", None)
    if slot is not None:
        slot.release()
    received = getattr(request.state, "upload", None)
    if isinstance(received, FormData):
        await received.close()
    elif isinstance(received, _Spooled):
        received.file.close()


async def _slot() -> asyncio.Semaphore:
    """A place among the large bodies, once there is one."""
    slots = _SLOTS.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(_LARGE_AT_ONCE))
    await slots.acquire()
    return slots


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def _limited(request: Request, largest: int) -> AsyncGenerator[bytes, None]:
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > largest:
            raise BodyTooLarge
        yield part


async def _receive_whole(request: Request, intake: Intake) -> _Spooled:
    file: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - release_upload does
    async for part in _limited(request, intake.largest):
        file.write(part)
    return _Spooled(file)


async def _receive_form(request: Request, intake: Intake) -> FormData:
    parser = MultiPartParser(
        request.headers,
        _limited(request, intake.largest),
        max_files=intake.files,
        max_fields=intake.fields,
        max_part_size=intake.largest_field,
    )
    try:
        return await parser.parse()
    except (MultiPartException, FormParserError) as error:
        raise UnreadableBody from error


def _tree(form: FormData) -> dict[str, Any]:
    """`a[b][0]=x` as {"a": {"b": {"0": "x"}}}; `a[]` takes the next free place. Of one place, the last value counts."""
    tree: dict[str, Any] = {}
    for name, value in form.multi_items():
        keys = _keys(name)
        if keys is not None:
            _put(
                tree, keys, value if isinstance(value, str) else SentFile(value.filename or "", value.size or 0, value)
            )
    check_storable(tree)
    return tree


def _keys(name: str) -> list[str] | None:
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    keys = [found[1], *_KEY.findall(found[2])]
    return keys if len(keys) <= _DEEPEST else None


def _put(tree: dict[str, Any], keys: list[str], value: Any) -> None:
    *path, last = keys
    for key in path:
        place = _place(tree, key)
        if not isinstance(tree.get(place), dict):
            tree[place] = {}
        tree = tree[place]
    tree[_place(tree, last)] = value


def _place(tree: Mapping[str, Any], key: str) -> str:
    if key:
        return key
    number = len(tree)
    while str(number) in tree:
        number += 1
    return str(number)
