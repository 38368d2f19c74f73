"""The demo's MCP client. It has a file of its own: others read that of the credentials, whose shape stays."""

from pathlib import Path

import msgspec

from rolecall.actions.issuing import issue_mcp_client
from rolecall.demo.keeping import load, save
from rolecall.domain.credentials import CredentialKind
from rolecall.services import Services
from rolecall.store.workspaces import Workspace

_FILE = "demo-mcp.json"


class McpClient(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an MCP client signs in with."""

    client_id: str
    client_secret: str


async def kept_client(services: Services, workspace: Workspace) -> McpClient:
    """The client of the last start, or a new one where that one is lost or revoked."""
    file: Path = services.settings.data_dir / _FILE
    kept = load(file, McpClient)
    if kept is not None and await _is_valid(services, workspace, kept):
        return kept
    async with services.database.writing() as conn:
        ctx = await services.context(conn, workspace.id, actor="operator")
        issued = await issue_mcp_client(ctx, workspace, name="Demo", lives=None)
    client = McpClient(client_id=str(issued.credential.public_id), client_secret=issued.secret)
    save(file, client)
    return client


async def _is_valid(services: Services, workspace: Workspace, kept: McpClient) -> bool:
    kind = CredentialKind.HIREMPIRE_MCP
    found = await services.credentials.find_live(kind, kept.client_secret, now=services.clock())
    return found is not None and (found.workspace_id, found.public_id) == (workspace.id, kept.client_id)
