"""`rolecall webhook`: who is told of what happens, what was sent, and sending it again."""

from typing import Annotated, Any
from uuid import UUID

import typer

from rolecall.actions.webhooks import (
    NewWebhook,
    create_webhook,
    delete_webhook,
    organization_key,
    redeliver,
    renew_webhook_secret,
)
from rolecall.commands.issuing import Environment
from rolecall.commands.options import AsJson, DataDir, WorkspaceSlug
from rolecall.commands.output import print_json, print_rows
from rolecall.commands.running import Operator, as_operator
from rolecall.domain.errors import DeliveryUnknown, WebhookUnknown
from rolecall.domain.ids import parse_id
from rolecall.domain.webhooks import DeliveryStatus, Webhook
from rolecall.store import deliveries, webhooks
from rolecall.store.deliveries import Delivery
from rolecall.surfaces.bindbee.webhook_queries import NAME
from rolecall.surfaces.bindbee.webhooks import EVENTS

app = typer.Typer(no_args_is_help=True, help="Webhooks: list them, read the log of deliveries, send one again.")

WebhookId = Annotated[str, typer.Argument(metavar="ID", help="Its id, as `rolecall webhook list` shows it.")]


@app.command("create")
def create(
    workspace: WorkspaceSlug,
    url: Annotated[str, typer.Option(help="Where messages are sent to.", show_default=False)],
    event: Annotated[
        list[str] | None, typer.Option(help="A word that it hears; may be repeated. Default: all.", show_default=False)
    ] = None,
    name: Annotated[str, typer.Option(help="What it is for, as lists show it.")] = "Webhook",
    environment: Annotated[Environment, typer.Option(help="Whose connectors it hears of.")] = Environment.PRODUCTION,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Let a receiver hear of syncs and changes in the unified ATS API. Receivers of other contracts register by API.

    The key is the organization's: all of its messages are signed with it.
    """
    words = list(dict.fromkeys(event or EVENTS))
    if not set(words) <= set(EVENTS):
        raise typer.BadParameter(f"one of {', '.join(EVENTS)}", param_hint="--event")
    types = sorted({type_ for word in words for type_ in EVENTS[word]})
    new = NewWebhook(surface=NAME, url=url, events=words, event_types=types, name=name, environment=environment)

    async def act(operator: Operator) -> tuple[Webhook, str]:
        webhook, _ = await create_webhook(operator.ctx, new, sealer=operator.services.sealer)
        return webhook, await organization_key(operator.ctx, sealer=operator.services.sealer)

    made, key = as_operator(data, workspace, act)
    if as_json:
        print_json(_webhook_row(made) | {"key": key})
    else:
        typer.echo(f"{made.id}\nMessages carry X-Bindbee-Webhook-Signature, made with the key {key}")


@app.command("delete")
def delete(webhook: WebhookId, workspace: WorkspaceSlug, data: DataDir = None) -> None:
    """Delete a webhook, of whichever contract, with the log of its deliveries."""
    webhook_id = _webhook_id(webhook)

    async def act(operator: Operator) -> None:
        found = await webhooks.get(operator.conn, operator.workspace_id, webhook_id)
        if found is None:
            raise WebhookUnknown
        await delete_webhook(operator.ctx, webhook_id, surface=found.surface)

    as_operator(data, workspace, act)
    typer.echo("Deleted.")


@app.command("key")
def key(
    workspace: WorkspaceSlug,
    renew: Annotated[bool, typer.Option("--renew", help="Make another one, and use it from now on.")] = False,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Show the key that messages of the unified ATS API are signed with. It is made when there is none yet."""

    async def act(operator: Operator) -> str:
        return await organization_key(operator.ctx, sealer=operator.services.sealer, renew=renew)

    shown = as_operator(data, workspace, act)
    if as_json:
        print_json({"key": shown})
    else:
        typer.echo(shown)


@app.command("list")
def list_all(workspace: WorkspaceSlug, data: DataDir = None, as_json: AsJson = False) -> None:
    """List a workspace's webhooks, oldest first. The APIs make them, and `create`."""

    async def act(operator: Operator) -> list[Webhook]:
        return await webhooks.of_workspace(operator.conn, operator.workspace_id)

    rows = [_webhook_row(found) for found in as_operator(data, workspace, act)]
    print_rows(rows, as_json=as_json, empty="There is none yet.")


@app.command("log")
def log(
    workspace: WorkspaceSlug,
    webhook: Annotated[str | None, typer.Option(metavar="ID", help="Only of this one.", show_default=False)] = None,
    status: Annotated[DeliveryStatus | None, typer.Option(help="Only in this state.", show_default=False)] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many, the newest first.")] = 50,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Show what was sent to webhooks, newest first, and what became of it. JSON has the bodies too."""
    webhook_id = None if webhook is None else _webhook_id(webhook)

    async def act(operator: Operator) -> list[Delivery]:
        return await deliveries.newest(
            operator.conn, operator.workspace_id, webhook_id=webhook_id, status=status, limit=limit
        )

    found = as_operator(data, workspace, act)
    if as_json:
        print_json([_delivery_row(one) | _details(one) for one in found])
    else:
        print_rows([_delivery_row(one) for one in found], empty="Nothing has been sent yet.")


@app.command("redeliver")
def send_again(
    delivery: Annotated[
        str, typer.Argument(metavar="ID", help="The delivery's id, as `rolecall webhook log` shows it.")
    ],
    workspace: WorkspaceSlug,
    data: DataDir = None,
) -> None:
    """Send a message again: the same body under the same webhook-id, with all of its tries."""
    delivery_id = parse_id(delivery)
    if delivery_id is None:
        raise DeliveryUnknown(delivery=delivery)

    async def act(operator: Operator) -> None:
        await redeliver(operator.ctx, delivery_id)

    as_operator(data, workspace, act)
    typer.echo("Queued. `rolecall webhook log` shows how it goes.")


@app.command("secret")
def secret(webhook: WebhookId, workspace: WorkspaceSlug, data: DataDir = None, as_json: AsJson = False) -> None:
    """Make a new secret for a webhook and show it, once. Its messages are signed with it from now on.

    The signature is that of Standard Webhooks: a receiver checks the header webhook-signature with a ready library.
    """
    webhook_id = _webhook_id(webhook)

    async def act(operator: Operator) -> str:
        return await renew_webhook_secret(operator.ctx, webhook_id, sealer=operator.services.sealer)

    made = as_operator(data, workspace, act)
    if as_json:
        print_json({"secret": made})
    else:
        typer.echo(f"{made}\nIt is shown this once. The secret before it is no longer used.")


def _webhook_id(text: str) -> UUID:
    found = parse_id(text)
    if found is None:
        raise WebhookUnknown
    return found


def _webhook_row(webhook: Webhook) -> dict[str, Any]:
    return {
        "id": webhook.id,
        "surface": webhook.surface,
        "environment": webhook.environment,
        "url": webhook.url,
        "events": webhook.events,
        "active": webhook.active,
        "created_at": webhook.created_at,
    }


def _delivery_row(delivery: Delivery) -> dict[str, Any]:
    return {
        "id": delivery.id,
        "webhook_id": delivery.webhook_id,
        "event": delivery.event,
        "status": str(delivery.status),
        "tries": delivery.tries,
        "answer": delivery.answer,
        "problem": delivery.problem,
        "milliseconds": delivery.milliseconds,
        "created_at": delivery.created_at,
        "next_try_at": delivery.next_try_at,
    }


def _details(delivery: Delivery) -> dict[str, Any]:
    return {
        "event_id": delivery.event_id,
        "tried_at": delivery.tried_at,
        "body": delivery.body.decode(),
        "answer_body": delivery.answer_body,
        "attempts": delivery.attempts,
    }
