"""Every setting, typed and read once. `rolecall serve --help` and docs/operate/README.md list them."""

import ipaddress
import os
import re
import secrets
import tempfile
from email.utils import parseaddr
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import platformdirs
import yaml
from pydantic import AliasChoices, Field, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from rolecall.domain.reference_lists import BrokenLists, ReferenceLists, parse_lists

DEMO_WORKSPACE = "demo"
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+")
_SENDER = re.compile(r"[^@\s]+@[^@\s]+")
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def _alias(name: str) -> AliasChoices:
    return AliasChoices(name, name.lower())


class Settings(BaseSettings):
    """The settings of one installation, from the environment. Names are prefixed ROLECALL_, two shared ones are not."""

    model_config = SettingsConfigDict(env_prefix="ROLECALL_", frozen=True, extra="ignore", populate_by_name=True)

    database_url: str | None = Field(
        default=None,
        validation_alias=_alias("DATABASE_URL"),
        repr=False,
        description="A PostgreSQL 15 or newer. Unset: an embedded PostgreSQL in the data folder.",
    )
    redis_url: str | None = Field(
        default=None,
        validation_alias=_alias("REDIS_URL"),
        repr=False,
        description="Redis or Valkey for shared rate limits. Unset: they are kept in PostgreSQL.",
    )
    data_dir: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("rolecall")),
        description="Where the embedded database, uploaded files and the generated secret key are kept.",
    )
    files_url: str | None = Field(
        default=None,
        repr=False,
        description="Where uploaded files are kept, as in s3://bucket/prefix (AWS_ variables name the account and the "
        "endpoint). Unset: the folder `files` of the data folder.",
    )
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on.")
    base_url: str | None = Field(default=None, description="Public address of the API. Default: http://HOST:PORT.")
    jobs_base_url: str | None = Field(
        default=None, description="Public address of the job pages and source links. Default: <base URL>/jobs."
    )
    secret_key: str | None = Field(
        default=None,
        min_length=32,
        repr=False,
        description="Signs links and seals tokens. Default: made once and kept in the data folder (mode 0600).",
    )
    database_pool: int = Field(
        default=8, ge=1, le=200, description="Connections of each of the two pools of a process."
    )
    log_format: Literal["auto", "text", "json"] = Field(
        default="auto", description="auto: text on a terminal, JSON elsewhere."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(default="info", description="Least level logged.")
    log_requests: bool = Field(default=True, description="One log line for each request.")
    trusted_proxies: str = Field(
        default="127.0.0.1,::1",
        description="Addresses, comma-separated, whose X-Forwarded-For and X-Forwarded-Proto are believed; * for all.",
    )
    demo: bool = Field(default=False, description="Show the demo's links on the start page. `rolecall demo` sets it.")
    max_body_bytes: int = Field(default=1_000_000, ge=1_000, description="Largest request body that is read.")
    bindbee_requests_per_minute: int = Field(default=200, ge=1, description="Per connector token.")
    bindbee_later_contract: bool = Field(
        default=False, description="Raise the largest page to 200 and let any status word pass, as later pages say."
    )
    bindbee_closed_writes: str | None = Field(
        default=None,
        description="Models of the unified API that take no writes, comma-separated as in jobs,remote-users.",
    )
    bindbee_closed_integrations: str | None = Field(
        default=None, description="Systems that cannot be linked, comma-separated as in sandbox,lever."
    )
    bindbee_link_origins: str | None = Field(
        default=None,
        description="Origins that may frame the linking page, comma-separated as in https://app.example.org. "
        "Unset: every https page, and pages of this machine.",
    )
    recruitsome_requests_per_minute: int = Field(default=60, ge=1, description="Per API key.")
    hirempire_requests_per_hour: int | None = Field(
        default=None, ge=1, description="Per workspace. Unset: the plan's number, or no limit."
    )
    hirempire_plan: Literal["free", "starter", "pro", "premium"] | None = Field(
        default=None,
        description="Whose limits hold for each workspace: open jobs, companies, requests per hour. Unset: no limits.",
    )
    crosspath_lists: Path | None = Field(
        default=None,
        description="A YAML or JSON file with the words that partners may use; it replaces the lists it names: "
        "companySizes, sectors, positions, contractTypes.",
    )
    outbound_allow: str | None = Field(
        default=None,
        description="Networks of your own, comma-separated as in 10.1.0.0/16, that webhooks may be sent to. "
        "Unset: public addresses only.",
    )
    smtp_url: str | None = Field(
        default=None,
        repr=False,
        description="Server that sends mail, as in smtp://user:password@mail.example.com:587; smtps:// for TLS "
        "from the start. Unset: messages are kept as files in the folder `outbox` of the data folder.",
    )
    mail_from: str | None = Field(
        default=None,
        validate_default=True,
        description="Whom mail is from, as in Acme Recruiting <jobs@acme.example>. Needed with a server.",
    )
    webhook_log_days: int = Field(default=30, ge=1, description="How long the log of webhooks' deliveries is kept.")
    visit_days: int = Field(
        default=400, ge=2, description="How long each visit of a source link is kept. Its place in the figures stays."
    )
    resume_seconds: int = Field(default=20, ge=1, le=600, description="How long the reading of one resume may take.")
    resume_memory_mb: int = Field(
        default=768, ge=256, description="Address space of the process that reads one resume, in megabytes."
    )
    resume_pages: int = Field(default=100, ge=1, description="Most pages of a resume that is read.")
    resume_country: str | None = Field(
        default=None,
        pattern="^[A-Z]{2}$",
        description="Country (as NL) of phone numbers in resumes that tell none. Unset: such numbers are left out.",
    )
    applications_per_hour: int = Field(
        default=60, ge=1, description="Per address, through the forms of job pages. Raise it for a fair."
    )
    agency_sign_ins_per_minute: int = Field(
        default=20, ge=1, description="Tries per address, by password, link or mail, on the agencies' pages."
    )
    list_companies: bool = Field(
        default=True, description="Whether the sitemap of the job pages names every company that has open jobs."
    )
    anonymous_requests_per_minute: int = Field(
        default=600, ge=1, description="Per address, for calls without a valid credential."
    )

    @field_validator("bindbee_link_origins")
    @classmethod
    def _check_origins(cls, origins: str | None) -> str | None:
        for origin in _words_in(origins):
            if not _ORIGIN.fullmatch(origin):
                raise ValueError(f"{origin} is no origin, as in https://app.example.org")
        return origins

    @field_validator("outbound_allow")
    @classmethod
    def _check_networks(cls, networks: str | None) -> str | None:
        _networks_in(networks)
        return networks

    @field_validator("smtp_url")
    @classmethod
    def _check_smtp(cls, url: str | None) -> str | None:
        if url is not None:
            parts = urlsplit(url)
            if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or parts.port == 0:
                raise ValueError("write it as smtp://user:password@mail.example.com:587")
        return url

    @field_validator("mail_from")
    @classmethod
    def _check_sender(cls, sender: str | None, info: ValidationInfo) -> str | None:
        if sender is None and info.data.get("smtp_url") is not None:
            raise ValueError("say whom mail is from when ROLECALL_SMTP_URL is set")
        if sender is not None and not _SENDER.fullmatch(parseaddr(sender)[1]):
            raise ValueError("write it as Acme Recruiting <jobs@acme.example>")
        return sender

    @property
    def mail_sender(self) -> str:
        """Whom mail is from; in files that nobody sends, a name of ours."""
        return self.mail_from or "Rolecall <rolecall@localhost>"

    @property
    def bindbee_closed_models(self) -> frozenset[str]:
        """The models of the unified API, by their paths, that take no writes."""
        return _words_in(self.bindbee_closed_writes)

    @property
    def closed_integrations(self) -> frozenset[str]:
        """The systems, by their slugs, that cannot be linked."""
        return _words_in(self.bindbee_closed_integrations)

    @property
    def link_origins(self) -> list[str]:
        """The sources, as a content security policy writes them, that may frame the linking page."""
        return sorted(_words_in(self.bindbee_link_origins)) or ["https:", "http://localhost:*", "http://127.0.0.1:*"]

    @property
    def outbound_networks(self) -> list[Network]:
        """The networks of the operator's own that requests may go to."""
        return _networks_in(self.outbound_allow)

    @field_validator("crosspath_lists")
    @classmethod
    def _check_lists(cls, path: Path | None) -> Path | None:
        if path is not None:
            _lists_in(path)
        return path

    @property
    def partner_lists(self) -> ReferenceLists:
        """The lists of words that partners may use, as far as the operator has replaced them."""
        return ReferenceLists() if self.crosspath_lists is None else _lists_in(self.crosspath_lists)

    @property
    def public_url(self) -> str:
        """The API's public address, without a slash at the end."""
        return (self.base_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def jobs_url(self) -> str:
        """The job pages' public address, without a slash at the end."""
        return (self.jobs_base_url or f"{self.public_url}/jobs").rstrip("/")

    @property
    def jobs_path(self) -> str:
        """The path under which this process serves the job pages: the path of `jobs_url`, often /jobs or empty."""
        return urlsplit(self.jobs_url).path.rstrip("/")

    @cached_property
    def key(self) -> bytes:
        """The installation's secret, as bytes."""
        if self.secret_key is not None:
            return self.secret_key.encode()
        return _kept_secret(self.data_dir / "secret.key")


def _kept_secret(path: Path) -> bytes:
    """The secret in `path`, made on first use. Two processes that start at once agree on one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, fresh = tempfile.mkstemp(dir=path.parent, prefix=path.name)  # mode 0600
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        Path(fresh).unlink()
    return path.read_bytes().strip()


def _words_in(text: str | None) -> frozenset[str]:
    return frozenset(word.strip() for word in (text or "").split(",") if word.strip())


def _networks_in(text: str | None) -> list[Network]:
    """The networks in a comma-separated list. Raises ValueError, which names the one that is none."""
    return [ipaddress.ip_network(part.strip()) for part in (text or "").split(",") if part.strip()]


@lru_cache(maxsize=8)
def _lists_in(path: Path) -> ReferenceLists:
    """The lists in a file, read once. Raises ValueError, which names the file and the line or the entry."""
    try:
        return parse_lists(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, BrokenLists) as error:
        raise ValueError(f"{path}: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        return f"line {error.problem_mark.line + 1}: {error.problem}"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return " ".join(str(error).split())
