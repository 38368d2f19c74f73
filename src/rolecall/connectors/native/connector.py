"""What was made, imported or pushed in here. It is read as it is, so there is nothing to link and nothing to sync."""

from uuid import UUID

from rolecall.ports.ats import Integration

INTEGRATION = Integration(
    slug="native",
    id=UUID("0198c210-0f57-7be1-a402-9c13d8e6f001"),
    name="Rolecall",
    description="The records of this workspace, whichever contract they came through.",
    icon="rolecall.svg",
)
