"""Invitations of agencies are sent from here, each with the signed address at which it is answered."""

from uuid import UUID

from rolecall.actions.invitations import AUDIENCE, PATH, SEND, invitation_claims, is_due, note_mailed
from rolecall.domain.invitations import Invitation
from rolecall.ports.mail import Message
from rolecall.services import Services
from rolecall.store import clients, invitations
from rolecall.tasks.queue import BackgroundTask, Work

_TEXT = """\
Hello{who},

{client} invites {agency} to work for it as a recruiting agency.

{terms}

Accept or decline until {until}:

{url}

Whoever opens this address can answer for you: do not pass it on. If you do not know {client}, ignore this message.
"""


async def send(work: Work, *, workspace: str, invitation: str) -> None:
    """Send an invitation, unless it has been answered, has expired, or was sent within a day.

    A worker that is killed after the mail server has taken the message sends it again.
    """
    services, workspace_id = work.services, UUID(workspace)
    async with services.database.reading() as conn:
        found = await invitations.get(conn, workspace_id, UUID(invitation))
        if found is None or found.email is None or not is_due(found, services.clock()):
            return
        client = await clients.called(conn, workspace_id, found.client_id)
    subject = f"{client} invites {found.company_name or 'your agency'} to work for it"
    await services.mail.send(Message(to=found.email, subject=subject, text=_text(services, found, client)))
    async with services.database.writing() as conn:
        await note_mailed(await services.context(conn, workspace_id, actor=f"task:{SEND}"), found.id)


def _text(services: Services, invitation: Invitation, client: str) -> str:
    now = services.clock()
    lives = invitation.expires_at - now
    token = services.signer.sign(invitation_claims(invitation), audience=AUDIENCE, now=now, lives=lives)
    return _TEXT.format(
        who=f" {invitation.first_name}" if invitation.first_name else "",
        client=client,
        agency=invitation.company_name or "you",
        terms=terms_of(invitation),
        until=f"{invitation.expires_at:%-d %B %Y} (UTC)",
        url=f"{services.settings.public_url}{PATH}/{token}",
    )


def terms_of(invitation: Invitation) -> str:
    """What an invitation says of fees."""
    if invitation.optimized_fee:
        return "The platform's usual fee holds."
    if not invitation.fees:
        return "The fee is to be agreed on."
    said = [f"{fee.percentage:f} %{f' ({fee.note})' if fee.note else ''}" for fee in invitation.fees]
    return f"Its fee, of the first year's pay: {', '.join(said)}."


TASKS = [BackgroundTask(name=SEND, run=send)]
