"""The addresses by which people of the demo come in, made anew at each start: they end soon or with their first use."""

from dataclasses import dataclass

from rolecall.actions.missions import REVIEW_AUDIENCE, REVIEW_LIVES, REVIEW_PATH, make_review_link
from rolecall.services import Services
from rolecall.store.workspaces import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrances:
    """`review` is where partners' missions are reviewed, for an hour."""

    review: str


async def make_entrances(services: Services, workspace: Workspace) -> Entrances:
    """New addresses."""
    async with services.database.writing() as conn:
        ctx = await services.context(conn, workspace.id, actor="operator")
        claims = await make_review_link(ctx)
    token = services.signer.sign(claims, audience=REVIEW_AUDIENCE, now=ctx.now, lives=REVIEW_LIVES)
    return Entrances(review=f"{services.settings.public_url}{REVIEW_PATH}?token={token}")
