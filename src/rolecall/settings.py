"""Every setting, typed and read once. `rolecall --help` and docs/operate/settings.md list them."""

import os
import secrets
from functools import cached_property
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import platformdirs
from pydantic import AliasChoices, Field
from pydantic_settings import BaseSettings, SettingsConfigDict


def _alias(name: str) -> AliasChoices:
    return AliasChoices(name, name.lower())


class Settings(BaseSettings):
    """The settings of one installation, from the environment. Names are prefixed ROLECALL_, two shared ones are not."""

    model_config = SettingsConfigDict(env_prefix="ROLECALL_", frozen=True, extra="ignore", populate_by_name=True)

    database_url: str | None = Field(
        default=None,
        validation_alias=_alias("DATABASE_URL"),
        description="A PostgreSQL 15 or newer. Unset: an embedded PostgreSQL in the data folder.",
    )
    redis_url: str | None = Field(
        default=None,
        validation_alias=_alias("REDIS_URL"),
        description="Redis or Valkey for shared rate limits. Unset: they are kept in PostgreSQL.",
    )
    data_dir: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("rolecall")),
        description="Where the embedded database, uploaded files and the generated secret key are kept.",
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
    recruitsome_requests_per_minute: int = Field(default=60, ge=1, description="Per API key.")
    hirempire_requests_per_hour: int | None = Field(default=None, ge=1, description="Per workspace. Unset: no limit.")
    anonymous_requests_per_minute: int = Field(
        default=600, ge=1, description="Per address, for requests that come without a valid credential."
    )

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
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return path.read_bytes().strip()
