"""Credentials: issued, withdrawn, rotated."""

from rolecall.actions import issuing, partners
from rolecall.actions.context import Context
from tests.architecture.cast import Act, Cast


async def _withdraw(ctx: Context, cast: Cast) -> None:
    issued = await issuing.issue_sources_token(ctx, cast.world.workspace, name="test", lives=None)
    await issuing.withdraw(ctx, issued.credential.id)


async def _shut_out(ctx: Context, _cast: Cast) -> None:
    partner = await partners.create_partner(ctx, "Shut out")
    await partners.set_partner_active(ctx, partner.name, active=False)


async def _rotate(ctx: Context, cast: Cast) -> None:
    issued = await issuing.issue_embedding_client(ctx, cast.world.workspace, partner_name="New", origins=())
    await partners.rotate_client_secret(ctx, issued.credential.id)


WRITES: dict[str, tuple[str, Act]] = {
    "issuing.issue_connector_token": (
        "credential.issued",
        lambda ctx, cast: issuing.issue_connector_token(ctx, cast.world.workspace, sealer=cast.world.services.sealer),
    ),
    "issuing.issue_embedding_client": (
        "credential.issued",
        lambda ctx, cast: issuing.issue_embedding_client(ctx, cast.world.workspace, partner_name="New", origins=()),
    ),
    "issuing.issue_developer": (
        "credential.issued",
        lambda ctx, cast: issuing.issue_developer(ctx, cast.world.workspace, partner_name="New", client="cust-1"),
    ),
    "issuing.issue_intake_key": (
        "credential.issued",
        lambda ctx, cast: issuing.issue_intake_key(ctx, cast.world.workspace, partner_name="New"),
    ),
    "issuing.issue_mcp_client": (
        "credential.issued",
        lambda ctx, cast: issuing.issue_mcp_client(ctx, cast.world.workspace, name="test", lives=None),
    ),
    "issuing.issue_sources_token": (
        "credential.issued",
        lambda ctx, cast: issuing.issue_sources_token(ctx, cast.world.workspace, name="test", lives=None),
    ),
    "issuing.issue_unified_key": (
        "credential.issued",
        lambda ctx, cast: issuing.issue_unified_key(ctx, cast.world.workspace, environment="production"),
    ),
    "issuing.issue_vacancies_key": (
        "credential.issued",
        lambda ctx, cast: issuing.issue_vacancies_key(ctx, cast.world.workspace, name="test", scopes=[]),
    ),
    "issuing.withdraw": ("credential.revoked", _withdraw),
    "partners.create_embed_connector": (
        "connector.created",
        lambda ctx, cast: partners.create_embed_connector(ctx, cast.partner.id, name="Second"),
    ),
    "partners.let_frame": (
        "connector.changed",
        lambda ctx, cast: partners.let_frame(ctx, cast.connector, ["https://two.oakline.example"]),
    ),
    "partners.rotate_client_secret": ("credential.rotated", _rotate),
    "partners.set_partner_active": ("partner.changed", _shut_out),
    "partners.create_partner": ("partner.created", lambda ctx, _: partners.create_partner(ctx, "New")),
}
READS = {"access_tokens.credential_of"}
PARTS = {
    "credentials.create_credential": "issuing",
    "credentials.revoke_credential": "issuing.withdraw",
    "partners.create_client_credential": "issuing.issue_embedding_client",
}
