"""Everything that can be configured, read from the environment once."""

from collections.abc import Callable
from functools import cache
from typing import Literal
from urllib.parse import parse_qs, urlsplit

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from portal_app.core import clock

DEVELOPMENT_SECRET = "only-for-development-and-tests-never-for-customers"  # noqa: S105
SHORTEST_SECRET = 32


class Settings(BaseSettings):
    """The portal's settings; each has a value that works on a laptop (docs/configuration.md)."""

    model_config = SettingsConfigDict(
        env_prefix="PORTAL_", env_file=".env", extra="ignore", use_attribute_docstrings=True
    )

    env: Literal["dev", "test", "production"] = "dev"
    """Where this is: a laptop, the tests, or in front of customers."""
    port: int = Field(default=8100, ge=1, le=65535)
    """The one port on which pages, files and the socket are served."""
    host: str = "127.0.0.1"
    """The address to listen on. Leave it on the loopback behind a proxy on the same machine."""
    public_url: str = ""
    """Where people reach the portal, such as `https://portal.example.com`."""
    allowed_origins: list[str] = []
    """Further addresses of the same portal, as a JSON list; one for each brand's host."""
    trusted_proxy_hops: int = Field(default=0, ge=0, le=5)
    """How many proxies of your own stand in front; callers' addresses are read that far back."""
    workers: int = Field(default=1, ge=1, le=64)
    """How many processes serve. More than one needs PostgreSQL and Redis."""

    database_url: str = "sqlite:///var/portal.db"
    """The database: SQLite for one process, `postgresql+psycopg://…` for several."""
    redis_url: SecretStr = SecretStr("")
    """Where tabs and counts are kept when several processes share them; empty: in memory."""
    secret_key: SecretStr = SecretStr(DEVELOPMENT_SECRET)
    """Binds tabs to sessions and seals secrets in the database. Random, at least 32 characters."""

    currency: str = Field(default="USD", pattern="^[A-Z]{3}$")
    """The currency of accounts whose feed names none (ISO 4217)."""
    country: str = Field(default="US", pattern="^[A-Z]{2}$")
    """The country whose phone numbers and postal codes are meant when none is named."""
    timezone: str = "UTC"
    """The time zone of accounts whose feed names none, and of the nightly publication."""
    language: str = "en"
    """How amounts and dates are written. The words of the portal are English."""

    consumer_idle_minutes: int = Field(default=30, ge=2, le=120)
    """After how many quiet minutes a customer is signed out."""
    consumer_hours: int = Field(default=12, ge=1, le=24)
    """After how many hours a customer signs in again, however busy."""
    staff_idle_minutes: int = Field(default=15, ge=2, le=60)
    """After how many quiet minutes a member of staff is signed out."""
    staff_hours: int = Field(default=8, ge=1, le=12)
    """After how many hours a member of staff signs in again, however busy."""
    events_per_minute: int = Field(default=120, ge=10, le=100_000)
    """How many clicks and the like one session may send in a minute."""
    sockets_per_minute: int = Field(default=60, ge=10, le=100_000)
    """How many tabs one network may open in a minute."""

    mailer: Literal["captured", "smtp"] = "captured"
    """What carries letters: `captured` keeps them in the outbox and sends nothing."""
    smtp_host: str = "127.0.0.1"
    """The mail server."""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    """The mail server's port."""
    smtp_username: str = ""
    """Who signs in at the mail server; empty: nobody."""
    smtp_password: SecretStr = SecretStr("")
    """The password for that."""
    smtp_tls: Literal["starttls", "tls", "none"] = "starttls"
    """How the connection is encrypted: after a greeting, from the first byte, or not at all."""
    mail_from: str = "portal@example.com"
    """The address that letters come from."""
    texts: Literal["captured", "sns"] = "captured"
    """What carries text messages: `captured` sends none, `sns` is Amazon SNS."""

    licence_file: str = ""
    """The file with the signed licence."""
    licence_public_keys: dict[str, str] = {}
    """The keys that may sign a licence, as a JSON object: key id to public key."""
    feed_folder: str = ""
    """The folder that the nightly run reads a feed from; empty: feeds come another way."""
    upload_folder: str = "var/uploads"
    """Where uploaded feeds wait until they are read."""
    feed_megabytes: int = Field(default=50, ge=1, le=2_000)
    """The largest file of a feed, in megabytes."""
    feed_unpacked_megabytes: int = Field(default=500, ge=1, le=20_000)
    """The most that a zipped feed may unpack to, in megabytes."""
    publish_at: str = Field(default="02:00", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    """When the nightly publication runs, in the portal's time zone."""
    jobs: Literal["on", "off"] = "on"
    """Whether the server runs background work itself; `off` when a worker of its own does."""
    demo: bool = False
    """Whether the demo people may be loaded. Never in production."""

    @property
    def address(self) -> str:
        """Where the portal is reached, without a trailing slash."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def origins(self) -> list[str]:
        """The origins whose pages may open a socket or post a form."""
        if self.allowed_origins or self.env == "production":
            return [self.address, *self.allowed_origins]
        names = ("localhost", "127.0.0.1", "orchard.localhost")
        return [self.address, *(f"http://{name}:{self.port}" for name in names)]

    @property
    def is_production(self) -> bool:
        """Whether real customers are served."""
        return self.env == "production"


def _is_elsewhere(url: str) -> bool:
    """Say whether an address names another machine, so that the way there has to be encrypted."""
    return (urlsplit(url).hostname or "localhost") not in {"localhost", "127.0.0.1", "::1"}


def _has_weak_secret(settings: Settings) -> bool:
    secret = settings.secret_key.get_secret_value()
    return secret == DEVELOPMENT_SECRET or len(secret) < SHORTEST_SECRET


def _has_open_origin(settings: Settings) -> bool:
    origins = settings.allowed_origins
    return any("*" in origin or not origin.startswith("https://") for origin in origins)


def _has_open_redis(settings: Settings) -> bool:
    url = settings.redis_url.get_secret_value()
    return bool(url) and not urlsplit(url).password


def _has_clear_redis(settings: Settings) -> bool:
    url = settings.redis_url.get_secret_value()
    return _is_elsewhere(url) and not url.startswith("rediss://")


def _has_clear_database(settings: Settings) -> bool:
    url = settings.database_url
    asked = {name: values[-1] for name, values in parse_qs(urlsplit(url).query).items()}
    host = asked.get("host", "")
    is_remote = _is_elsewhere(f"//{host}" if host and not host.startswith("/") else url)
    is_encrypted = asked.get("sslmode") in {"require", "verify-ca", "verify-full"}
    return is_remote and not is_encrypted and not url.startswith("sqlite")


# Why settings must not serve customers, and how to tell.
FAULTS: dict[str, Callable[[Settings], bool]] = {
    "PORTAL_SECRET_KEY is the development one or shorter than 32 characters.": _has_weak_secret,
    "PORTAL_PUBLIC_URL must be an https address.": (
        lambda chosen: not chosen.public_url.startswith("https://")
    ),
    "PORTAL_ALLOWED_ORIGINS holds a wildcard or an address without https.": _has_open_origin,
    "Several workers need PORTAL_REDIS_URL: a tab's state must be the same in each.": (
        lambda chosen: chosen.workers > 1 and not chosen.redis_url.get_secret_value()
    ),
    "Several workers need PostgreSQL: set PORTAL_DATABASE_URL.": (
        lambda chosen: chosen.workers > 1 and chosen.database_url.startswith("sqlite")
    ),
    "PORTAL_REDIS_URL has no password: whoever reaches Redis becomes everybody.": _has_open_redis,
    "PORTAL_REDIS_URL reaches another machine in the clear: use rediss://.": _has_clear_redis,
    "PORTAL_DATABASE_URL reaches another machine without sslmode=verify-full or require.": (
        _has_clear_database
    ),
    "PORTAL_MAILER=captured sends nothing: set smtp.": lambda chosen: chosen.mailer == "captured",
    "PORTAL_SMTP_TLS=none sends letters in the clear.": lambda chosen: chosen.smtp_tls == "none",
    "PORTAL_MAIL_FROM is the example address: letters from it are thrown away.": (
        lambda chosen: chosen.mail_from.endswith("@example.com")
    ),
    "PORTAL_DEMO loads people whose passwords everybody knows.": lambda chosen: chosen.demo,
    "PORTAL_CLOCK_FILE moves the clock: for tests only.": lambda _chosen: bool(clock.CLOCK_FILE),
}


def refusals(settings: Settings) -> list[str]:
    """Return every reason why these settings must not serve customers; empty outside production."""
    if not settings.is_production:
        return []
    return [reason for reason, is_so in FAULTS.items() if is_so(settings)]


@cache
def settings() -> Settings:
    """Return the process's settings."""
    return Settings()
