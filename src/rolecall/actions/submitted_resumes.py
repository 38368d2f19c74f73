"""Resumes of people whom agencies submit, as documents of the one record."""

from uuid import UUID

from rolecall.actions.context import Context, record
from rolecall.actions.ids import new_id
from rolecall.actions.workspaces import native_connector_id
from rolecall.domain.applications import Attachment, AttachmentKind
from rolecall.store import attachments, files


async def attach_resume(ctx: Context, *, candidate_id: UUID, application_id: UUID | None, file_id: UUID) -> None:
    """Let a resume that is stored be a document of the candidate: a part of the write that calls for it."""
    known = await files.get(ctx.conn, ctx.workspace_id, file_id)
    connector_id = await native_connector_id(ctx.conn, ctx.workspace_id)
    attachment = Attachment(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        connector_id=connector_id,
        candidate_id=candidate_id,
        application_id=application_id,
        kind=AttachmentKind.RESUME,
        name=None if known is None else known.name,
        file_id=file_id,
        created_at=ctx.now,
        modified_at=ctx.now,
    )
    await attachments.insert(ctx.conn, attachment)
    await record(ctx, "attachment", "created", record_id=attachment.id, candidate_id=str(candidate_id))
