"""What a model of the unified API is: one declaration, from which its operations, statements and bodies follow.

The SQL of a declaration speaks of the model's own row as `t`. Each record is rendered by PostgreSQL as JSON text.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from rolecall.surfaces.bindbee.creating import Create
from rolecall.surfaces.bindbee.parameters import Parameters
from rolecall.surfaces.bindbee.wire import FILE_MARK

# The source's own time of creation; for what was made here, ours.
CREATED_HERE = "coalesce(t.remote_created_at, case when t.remote_id is null then t.created_at end)"
_OWN_ROW = re.compile(r"\bt\.")


class Field(Protocol):
    """A key of the record; `json` is SQL for its value as JSON text, never null."""

    @property
    def name(self) -> str: ...
    @property
    def json(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Value:
    """A text, number, boolean, list or JSON value. `sql` is its expression, by default the column of its name."""

    name: str
    sql: str = ""

    @property
    def json(self) -> str:
        return f"coalesce(to_json({self.sql or f't.{self.name}'})::text, 'null')"


@dataclass(frozen=True, slots=True)
class Time:
    """A time, in UTC with Z, as precise as it is stored."""

    name: str
    sql: str = ""

    @property
    def json(self) -> str:
        return f"coalesce(replace(to_json({self.sql or f't.{self.name}'})::text, '+00:00', 'Z'), 'null')"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of an open set: `words` says how ours are spelled outside. One that is not among them passes unchanged."""

    name: str
    sql: str
    words: Mapping[str, str]

    @property
    def json(self) -> str:
        cases = " ".join(f"when '{ours}' then '{theirs}'" for ours, theirs in self.words.items())
        return Value(self.name, f"case {self.sql} {cases} else {self.sql} end").json


@dataclass(frozen=True, slots=True)
class Json:
    """A value that `json` gives as JSON text already."""

    name: str
    json: str


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a file of ours where the row has one, else an address elsewhere.

    Ours are signed and live for a day, so the record holds a mark and the file's id, which `wire.filled` replaces.
    """

    name: str
    file: str
    url: str

    @property
    def json(self) -> str:
        mark = f"concat('\"', chr({FILE_MARK[0]}), {self.file}, '\"')"
        return f"case when {self.file} is null then {Value(self.name, self.url).json} else {mark} end"


@dataclass(frozen=True, slots=True)
class One:
    """A related record: its id, or in an expanded answer the record. `to` is its model's slug."""

    name: str
    to: str
    sql: str

    @property
    def json(self) -> str:
        return Value(self.name, self.sql).json

    def expanded(self, related: "Model", keys: frozenset[str] | None) -> str:
        """The record instead of its id; an id whose record is gone stays an id."""
        record = _as(related.record(keys), "r")
        found = f"select {record} from {related.table} r where r.workspace_id = t.workspace_id and r.id = {self.sql}"
        return f"coalesce(({found}), {self.json})"


@dataclass(frozen=True, slots=True)
class Many:
    """Related records in order: `rows` are a FROM clause and its condition, `id` and `order` columns of it."""

    name: str
    to: str
    rows: str
    id: str
    order: str

    @property
    def json(self) -> str:
        return f"to_json(array(select {self.id} from {self.rows} order by {self.order}))::text"

    def expanded(self, related: "Model", keys: frozenset[str] | None) -> str:
        """A list of records instead of their ids."""
        record = _as(related.record(keys), "r")
        one = (
            f"coalesce((select {record} from {related.table} r where r.workspace_id = t.workspace_id"
            f" and r.id = {self.id}), to_json({self.id})::text)"
        )
        return f"concat('[', (select string_agg({one}, ',' order by {self.order}) from {self.rows}), ']')"


class Filter(Protocol):
    """A query parameter of the list: how it is read, and the condition that its value, a parameter of SQL, sets."""

    @property
    def name(self) -> str: ...
    @property
    def condition(self) -> str: ...

    def read(self, parameters: Parameters) -> object | None:
        """The value, None when the parameter was not sent; what is wrong with it is noted in `parameters`."""
        ...


@dataclass(frozen=True, slots=True)
class Exactly:
    """The column is this text. `where` says it otherwise where the text is not in a column."""

    name: str
    where: str = ""

    @property
    def condition(self) -> str:
        return self.where or f"t.{self.name} = %({self.name})s"

    def read(self, parameters: Parameters) -> object | None:
        return parameters.text(self.name)


@dataclass(frozen=True, slots=True)
class AnyCase:
    """The column is this text or, in a comma list, one of these; letter case does not matter."""

    name: str
    listed: bool = False

    @property
    def condition(self) -> str:
        column = f"lower(t.{self.name})"
        if self.listed:
            return f"{column} = any(folded_words(%({self.name})s::text[]))"
        return f"{column} = lower(%({self.name})s)"

    def read(self, parameters: Parameters) -> object | None:
        text = parameters.text(self.name)
        return text.split(",") if text is not None and self.listed else text


@dataclass(frozen=True, slots=True)
class Ids:
    """The column is one of these ids. `where` says it otherwise where the ids are not in a column."""

    name: str
    sql: str = ""
    where: str = ""

    @property
    def condition(self) -> str:
        return self.where or f"{self.sql} = any(%({self.name})s)"

    def read(self, parameters: Parameters) -> object | None:
        return parameters.ids(self.name)


@dataclass(frozen=True, slots=True)
class Repeated:
    """A parameter that may be sent several times."""

    name: str
    condition: str

    def read(self, parameters: Parameters) -> object | None:
        return parameters.repeated(self.name) or None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Model:
    """One model. `title` stands in its messages, `path` in its addresses, `slug` in names of operations.

    `where` is what tells its rows from others in the same table; `stored` is a bytea column that holds the default
    record, ready to send. `create` is what a POST takes.
    """

    title: str
    slug: str
    path: str
    table: str
    fields: Sequence[Field]
    filters: Sequence[Filter] = ()
    where: str = ""
    stored: str | None = None
    create: Create
    _named: dict[str, Field] = field(init=False)

    def __post_init__(self) -> None:
        common = (Value("id"), Value("remote_id"), Time("modified_at"), Json("custom_fields", "'null'"))
        object.__setattr__(self, "_named", {found.name: found for found in (*common, *self.fields)})

    @property
    def keys(self) -> list[str]:
        """The keys of a record, in order."""
        return list(self._named)

    @property
    def relations(self) -> dict[str, One | Many]:
        """The fields that can be expanded, by name."""
        return {found.name: found for found in self.fields if isinstance(found, One | Many)}

    def record(self, keys: frozenset[str] | None = None, *, given: Mapping[str, str] | None = None) -> str:
        """SQL for the record as JSON text, whole or cut down to some keys.

        `given` has JSON text expressions that stand in for fields or come after them. Names that are unknown are left
        out.
        """
        if keys is None and not given and self.stored is not None:
            return f"convert_from({self.stored}, 'UTF8')"
        shown = {name: found.json for name, found in self._named.items() if keys is None or name in keys}
        shown |= given or {}
        parts = [
            f"""'{"{" if not place else ","}"{name}":', {json}""" for place, (name, json) in enumerate(shown.items())
        ]
        return f"concat({', '.join(parts)}, '}}')" if parts else "'{}'"


def spelled(*words: str) -> dict[str, str]:
    """The outside words by ours: ours are in lower case, with underscores."""
    return {word.lower().replace("-", "_"): word for word in words}


def ours(words: Mapping[str, str], text: str | None) -> str | None:
    """Our spelling of an outside word; one that is not among them passes unchanged."""
    return next((own for own, outside in words.items() if outside == text), text)


def _as(sql: str, alias: str) -> str:
    """SQL that speaks of its row as `t`, speaking of it as `alias`."""
    return _OWN_ROW.sub(f"{alias}.", sql)
