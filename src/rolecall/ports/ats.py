"""Systems that keep recruiting records, and what a connector to one of them says of itself and does."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol
from uuid import UUID

from rolecall.ports.outbound import Outbound, Reply
from rolecall.ports.remote_records import RemoteRecord


class AtsError(Exception):
    """The system could not be used. `permanent`: trying again later is of no use."""

    permanent: ClassVar[bool] = False


class SecretsRefused(AtsError):
    """The system does not let us in with these secrets."""

    permanent = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretField:
    """Something that a customer enters to let us in; `hint` says where it is found."""

    name: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One customer's account: what lets us in, by the names of its SecretFields.

    `syncs` is how often everything was read of it before.
    """

    secrets: Mapping[str, str] = field(repr=False)
    syncs: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorRequest:
    """A request in the system's own language: `path` is relative to its base address, `seconds` how long to wait.

    `data` is a text, a list, an object or None, to be written in `format`: JSON, XML or MULTIPART.
    """

    method: str
    path: str
    headers: Mapping[str, str]
    params: Mapping[str, Any]
    data: Any
    format: str
    seconds: float


class Ats(Protocol):
    """One system, as its connector speaks with it. It translates, and refuses loudly what it cannot express."""

    async def check(self, account: Account) -> None:
        """Ask whether the system lets us in. Raises SecretsRefused or another AtsError."""
        ...

    def read(self, account: Account) -> AsyncIterator[Sequence[RemoteRecord]]:
        """Everything that the system has, in batches of one kind each; what a record names comes before it.

        Raises AtsError.
        """
        ...

    async def ask(self, account: Account, request: VendorRequest) -> Reply:
        """The system's own answer to a request. Raises OutboundError when there is none."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Integration:
    """What a folder of `rolecall.connectors` offers. `id` is the same in every installation.

    `connect` is None for a system that needs no linking. `icon` is a file of `rolecall/web/static`. `is_test` says that
    its records are made up.
    """

    slug: str
    id: UUID
    name: str
    description: str
    icon: str
    category: str = "ATS"
    secrets: Sequence[SecretField] = ()
    is_test: bool = False
    connect: Callable[[Outbound], Ats] | None = None
