"""What can be wrong where agencies submit people, beside what `errors` has. The groups are those of `errors`."""

from rolecall.domain.errors import Conflict, NotFound, NotPermitted


class AlreadyAsked(Conflict):
    """The person was asked to confirm within the last 24 hours."""


class OtherEngagement(Conflict):
    """The posting is for {engagement} hires."""


class TimesheetUnknown(NotFound):
    """There is no such timesheet."""


class OfferedByAnother(NotPermitted):
    """Another client offers this job to agencies."""
