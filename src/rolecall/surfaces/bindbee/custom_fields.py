"""Custom fields in records: expressions over the raw payload that a record came from.

Whoever defines fields and maps them writes the two tables that `effective` reads.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

import jmespath
import msgspec
from jmespath.exceptions import JMESPathError
from jmespath.parser import ParsedResult

from rolecall.store.db import Connection, fetch_all

BROKEN = "INVALID_JSON_PATH"
_JSON = (str, int, float, list, dict)
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


def put(body: bytes, mappings: Sequence[Mapping], *, raw: bytes | None) -> bytes:
    """A rendered record with the values of its custom fields where PLACE was."""
    payload = msgspec.json.decode(raw) if raw is not None and mappings else None
    return body.replace(_MARK, msgspec.json.encode(values(mappings, payload)))


def values(mappings: Sequence[Mapping], payload: Any) -> dict[str, Any]:
    """The custom fields that a payload gives, by name: None where it has nothing, BROKEN where an expression fails."""
    return {mapping.name: value_at(mapping.json_path, payload) for mapping in mappings}


def value_at(json_path: str, payload: Any) -> Any:
    """What an expression finds in a payload; BROKEN when it is no JMESPath, or does not fit what it meets."""
    try:
        found = _compiled(json_path).search(payload)
    except (JMESPathError, RecursionError, TypeError, ValueError):  # the library lets some of its own slips through
        return BROKEN
    return found if found is None or isinstance(found, _JSON) else BROKEN  # a bare expression finds itself


@lru_cache(maxsize=1_000)
def _compiled(json_path: str) -> ParsedResult:
    return jmespath.compile(json_path)
