"""What a workspace's application forms ask consent for."""

from dataclasses import dataclass, field, replace

from rolecall.actions.context import Context, record
from rolecall.domain.consent import Consent, check_consent
from rolecall.domain.errors import WorkspaceUnknown
from rolecall.store import workspaces


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentChanges:
    """What to change; None leaves as it is. An empty text goes back to ours, an empty address takes the link away."""

    texts: dict[str, str] = field(default_factory=dict[str, str])
    privacy_url: str | None = None
    talent_pool: bool | None = None


async def change_consent(ctx: Context, changes: ConsentChanges) -> Consent:
    """Change what the workspace's forms ask for. Raises FieldInvalid."""
    await workspaces.lock(ctx.conn, ctx.workspace_id)
    before = await workspaces.consent(ctx.conn, ctx.workspace_id)
    if before is None:
        raise WorkspaceUnknown(workspace=ctx.workspace_id)
    texts = {language: text.strip() for language, text in {**before.texts, **changes.texts}.items()}
    after = replace(before, texts={language: text for language, text in texts.items() if text})
    if changes.privacy_url is not None:
        after = replace(after, privacy_url=changes.privacy_url.strip() or None)
    if changes.talent_pool is not None:
        after = replace(after, talent_pool=changes.talent_pool)
    if after == before:
        return before
    check_consent(after)
    await workspaces.set_consent(ctx.conn, ctx.workspace_id, after)
    await record(ctx, "workspace", "changed", record_id=ctx.workspace_id, fields=["consent"])
    return after
