"""The two reads that every model has: a page of its records, and one record by id.

A page is one statement; PostgreSQL renders each record as it goes on the wire, with the records that are expanded in
it. Nothing is built for a record in Python, except custom fields, whose expressions it cannot evaluate.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from starlette.responses import Response

from rolecall.domain.credentials import Credential
from rolecall.services import file_url
from rolecall.store.db import Connection, Hot, fetch_hot
from rolecall.store.registration import settled_until
from rolecall.surfaces.bindbee import wire
from rolecall.surfaces.bindbee.auth import BindbeeCall, connector_of
from rolecall.surfaces.bindbee.custom_fields import PLACE, mapped, put
from rolecall.surfaces.bindbee.errors import RecordUnknown
from rolecall.surfaces.bindbee.model import Model
from rolecall.surfaces.bindbee.models import MODELS
from rolecall.surfaces.bindbee.parameters import Parameters, Relation, encode_cursor
from rolecall.web.responses import raw_json

_STATEMENTS = 1_000  # kept; a client chooses what it expands, so there is no end to them

# A record: its id, its JSON and, only where custom fields have to be found in it, its payload.
Row = tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """What records carry beyond their default form."""

    raw_data: bool = False
    custom_fields: bool = False
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """`items` are records as JSON; `last` is the last id when more follow, else None."""

    items: Sequence[bytes]
    last: UUID | None


async def list_records(call: BindbeeCall, model: Model) -> Response:
    """Answer a page. Parameters are checked before the connector, as the contract orders it.

    Changes are shown up to a moment that is the same for all pages, and before which nothing more will be committed.
    """
    parameters = Parameters(call.request, later=call.services.settings.bindbee_later_contract)
    common = {"after": parameters.cursor(), "modified_after": parameters.time("modified_after")}
    filters = {"ids": parameters.ids("ids"), **{found.name: found.read(parameters) for found in model.filters}}
    size = parameters.page_size()
    shape, until = shape_of(parameters, model), parameters.cursor_until()
    parameters.check()
    connector = connector_of(call.principal)
    if common["modified_after"] is not None:
        common["until"] = until = until or await settled_until(call.conn, connector.workspace_id)
    given = {name: value for name, value in (filters | common).items() if value is not None}
    page = await _page(call, model, connector, shape=shape, given=given, size=size)
    cursor = encode_cursor(page.last, until=until) if page.last is not None else None
    return answer(call, wire.page_body(page.items, cursor=cursor))


async def get_record(call: BindbeeCall, model: Model) -> Response:
    """Answer one record. Raises RecordUnknown also for the record of another connector."""
    parameters = Parameters(call.request)
    record_id = parameters.path_id("id")
    shape = shape_of(parameters, model)
    parameters.check()
    assert record_id is not None, "the check would have raised"
    connector = connector_of(call.principal)
    rows = await fetch(call.conn, model, connector, shape=shape, given={"ids": [record_id]}, limit=1)
    if not rows:
        raise RecordUnknown(model.title)
    (body,) = await _finished(call, model, connector, rows=rows, shape=shape)
    return answer(call, body)


def answer(call: BindbeeCall, body: bytes, *, status: int = 200) -> Response:
    """Rendered records as an answer, with the addresses that only this process knows put in."""
    return raw_json(filled(call, body), status=status)


def filled(call: BindbeeCall, body: bytes) -> bytes:
    """Rendered records with the addresses that only this process knows put in."""
    services, workspace_id = call.services, call.principal.key.workspace_id
    return wire.filled(
        body, jobs_url=services.settings.jobs_url, file_url=lambda file_id: file_url(services, workspace_id, file_id)
    )


async def record(conn: Connection, model: Model, connector: Credential, *, record_id: UUID) -> bytes:
    """The JSON of one of the connector's records in its default form. Raises RecordUnknown."""
    rows = await fetch(conn, model, connector, shape=Shape(), given={"ids": [record_id]}, limit=1)
    if not rows:
        raise RecordUnknown(model.title)
    return rows[0][1]


def shape_of(parameters: Parameters, model: Model) -> Shape:
    """What the parameters ask of records. Relations that the model lacks are ignored; the last mention counts."""
    asked = dict(parameters.expand()) if model.relations else {}
    return Shape(
        raw_data=parameters.flag("include_raw_data"),
        custom_fields=parameters.flag("include_custom_fields"),
        relations=tuple((name, keys) for name, keys in asked.items() if name in model.relations),
    )


async def _page(
    call: BindbeeCall, model: Model, connector: Credential, *, shape: Shape, given: Mapping[str, Any], size: int
) -> Page:
    """A page of a connector's records, in the order of ids. One row is read ahead to know whether more follow."""
    found = await fetch(call.conn, model, connector, shape=shape, given=given, limit=size + 1)
    items = await _finished(call, model, connector, rows=found[:size], shape=shape)
    return Page(items, UUID(bytes=found[size - 1][0]) if len(found) > size else None)


async def fetch(
    conn: Connection, model: Model, connector: Credential, *, shape: Shape, given: Mapping[str, Any], limit: int
) -> list[Row]:
    """The first `limit` records of a connector that meet what is given, in the order of ids."""
    hot = statement(model, shape, tuple(given), limit)
    return await fetch_hot(conn, hot, connector.workspace_id, connector.subject_id, *given.values())


@lru_cache(maxsize=_STATEMENTS)
def statement(model: Model, shape: Shape, given: tuple[str, ...], limit: int) -> Hot:
    """The statement of a page: its values are the workspace, the connector, and what is given. Ids stay bytes.

    The limit is written into it: a plan for any limit would not know that few rows are wanted.
    """
    places = {name: f"${place}" for place, name in enumerate(("workspace", "connector", *given), 1)}
    places["limit"] = str(limit)
    payload = [f"convert_to({payload_of(model)}, 'UTF8')"] if shape.custom_fields else []
    columns = ("uuid_send(t.id)", _body(model, shape), *payload)
    return Hot(_select(model, columns, given) % places)


def payload_of(model: Model) -> str:
    """SQL for the payload that a record came from. One that came without is its own: its default form."""
    return f"coalesce(t.raw::text, {model.record()})"


def _select(model: Model, columns: Sequence[str], given: Sequence[str]) -> str:
    """Only filters that are given are tested, so that plans stay simple."""
    conditions = _CONDITIONS | {found.name: found.condition for found in model.filters}
    where = [*_OWN, *([model.where] if model.where else []), *(conditions[name] for name in given)]
    return f"select {', '.join(columns)} from {model.table} t where {' and '.join(where)} order by t.id limit %(limit)s"


_OWN = ("t.workspace_id = %(workspace)s", "t.connector_id = %(connector)s")
_CONDITIONS = {
    "after": "t.id > %(after)s",
    "ids": "t.id = any(%(ids)s)",
    "modified_after": "t.modified_at > %(modified_after)s",
    "until": "t.modified_at < %(until)s",
}


def _body(model: Model, shape: Shape) -> str:
    """SQL for a record as bytes."""
    if shape == Shape() and model.stored is not None:
        return model.stored
    given: dict[str, str] = {}
    if shape.custom_fields:
        given["custom_fields"] = PLACE
    for name, keys in shape.relations:
        relation = model.relations[name]
        given[name] = relation.expanded(MODELS[relation.to], keys)
    if shape.raw_data:
        given["raw_data"] = payload_of(model)
    return f"convert_to({model.record(given=given)}, 'UTF8')"


async def _finished(
    call: BindbeeCall, model: Model, connector: Credential, *, rows: Sequence[Row], shape: Shape
) -> list[bytes]:
    """The records with their custom fields in place, where they are asked for."""
    bodies = [row[1] for row in rows]
    if not shape.custom_fields:
        return bodies
    assert connector.subject_id is not None
    mappings = await mapped(call.conn, connector.workspace_id, connector.subject_id, model=model.slug)
    return await put(bodies, mappings, payloads=[filled(call, row[2]) for row in rows])
