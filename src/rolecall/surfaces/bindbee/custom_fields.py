"""Custom fields in records: what the mappings that apply to a connector find in the payload of a record."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import msgspec

from rolecall.store.db import Connection, fetch_all
from rolecall.surfaces.bindbee.expressions import json_at

# Stands in a rendered record for its custom fields. JSON text cannot hold this byte, so replacing it is safe.
PLACE, _MARK = "chr(2)", b"\x02"


@dataclass(frozen=True, slots=True)
class Mapping:
    """A field's name and the JMESPath expression that finds its value."""

    name: str
    json_path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Effective:
    """A field with the mapping that counts for a connector: `own` is that connector's, not its integration's."""

    custom_field_id: UUID
    name: str
    description: str | None
    json_path: str | None
    own: bool | None
    mapping_id: UUID | None


async def effective(conn: Connection, workspace_id: UUID, connector_id: UUID, *, model: str) -> list[Effective]:
    """All fields of a model by name, as they are mapped for a connector: its own mapping before its integration's."""
    query = """
        select f.id as custom_field_id, f.name, f.description, m.json_path, m.connector_id is not null as own,
               m.id as mapping_id
        from connector c
        join custom_field f on f.workspace_id = c.workspace_id and f.category = c.category and f.model = %s
        left join lateral (
            select m.id, m.json_path, m.connector_id from custom_field_mapping m
            where m.workspace_id = f.workspace_id and m.custom_field_id = f.id
              and (m.connector_id = c.id or m.integration = c.integration)
            order by m.connector_id is null limit 1
        ) m on true
        where c.workspace_id = %s and c.id = %s
        order by f.name
    """
    return await fetch_all(conn, Effective, query, (model, workspace_id, connector_id))


async def mapped(conn: Connection, workspace_id: UUID, connector_id: UUID, *, model: str) -> list[Mapping]:
    """The mappings that apply to a model's records of a connector, by the names of the fields."""
    found = await effective(conn, workspace_id, connector_id, model=model)
    return [Mapping(field.name, field.json_path) for field in found if field.json_path is not None]


async def put(bodies: Sequence[bytes], mappings: Sequence[Mapping], *, payloads: Sequence[bytes]) -> list[bytes]:
    """Rendered records with the values of their custom fields where PLACE was; without mappings, payloads are not read.

    Python evaluates the expressions. That is done beside the requests of others: a thread gives way every few
    milliseconds.
    """
    if not mappings:
        return [body.replace(_MARK, b"{}") for body in bodies]
    return await asyncio.to_thread(_put, bodies, mappings, payloads)


def _put(bodies: Sequence[bytes], mappings: Sequence[Mapping], payloads: Sequence[bytes]) -> list[bytes]:
    return [body.replace(_MARK, _values(mappings, payload)) for body, payload in zip(bodies, payloads, strict=True)]


def _values(mappings: Sequence[Mapping], raw: bytes) -> bytes:
    """The custom fields that a payload gives, by name, as a JSON object."""
    payload = msgspec.json.decode(raw)
    return msgspec.json.encode({found.name: msgspec.Raw(json_at(found.json_path, payload)) for found in mappings})
