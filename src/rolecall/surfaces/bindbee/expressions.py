"""JMESPath over raw payloads, at a bounded cost.

The language has no loops, but a short expression may still build a value that is exponentially larger than itself, as
`[@,@]|[@,@]|…` does. The library does not limit that, so each evaluation has a budget: a unit is a step, a value or a
character. What goes beyond it is as broken as what is no JMESPath.
"""

from functools import lru_cache
from typing import Any

import jmespath
import msgspec
from jmespath.exceptions import JMESPathError
from jmespath.functions import Functions
from jmespath.parser import ParsedResult
from jmespath.visitor import TreeInterpreter

BROKEN = "INVALID_JSON_PATH"
_BROKEN = msgspec.json.encode(BROKEN)
_UNITS = 20_000  # of one evaluation; some ten milliseconds
_JSON = (str, int, float, list, dict)  # bool is an int
# What the library lets through of its own, and what JSON has no words for.
_SLIPS = (RecursionError, ArithmeticError, LookupError, TypeError, ValueError)


class _TooMuch(ValueError):
    """The budget is spent."""


def value_at(json_path: str, payload: Any) -> Any:
    """What an expression finds in a payload; BROKEN when it is no JMESPath, does not fit, or costs too much."""
    return msgspec.json.decode(json_at(json_path, payload))


def json_at(json_path: str, payload: Any) -> bytes:
    """As `value_at`, as JSON."""
    try:
        interpreter = _Bounded()
        found = interpreter.visit(_compiled(json_path).parsed, payload)
        if found is not None and not isinstance(found, _JSON):
            return _BROKEN  # a bare expression finds itself
        interpreter.spend_on(found)
        return msgspec.json.encode(found)
    except (JMESPathError, *_SLIPS):
        return _BROKEN


@lru_cache(maxsize=1_000)
def _compiled(json_path: str) -> ParsedResult:
    return jmespath.compile(json_path)


class _Bounded(TreeInterpreter):
    """The library's interpreter with a budget. What it makes, and not only finds, counts with all that is in it."""

    def __init__(self) -> None:
        super().__init__()
        self._left = _UNITS

    def visit(self, node: Any, *args: Any, **kwargs: Any) -> Any:
        found = super().visit(node, *args, **kwargs)
        self._spend(1 + (len(found) if isinstance(found, list) else 0))
        return found

    def visit_literal(self, node: Any, value: Any) -> Any:
        return self._made(super().visit_literal(node, value))

    def visit_multi_select_list(self, node: Any, value: Any) -> Any:
        return self._made(super().visit_multi_select_list(node, value))

    def visit_multi_select_dict(self, node: Any, value: Any) -> Any:
        return self._made(super().visit_multi_select_dict(node, value))

    def visit_function_expression(self, node: Any, value: Any) -> Any:
        name, arguments = node["value"], [self.visit(child, value) for child in node["children"]]
        for argument in arguments:
            if isinstance(argument, str | list | dict):
                self._spend(len(argument))
        if name == "to_string":
            self.spend_on(arguments)
        if name == "join":
            self._spend(len(arguments[0]) * len(arguments[1]))
        return self._made(_FUNCTIONS.call_function(name, arguments))

    def _made(self, value: Any) -> Any:
        self.spend_on(value)
        return value

    def spend_on(self, value: Any) -> None:
        """Pay for a value and all that is in it, as often as it is in it."""
        todo = [value]
        while todo:
            found = todo.pop()
            self._spend(1)
            if isinstance(found, str | list | dict):
                self._spend(len(found))
            if isinstance(found, dict):
                self._spend(sum(map(len, found)))
                todo.extend(found.values())
            elif isinstance(found, list):
                todo.extend(found)

    def _spend(self, units: int) -> None:
        self._left -= units
        if self._left < 0:
            raise _TooMuch


_FUNCTIONS = Functions()
