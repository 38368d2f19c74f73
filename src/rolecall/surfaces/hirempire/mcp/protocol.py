"""The Model Context Protocol as the official SDK speaks it: one HTTP message in, one answer out, no session kept.

Importing the SDK takes most of a second, so the first call of the endpoint imports this module.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import lru_cache
from importlib.metadata import version
from typing import Any
from urllib.parse import urlsplit

from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from mcp.shared.exceptions import MCPError
from mcp.types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    ToolAnnotations,
)
from mcp.types import Tool as ToolShape
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive

from rolecall.surfaces.hirempire.mcp.tools import Outcome, Tool

Run = Callable[[Tool, Mapping[str, Any]], Awaitable[Outcome]]

_RUN = "rolecall.run"
_INSTRUCTIONS = (
    "Recruiting in one workspace of Rolecall: companies, their jobs with counted source links, and candidates. "
    "Read get_companies before adding jobs; it also tells what the plan still allows."
)
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")  # no name that another site could point elsewhere

logging.getLogger("mcp").setLevel(logging.WARNING)  # it tells of every request, and so do we


async def respond(
    request: Request, body: bytes, *, tools: Sequence[Tool], run: Run, public_url: str, at_most: int
) -> Response:
    """The SDK's answer to a message; `run` carries tools out, in the caller's transaction, before this returns.

    A manager of the SDK serves one period of running, so each message has its own; the server is made once.
    """
    manager = StreamableHTTPSessionManager(
        _server(tuple(tools)),
        json_response=True,
        stateless=True,
        security_settings=_security(public_url),
        max_request_body_size=at_most,
    )
    sent = _Sent()
    async with manager.run():
        await manager.handle_request({**request.scope, _RUN: run}, _receive(body), sent.note)
    return sent.response()


@lru_cache(maxsize=4)
def _server(tools: tuple[Tool, ...]) -> Server[Any]:
    shapes = [_shape(tool) for tool in tools]
    by_name = {tool.name: tool for tool in tools}

    async def list_tools(_ctx: ServerRequestContext[Any], _params: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=shapes)

    async def call_tool(ctx: ServerRequestContext[Any], params: CallToolRequestParams) -> CallToolResult:
        tool = by_name.get(params.name)
        if tool is None:
            raise MCPError(INVALID_PARAMS, f"Unknown tool: {params.name}")
        assert isinstance(ctx.request, Request), "the HTTP transport hands its request on"
        outcome = await ctx.request.scope[_RUN](tool, params.arguments or {})
        text = TextContent(type="text", text=outcome.text)
        return CallToolResult(content=[text], structured_content=outcome.shape, is_error=outcome.refused)

    return Server(
        "rolecall",
        title="Rolecall",
        version=version("rolecall"),
        instructions=_INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _shape(tool: Tool) -> ToolShape:
    hints = ToolAnnotations(
        read_only_hint=not tool.writes,
        destructive_hint=False,
        idempotent_hint=tool.idempotent,
        open_world_hint=False,
    )
    return ToolShape(
        name=tool.name, title=tool.title, description=tool.description, input_schema=tool.schema, annotations=hints
    )


@lru_cache(maxsize=4)
def _security(public_url: str) -> TransportSecuritySettings:
    """Our own address, for hosts and origins, and loopback names, for hosts alone: a proxy may stand before us."""
    public = urlsplit(public_url)
    hosts = [public.netloc, f"{public.hostname}:*", *_LOOPBACK, *(f"{name}:*" for name in _LOOPBACK)]
    return TransportSecuritySettings(allowed_hosts=hosts, allowed_origins=[f"{public.scheme}://{public.netloc}"])


def _receive(body: bytes) -> Receive:
    """The body once; then nothing more ever comes, as from a client that waits for the answer."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        if not messages:
            await asyncio.Event().wait()
        return messages.pop()

    return receive


class _Sent:
    """What an ASGI application sends, gathered."""

    def __init__(self) -> None:
        self._start: Message | None = None
        self._body = bytearray()

    async def note(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
        else:
            self._body += message.get("body", b"")

    def response(self) -> Response:
        if self._start is None:
            raise RuntimeError("the MCP server ended without an answer")
        response = Response(bytes(self._body), status_code=self._start["status"])
        response.raw_headers = list(self._start["headers"])
        return response
