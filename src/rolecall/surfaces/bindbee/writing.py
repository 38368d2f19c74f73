"""The create that every model has: read and check the body, then store the record once, however often it is sent."""

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from hashlib import sha256
from typing import Any, TypeAlias, TypeVar
from uuid import UUID

import msgspec
from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import Response

from rolecall.actions.entering import LARGEST_DOCUMENT, NewAttachment
from rolecall.actions.files import DOCUMENTS, Checked, check_file, put_file
from rolecall.actions.repeats import Repeatable, answer_once, earlier_answer
from rolecall.domain.credentials import Credential
from rolecall.domain.errors import FileEmpty, FileKindRefused, FileTooLarge, RequestUnderWay
from rolecall.services import Services
from rolecall.store import idempotency
from rolecall.store.db import Connection, fetch_values
from rolecall.surfaces.bindbee import reading
from rolecall.surfaces.bindbee.auth import BindbeeCall, Caller, acting, connector_of
from rolecall.surfaces.bindbee.creating import Create, Making, Of, SentDocument
from rolecall.surfaces.bindbee.errors import ParametersRefused, RecordUnknown, WriteDisabled
from rolecall.surfaces.bindbee.model import Model
from rolecall.surfaces.bindbee.models import MODELS
from rolecall.surfaces.bindbee.parameters import Parameters
from rolecall.surfaces.bindbee.uuids import complaint
from rolecall.web.errors import UnreadableBody
from rolecall.web.multipart import fingerprint, is_form, read_tree
from rolecall.web.surface import Arrival

_REPEATS = timedelta(minutes=5)
_KEY_HEADER = "x-idempotency-key"

BindbeeArrival: TypeAlias = Arrival[Caller, Services]
Problem = dict[str, Any]
Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request that is ready to be carried out, or the answer that it had before."""

    body: BaseModel | None = None
    repeatable: Repeatable | None = None
    documents: Sequence[NewAttachment] = ()
    parent_id: UUID | None = None
    answer: bytes | None = None


async def prepare(arrival: BindbeeArrival, model: Model, create: Create) -> Prepared:
    """Read and check all that can be checked without a transaction; store the documents' bytes.

    Raises ParametersRefused with everything that is wrong, and what the caller may not do.
    """
    request, services = arrival.request, arrival.services
    parameters = Parameters(request)
    parent_id = parameters.path_id(f"{create.parent}_id") if create.parent is not None else None
    if is_form(request):
        raise UnreadableBody
    tree = await read_tree(request)
    body = read_body(create.shape(tree), tree, parameters.problems)
    parameters.check()
    connector = connector_of(arrival.principal)
    if model.path in services.settings.bindbee_closed_models:
        raise WriteDisabled
    assert body is not None, "the check would have raised"
    repeatable = await _repeatable(request, connector, tree)
    if repeatable is not None:
        async with services.database.reading() as conn:
            answer = await earlier_answer(conn, connector.workspace_id, repeatable, now=services.clock())
        if answer is not None:
            return Prepared(answer=answer)
    documents = await _store_documents(services, connector.workspace_id, create.documents(body))
    return Prepared(body, repeatable, documents, parent_id)


async def create_record(call: BindbeeCall, model: Model, create: Create) -> Response:
    """Store the record and answer it, or its id. A repeat is answered as the first was."""
    prepared: Prepared = call.prepared
    answer = await _stored(call, model, create) if prepared.answer is None else prepared.answer
    return reading.answer(call, answer, status=create.status)


async def _stored(call: BindbeeCall, model: Model, create: Create) -> bytes:
    prepared: Prepared = call.prepared
    connector = connector_of(call.principal)
    assert connector.subject_id is not None
    ctx = await acting(call)
    making = Making(
        ctx=ctx,
        connector_id=connector.subject_id,
        documents=list(prepared.documents),
        parent_id=prepared.parent_id,
    )
    make = partial(_make, making, connector, prepared.body, model, create)
    if prepared.repeatable is None:
        _, answer = await make()
        return answer
    if not await idempotency.hold(
        call.conn, connector.workspace_id, prepared.repeatable.scope, key=prepared.repeatable.key
    ):
        raise RequestUnderWay
    return await answer_once(ctx, prepared.repeatable, make)


async def _make(
    making: Making, connector: Credential, body: BaseModel | None, model: Model, create: Create
) -> tuple[UUID, bytes]:
    conn = making.ctx.conn
    if create.parent is not None:
        assert making.parent_id is not None
        if not await _known(conn, MODELS[create.parent], connector, [making.parent_id]):
            raise RecordUnknown(MODELS[create.parent].title)
    await check_references(conn, connector, body)
    record_id = await create.act(making, body)
    if create.whole:
        return record_id, await reading.record(conn, model, connector, record_id=record_id)
    return record_id, msgspec.json.encode(str(record_id))


def read_body(shape: type[Shape], tree: Mapping[str, Any], problems: list[Problem]) -> Shape | None:
    """The body in its shape; what is wrong with it is added to `problems`, in the published words."""
    try:
        return shape.model_validate(tree)
    except ValidationError as error:
        problems.extend(_problem(dict(found)) for found in error.errors(include_url=False))
        return None


def _problem(found: dict[str, Any]) -> Problem:
    problem = {"loc": ["body", *found["loc"]], "msg": found["msg"], "type": found["type"], "input": found["input"]}
    if found["type"] == "uuid_parsing" and isinstance(found["input"], str):
        problem["msg"] = complaint(found["input"])
    elif "ctx" in found and found["type"] != "value_error":
        problem["ctx"] = found["ctx"]
    return problem


def references(
    body: BaseModel | None, loc: tuple[str | int, ...] = ("body",)
) -> Iterator[tuple[tuple[str | int, ...], str, Any]]:
    """Where a body names records, of which model, and their ids."""
    if body is None:
        return
    for name, field in type(body).model_fields.items():
        value: Any = getattr(body, name)
        if isinstance(value, BaseModel):
            yield from references(value, (*loc, name))
            continue
        for mark in field.metadata:
            if isinstance(mark, Of) and value:
                yield (*loc, name), mark.slug, value if isinstance(value, list) else [value]


async def check_references(conn: Connection, connector: Credential, body: BaseModel | None) -> None:
    """Raise ParametersRefused for each id in a body that is of no record of the connector."""
    problems: list[Problem] = []
    for loc, slug, ids in references(body):
        known = await _known(conn, MODELS[slug], connector, ids)
        problems += [
            {"loc": list(loc), "msg": f"{MODELS[slug].title} not found", "type": "value_error", "input": str(unknown)}
            for unknown in ids
            if unknown not in known
        ]
    if problems:
        raise ParametersRefused(problems)


async def _known(conn: Connection, model: Model, connector: Credential, ids: Sequence[UUID]) -> set[UUID]:
    """Which of these ids are of the connector's records."""
    query = f"""
        select t.id from {model.table} t
        where t.workspace_id = %s and t.connector_id = %s and t.id = any(%s) and {model.where or "true"}
    """
    return set(await fetch_values(conn, query, (connector.workspace_id, connector.subject_id, list(ids))))


async def _repeatable(request: Request, connector: Credential, tree: Mapping[str, Any]) -> Repeatable | None:
    """What makes a request one that may be sent again: the client's key, with the path and the body it came with."""
    key = request.headers.get(_KEY_HEADER)
    if not key:
        return None
    return Repeatable(
        scope=f"bindbee:{connector.subject_id}",
        key=sha256(key.encode("latin-1", "replace")).digest(),
        request_hash=sha256(request.url.path.encode() + await fingerprint(tree)).digest(),
        lives=_REPEATS,
    )


async def _store_documents(services: Services, workspace_id: UUID, sent: Sequence[SentDocument]) -> list[NewAttachment]:
    """The documents with their bytes stored; those that only have an address stay links. Raises ParametersRefused."""
    checked = [(one, await _checked(one)) for one in sent]
    stored: list[NewAttachment] = []
    for one, found in checked:
        if found is None:
            stored.append(NewAttachment(kind=one.kind, name=one.name, url=one.url))
        else:
            file = await put_file(services.files, workspace_id, found, clock=services.clock)
            stored.append(NewAttachment(kind=one.kind, file=file))
    return stored


async def _checked(sent: SentDocument) -> Checked | None:
    """The bytes of a document as a checked file, None when it only has an address."""
    if sent.content is None:
        return None
    try:
        content = base64.b64decode(sent.content, validate=True)
        return await check_file(sent.name or "document", content, allowed=DOCUMENTS, largest=LARGEST_DOCUMENT)
    except ValueError as error:  # which binascii.Error is, too
        raise _refused(sent, "Input should be valid base64") from error
    except (FileEmpty, FileTooLarge, FileKindRefused) as error:
        raise _refused(sent, str(error)) from error


def _refused(sent: SentDocument, message: str) -> ParametersRefused:
    loc = ["body", *sent.loc, "file_content"]
    return ParametersRefused([{"loc": loc, "msg": message, "type": "value_error", "input": None}])
