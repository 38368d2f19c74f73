"""The addresses by which people of the demo come in, made anew at each start: they end soon or with their first use."""

from dataclasses import dataclass

from rolecall.actions.context import Context
from rolecall.actions.missions import REVIEW_AUDIENCE, REVIEW_LIVES, REVIEW_PATH, make_review_link
from rolecall.actions.signing_in import make_link
from rolecall.demo.market_cast import RECRUITERS
from rolecall.domain.recruiters import LONGEST_LINK_LIFE
from rolecall.services import Services
from rolecall.store import agencies
from rolecall.store.workspaces import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrances:
    """`review` is where partners' missions are reviewed, for an hour; `agencies` sign one person in each, once."""

    review: str
    agencies: dict[str, str]


async def make_entrances(services: Services, workspace: Workspace) -> Entrances:
    """New addresses; those of agencies by the names of the people whom they sign in."""
    base = services.settings.public_url
    async with services.database.writing() as conn:
        ctx = await services.context(conn, workspace.id, actor="operator")
        claims = await make_review_link(ctx)
        tokens = await _sign_in_tokens(ctx)
    review = services.signer.sign(claims, audience=REVIEW_AUDIENCE, now=ctx.now, lives=REVIEW_LIVES)
    return Entrances(
        review=f"{base}{REVIEW_PATH}?token={review}",
        agencies={who: f"{base}/agency/{workspace.slug}/enter/{token}" for who, token in tokens.items()},
    )


async def _sign_in_tokens(ctx: Context) -> dict[str, str]:
    """A token for each recruiter of the cast who still works at their agency."""
    tokens: dict[str, str] = {}
    for name, cast in RECRUITERS.items():
        agency = await agencies.by_name(ctx.conn, ctx.workspace_id, name)
        team = await agencies.recruiters(ctx.conn, ctx.workspace_id, agency.id) if agency is not None else []
        for one in team:
            if one.email == cast.email and one.disabled_at is None:
                who = f"{one.first_name} {one.last_name}, {name}"
                tokens[who] = await make_link(ctx, one.id, lives=LONGEST_LINK_LIFE)
    return tokens
