"""Partner accounts, their connectors and credentials."""

from datetime import UTC, datetime

import pytest

from rolecall.actions.partners import (
    create_client_credential,
    create_embed_connector,
    create_partner,
    read_origin,
    rotate_client_secret,
)
from rolecall.domain.errors import CredentialNotFound, FieldInvalid, FieldMissing, NameTaken, PartnerUnknown
from rolecall.store import connectors
from tests.world import World


async def test_a_partner_has_a_name_of_its_own(acme: World) -> None:
    async with acme.services.database.writing() as conn:
        ctx = acme.context(conn)
        partner = await create_partner(ctx, " Oakline ")
        assert (partner.name, partner.publish_immediately, partner.disabled_at) == ("Oakline", False, None)
        with pytest.raises(NameTaken):
            await create_partner(ctx, "Oakline")
        with pytest.raises(FieldMissing):
            await create_partner(ctx, " ")


async def test_an_embedding_connector(acme: World, globex: World) -> None:
    async with acme.services.database.writing() as conn:
        partner = await create_partner(acme.context(conn), "Oakline")
        origins = ["https://App.Oakline.example/", "https://app.oakline.example", "http://localhost:3000"]
        made = await create_embed_connector(acme.context(conn), partner.id, name="Oakline", origins=origins)
        stored = await connectors.get(conn, acme.workspace.id, made.id)
        assert stored == made
        assert (made.category, made.integration) == ("EMBED", "embed")
        assert made.origins == ["https://app.oakline.example", "http://localhost:3000"]
        with pytest.raises(PartnerUnknown):
            await create_embed_connector(globex.context(conn), partner.id, name="Oakline")


@pytest.mark.parametrize(
    "text",
    ["", "*", "https:", "app.example", "https://a.example/x", "https://a.example; script-src *", "https://*.example",
     "javascript:alert(1)", "https://a b", "https://a\n.example", "https://user@a.example", "https://-a.example"],
)  # fmt: skip
def test_what_is_no_origin(text: str) -> None:
    with pytest.raises(FieldInvalid):
        read_origin(text)


async def test_a_client_credential_and_its_rotation(acme: World, globex: World) -> None:
    async with acme.services.database.writing() as conn:
        partner = await create_partner(acme.context(conn), "Oakline & Söner")
        now = datetime.now(UTC)
        credential, secret = await create_client_credential(conn, acme.workspace, partner, now=now)
        assert credential.public_id is not None
        assert credential.public_id.startswith("partner_oakline_soner_")
        assert credential.subject_id == partner.id
        assert await rotate_client_secret(acme.context(conn), credential.id) != secret
        with pytest.raises(CredentialNotFound):
            await rotate_client_secret(globex.context(conn), credential.id)
