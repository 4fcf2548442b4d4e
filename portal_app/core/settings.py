"""Everything that can be configured, read from the environment once."""

from functools import cache
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from portal_app.core import clock

DEVELOPMENT_SECRET = "only-for-development-and-tests-never-for-customers"  # noqa: S105
SHORTEST_SECRET = 32


class Settings(BaseSettings):
    """The portal's settings; each has a value that works on a laptop (docs/configuration.md)."""

    model_config = SettingsConfigDict(env_prefix="PORTAL_", env_file=".env", extra="ignore")

    env: Literal["dev", "test", "production"] = "dev"
    port: int = Field(default=8100, ge=1, le=65535)
    host: str = "127.0.0.1"
    public_url: str = ""
    allowed_origins: list[str] = []
    trusted_proxy_hops: int = Field(default=0, ge=0, le=5)
    workers: int = Field(default=1, ge=1, le=64)

    database_url: str = "sqlite:///var/portal.db"
    redis_url: SecretStr = SecretStr("")
    secret_key: SecretStr = SecretStr(DEVELOPMENT_SECRET)

    currency: str = Field(default="USD", pattern="^[A-Z]{3}$")
    country: str = Field(default="US", pattern="^[A-Z]{2}$")
    timezone: str = "UTC"
    language: str = "en"

    consumer_idle_minutes: int = Field(default=30, ge=2, le=120)
    consumer_hours: int = Field(default=12, ge=1, le=24)
    staff_idle_minutes: int = Field(default=15, ge=2, le=60)
    staff_hours: int = Field(default=8, ge=1, le=12)
    events_per_minute: int = Field(default=120, ge=10, le=100_000)
    sockets_per_minute: int = Field(default=60, ge=10, le=100_000)

    mailer: Literal["captured", "smtp"] = "captured"
    smtp_host: str = "127.0.0.1"
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_username: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_tls: Literal["starttls", "tls", "none"] = "starttls"
    mail_from: str = "portal@example.com"
    texts: Literal["captured", "sns"] = "captured"

    licence_file: str = ""
    licence_public_keys: dict[str, str] = {}
    feed_folder: str = ""
    upload_folder: str = "var/uploads"
    feed_megabytes: int = Field(default=50, ge=1, le=2_000)
    feed_unpacked_megabytes: int = Field(default=500, ge=1, le=20_000)
    publish_at: str = Field(default="02:00", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    jobs: Literal["on", "off"] = "on"
    demo: bool = False

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


def refusals(settings: Settings) -> list[str]:
    """Return every reason why these settings must not serve customers; empty outside production."""
    if not settings.is_production:
        return []
    secret = settings.secret_key.get_secret_value()
    faults = {
        "PORTAL_SECRET_KEY is the development one or shorter than 32 characters.": (
            secret == DEVELOPMENT_SECRET or len(secret) < SHORTEST_SECRET
        ),
        "PORTAL_PUBLIC_URL must be an https address.": not settings.public_url.startswith(
            "https://"
        ),
        "PORTAL_ALLOWED_ORIGINS holds a wildcard or an address without https.": any(
            "*" in origin or not origin.startswith("https://")
            for origin in settings.allowed_origins
        ),
        "Several workers need PORTAL_REDIS_URL: a tab's state must be the same in each.": (
            settings.workers > 1 and not settings.redis_url.get_secret_value()
        ),
        "Several workers need PostgreSQL: set PORTAL_DATABASE_URL.": (
            settings.workers > 1 and settings.database_url.startswith("sqlite")
        ),
        "PORTAL_MAILER=captured sends nothing: set smtp.": settings.mailer == "captured",
        "PORTAL_SMTP_TLS=none sends letters in the clear.": settings.smtp_tls == "none",
        "PORTAL_DEMO loads people whose passwords everybody knows.": settings.demo,
        "PORTAL_CLOCK_FILE moves the clock: for tests only.": bool(clock.CLOCK_FILE),
        "The database asks for no encryption (sslmode=disable).": (
            "sslmode=disable" in settings.database_url
        ),
    }
    return [reason for reason, is_so in faults.items() if is_so]


@cache
def settings() -> Settings:
    """Return the process's settings."""
    return Settings()
