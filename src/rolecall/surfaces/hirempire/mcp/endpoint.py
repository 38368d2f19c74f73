"""HirEmpire's MCP endpoint: POST /mcp."""

import asyncio
from collections.abc import Mapping
from functools import cache
from types import ModuleType
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from rolecall.domain.errors import ActiveJobsUsedUp, CompaniesUsedUp, DomainError
from rolecall.surfaces.hirempire.auth import TokenArrival, TokenCall
from rolecall.surfaces.hirempire.errors import ACTIVE_JOBS, COMPANIES, Refusal
from rolecall.surfaces.hirempire.mcp import candidates, companies, jobs
from rolecall.surfaces.hirempire.mcp.tools import Arguments, Outcome, Tool
from rolecall.surfaces.hirempire.oauth import AccessTokenRefused, authenticate_token, token_refused
from rolecall.web.requests import read_body
from rolecall.web.surface import Operation

TOOLS = (*companies.TOOLS, *jobs.TOOLS, *candidates.TOOLS)
_WRITING = frozenset(tool.name for tool in TOOLS if tool.writes)
_SAID: Mapping[type[Exception], str] = {ActiveJobsUsedUp: ACTIVE_JOBS, CompaniesUsedUp: COMPANIES}


class Undone(Exception):
    """A tool was refused. Its answer is ready, and whatever it wrote is not kept."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


class Running:
    """Runs the tools of one message, and keeps what went wrong: the SDK would make an answer of every exception."""

    def __init__(self, call: TokenCall, *, may_write: bool) -> None:
        self._call = call
        self._may_write = may_write
        self.failure: Exception | None = None

    async def __call__(self, tool: Tool, arguments: Arguments) -> Outcome:
        if tool.writes and not self._may_write:
            return Outcome("Send the message as JSON in UTF-8.")
        try:
            text = msgspec.json.encode(await tool.run(self._call, arguments))
        except Exception as error:  # noqa: BLE001 - the edge answers it, or tries again
            self.failure = error
            return Outcome(_sentence(error))
        return Outcome(text.decode(), shape=msgspec.json.decode(text))

    def settle(self, response: Response) -> Response:
        """The answer, if what was written is to be kept. Raises Undone, or what the edge is to deal with."""
        if self.failure is None:
            return response
        if isinstance(self.failure, Refusal | DomainError):
            raise Undone(response) from self.failure
        raise self.failure


def _sentence(error: Exception) -> str:
    return error.text if isinstance(error, Refusal) else _SAID.get(type(error), str(error))


async def exchange(call: TokenCall) -> Response:
    settings = call.services.settings
    body = await read_body(call.request, at_most=settings.max_body_bytes)
    protocol: ModuleType = call.prepared
    running = Running(call, may_write=calls_a_writing_tool(call.request))
    return running.settle(
        await protocol.respond(
            call.request,
            body,
            tools=TOOLS,
            run=running,
            public_url=settings.public_url,
            at_most=settings.max_body_bytes,
        )
    )


async def load(_arrival: TokenArrival) -> ModuleType:
    """The module that speaks the protocol. The first call waits for it, the others of the process do not."""
    return await asyncio.to_thread(_protocol)


@cache
def _protocol() -> ModuleType:
    from rolecall.surfaces.hirempire.mcp import protocol  # noqa: PLC0415 - see there

    return protocol


class _Params(msgspec.Struct):
    name: Any = None


class _Message(msgspec.Struct):
    method: Any = None
    params: _Params | None = None


def calls_a_writing_tool(request: Request) -> bool:
    """Whether the message in the body is a call of a tool that writes. One that cannot be read is none."""
    try:
        message = msgspec.json.decode(request.state.body, type=_Message)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    name = message.params.name if message.params is not None else None
    return message.method == "tools/call" and isinstance(name, str) and name in _WRITING


def _undone(error: Exception) -> Response:
    assert isinstance(error, Undone)
    return error.response


OPERATIONS = [
    Operation(
        method="POST",
        path="/mcp",
        name="mcp",
        handle=exchange,
        writes=calls_a_writing_tool,
        authenticate=authenticate_token,
        prepare=load,
        errors={Undone: _undone, AccessTokenRefused: token_refused},
    ),
]
