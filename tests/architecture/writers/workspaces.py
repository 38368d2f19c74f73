"""Workspaces and their members."""

from rolecall.actions import members
from tests.architecture.cast import Act

WRITES: dict[str, tuple[str, Act]] = {
    "members.create_member": (
        "member.created",
        lambda ctx, _: members.create_member(
            ctx, members.NewMember(email="ada@acme.example", first_name="Ada", last_name="Berg")
        ),
    ),
}
READS = {"workspaces.native_connector_id", "workspaces.workspace_by_slug"}
OTHERS = {
    "context.record": "it is what appends the event",
    "workspaces.create_workspace": "test_events.py has a test of it: there is no workspace to act in before it",
}
