"""What can be wrong where agencies submit people, beside what `errors` has. The groups are those of `errors`."""

from rolecall.domain.errors import Conflict


class AlreadyAsked(Conflict):
    """The person was asked to confirm within the last 24 hours."""
