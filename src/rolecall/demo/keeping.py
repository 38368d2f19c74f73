"""The demo's credentials in a file: they cannot be had again from the hashes that the database keeps."""

import os
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import msgspec

Kept = TypeVar("Kept", bound=msgspec.Struct)


class Named(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A record with an id and the slug it is found by."""

    id: UUID
    slug: str


class Ref(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A record by its id."""

    id: UUID


class Bindbee(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The unified API's two secrets."""

    api_key: str
    connector_token: str


class Recruitsome(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A key with every scope; `user_id` is a member's number."""

    api_key: str
    user_id: int


class Hirempire(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A token that never expires."""

    token: str


class Recruitifi(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A partner's account, its connector, and a client, user and job to ask for a link with."""

    client_id: str
    client_secret: str
    connector_id: UUID
    client: str
    user: str
    job: str


class Crosspath(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A partner's key."""

    api_key: str


class DemoCredentials(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a client needs to call the demo. Others read this file: its shape stays."""

    base_url: str
    jobs_base_url: str
    workspace: Named
    company: Named
    job: Ref
    bindbee: Bindbee
    recruitsome: Recruitsome
    hirempire: Hirempire
    recruitifi: Recruitifi
    crosspath: Crosspath

    def secrets(self) -> list[str]:
        """Every secret in it."""
        return [
            self.bindbee.api_key,
            self.bindbee.connector_token,
            self.recruitsome.api_key,
            self.hirempire.token,
            self.recruitifi.client_secret,
            self.crosspath.api_key,
        ]


def load(path: Path, shape: type[Kept]) -> Kept | None:
    """What is in the file, None when there is no such file or it is not whole."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=shape)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def save(path: Path, kept: msgspec.Struct) -> None:
    """Write the file anew, readable by its owner only, and never half of it. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(kept), indent=2) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
