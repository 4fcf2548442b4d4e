"""Everything that can be configured, read from the environment once."""

from functools import cache
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

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
    tls_certificate: str = ""
    """The portal's own certificate, where the proxy stands on another machine; a PEM file."""
    tls_key: str = ""
    """The private key of that certificate, as PKCS #8."""
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
    database_patience_seconds: int = Field(default=10, ge=1, le=60)
    """How long something waits for the database, or for what another holds in it."""
    redis_url: SecretStr = SecretStr("")
    """Where tabs and counts are kept when several processes share them; empty: in memory."""
    secret_key: SecretStr = SecretStr(DEVELOPMENT_SECRET)
    """Binds tabs to sessions and seals secrets in the database. Random, at least 32 characters."""
    secret_key_before: SecretStr = SecretStr("")
    """The secret that this one replaced: what it sealed still opens, until `reseal` has run."""

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
    text_codes_per_day: int = Field(default=2_000, ge=1, le=1_000_000)
    """How many codes may leave as text messages in a day, to everybody together: what they cost."""

    payments: Literal["sandbox", "stripe", "none"] = "sandbox"
    """Who takes money: `sandbox` only pretends to, `none` means that nobody does."""
    sandbox_file: str = "var/sandbox-gateway.db"
    """What the sandbox remembers between starts. Several processes share one file."""
    stripe_secret_key: SecretStr = SecretStr("")
    """Stripe's secret key, or better a restricted one (`rk_…`)."""
    stripe_webhook_secret: SecretStr = SecretStr("")
    """Signs what Stripe sends to `/hooks/payments` (`whsec_…`)."""
    stripe_pages: str = Field(default="https://checkout.stripe.com", pattern=r"^https?://[\w.:-]+$")
    """Where Stripe's own pages stand; another address only if you use a domain of your own."""
    stripe_api: str = Field(default="https://api.stripe.com", pattern=r"^https?://[\w.:-]+$")
    """Where Stripe's API stands; another address for tests only."""

    licence_file: str = ""
    """The file with the signed licence."""
    licence_public_keys: dict[str, str] = {}
    """The keys that may sign a licence, as a JSON object: key id to public key."""
    feed_folder: str = ""
    """The folder that the nightly run reads a feed from; empty: feeds come another way."""
    upload_folder: str = "var/uploads"
    """Where uploaded feeds wait until they are read."""
    documents: Literal["disk", "s3"] = "disk"
    """Where files that people send are kept: a folder of this machine, or an S3 store."""
    document_folder: str = "var/documents"
    """The folder for `disk`."""
    document_key: SecretStr = SecretStr(DEVELOPMENT_SECRET)
    """Seals the keys of kept files. Random, at least 32 characters; without it they are lost."""
    document_key_before: SecretStr = SecretStr("")
    """The key that this one replaced: what it sealed still opens."""
    s3_bucket: str = ""
    """The bucket for `s3`: private, and the portal's own."""
    s3_endpoint: str = Field(default="", pattern=r"^(https?://[\w.:-]+)?$")
    """Where the S3 store stands; empty: Amazon's, in the region below."""
    s3_region: str = "us-east-1"
    """The region of the bucket. The keys come from the environment, as for text messages."""
    upload_megabytes: int = Field(default=25, ge=1, le=500)
    """The largest file that people may send, in megabytes."""
    upload_quota_megabytes: int = Field(default=500, ge=1, le=100_000)
    """How much one person may keep here, in megabytes."""
    scanner: Literal["embedded", "clamd"] = "embedded"
    """Who looks for malware: `embedded` knows only the scanners' test file; use `clamd`."""
    clamd_host: str = "127.0.0.1"
    """Where clamd listens."""
    clamd_port: int = Field(default=3310, ge=1, le=65535)
    """clamd's port."""
    feed_megabytes: int = Field(default=50, ge=1, le=2_000)
    """The largest file of a feed, in megabytes."""
    feed_unpacked_megabytes: int = Field(default=500, ge=1, le=20_000)
    """The most that a zipped feed may unpack to, in megabytes."""
    publish_at: str = Field(default="02:00", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    """When the nightly publication runs, in the portal's time zone."""
    jobs: Literal["on", "off"] = "on"
    """Whether the server runs background work itself; `off` when a worker of its own does."""
    webhooks_to_loopback: bool = False
    """Whether events may be sent to this machine itself, in the clear too. Never in production."""
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
    def payment_pages(self) -> str:
        """The origin that forms may lead to for adding a card; "" when it is the portal's own."""
        return self.stripe_pages if self.payments == "stripe" else ""

    @property
    def upload_origin(self) -> str:
        """The origin that browsers send files to; "" when it is the portal's own."""
        if self.documents == "disk":
            return ""
        return self.s3_endpoint or f"https://s3.{self.s3_region}.amazonaws.com"

    @property
    def is_production(self) -> bool:
        """Whether real customers are served."""
        return self.env == "production"


@cache
def settings() -> Settings:
    """Return the process's settings."""
    return Settings()
