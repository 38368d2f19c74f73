"""Who may do something on the application screen: whoever may make postings."""

from rolecall.actions.context import Context
from rolecall.actions.embedding.application import ApplicationVisit
from rolecall.domain.clients import Permission, check_permitted
from rolecall.pages.embed.access import Opened


async def acting(opened: Opened[ApplicationVisit]) -> Context:
    """The context of what the user does here. Raises PermissionMissing."""
    check_may_act(opened)
    return await opened.context()


def check_may_act(opened: Opened[ApplicationVisit]) -> None:
    """Raise PermissionMissing unless the user may act on candidates."""
    check_permitted(opened.visit.user, Permission.POSTING_CREATOR)
