"""What a workspace may be called in addresses."""

from rolecall.domain.errors import FieldInvalid

# Pages stand at these words where a workspace's own stand under its slug. A test derives them from the routes.
RESERVED_SLUGS = frozenset({"invitations"})


def check_slug(slug: str) -> None:
    """Raise FieldInvalid for a slug at which pages of ours stand."""
    if slug.lower() in RESERVED_SLUGS:
        raise FieldInvalid(field="slug", hint=f'choose another one: "{slug}" is the address of a page')
