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


async def effective(conn: Connection, workspace_id: UUID, connector_id: UUID, *, model: str) -> list[Mapping]:
    """The mappings that apply to a model's records of a connector: its own before its integration's, by name."""
    query = """
        select distinct on (f.name) f.name, m.json_path
        from custom_field f
        join custom_field_mapping m on m.workspace_id = f.workspace_id and m.custom_field_id = f.id
        join connector c on c.workspace_id = f.workspace_id and c.id = %s
        where f.workspace_id = %s and f.category = c.category and f.model = %s
          and (m.connector_id = c.id or m.integration = c.integration)
        order by f.name, m.connector_id is null
    """
    return await fetch_all(conn, Mapping, query, (connector_id, workspace_id, model))


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
