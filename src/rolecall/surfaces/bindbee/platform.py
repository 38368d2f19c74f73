"""Operations of an organization, whose calls need its key alone: a connector token that comes along does no harm."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

from pydantic import BaseModel
from starlette.responses import Response

from rolecall.surfaces.bindbee.auth import BindbeeCall, Caller, authenticate_key, organization_of
from rolecall.surfaces.bindbee.parameters import Parameters
from rolecall.surfaces.bindbee.writing import read_body
from rolecall.web.errors import Answer
from rolecall.web.requests import read_json_object
from rolecall.web.surface import Operation

Shape = TypeVar("Shape", bound=BaseModel)


def platform_operation(
    method: str,
    path: str,
    name: str,
    handle: Callable[[BindbeeCall], Awaitable[Response]],
    *,
    writes: bool | None = None,
    errors: Mapping[type[Exception], Answer] | None = None,
) -> Operation:
    """An operation under /api/v1. All but GET write unless `writes` says otherwise."""
    return Operation(
        method=method,
        path=path,
        name=name,
        handle=handle,
        writes=method != "GET" if writes is None else writes,
        authenticate=authenticate_key,
        admit=_admit,
        errors=errors or {},
    )


def _admit(caller: Caller) -> None:
    organization_of(caller)


async def body_of(call: BindbeeCall, shape: type[Shape], parameters: Parameters) -> Shape:
    """The body in its shape. Raises ParametersRefused with everything that is wrong with it or the parameters."""
    tree = await read_json_object(call.request, at_most=call.services.largest_body)
    body = read_body(shape, tree, parameters.problems)
    parameters.check(of_connector=False)
    assert body is not None, "the check would have raised"
    return body
