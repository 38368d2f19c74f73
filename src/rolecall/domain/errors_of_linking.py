"""What can be wrong where other systems are linked and their fields mapped. The groups are those of `errors`."""

from rolecall.domain.errors import Conflict, NotFound, NotPermitted


class ConnectorOfOtherCategory(NotPermitted):
    """The connector token belongs to another category."""


class IntegrationClosed(NotPermitted):
    """The integration {integration} is not enabled."""


class RelinkNeeded(NotPermitted):
    """The connector has to be linked again."""


class NotOffered(NotPermitted):
    """{what} is not available for {integration}."""


class ConnectorBuiltIn(NotPermitted):
    """The workspace's own connector cannot be deleted."""


class TemporaryTokenUnknown(NotFound):
    """There is no such temporary token."""


class CustomFieldUnknown(NotFound):
    """There is no such custom field."""


class CustomFieldMappingUnknown(NotFound):
    """There is no such mapping of a custom field."""


class CustomFieldFrozen(Conflict):
    """The {field} of a custom field that is mapped cannot be changed. Delete its mappings first."""


class CustomFieldMapped(Conflict):
    """The custom field {name} is mapped there already. Change that mapping."""
