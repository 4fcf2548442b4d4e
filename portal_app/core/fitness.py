"""Why settings must not serve customers."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from portal_app.core import clock
from portal_app.core.settings import DEVELOPMENT_SECRET, SHORTEST_SECRET, Settings


def _is_elsewhere(url: str) -> bool:
    """Say whether an address names another machine, so that the way there has to be encrypted."""
    return (urlsplit(url).hostname or "localhost") not in {"localhost", "127.0.0.1", "::1"}


def _is_weak(secret: str) -> bool:
    return secret == DEVELOPMENT_SECRET or len(secret) < SHORTEST_SECRET


def _has_weak_secret(settings: Settings) -> bool:
    return _is_weak(settings.secret_key.get_secret_value())


def _has_weak_document_key(settings: Settings) -> bool:
    return _is_weak(settings.document_key.get_secret_value())


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
    is_checked = asked.get("sslmode") in {"verify-ca", "verify-full"}
    return is_remote and not is_checked and not url.startswith("sqlite")


def _has_unchecked_redis(settings: Settings) -> bool:
    asked = parse_qs(urlsplit(settings.redis_url.get_secret_value()).query)
    is_checked = asked.get("ssl_cert_reqs", ["required"])[-1] == "required"
    return not is_checked or asked.get("ssl_check_hostname", ["true"])[-1].lower() != "true"


def _has_files_among_pages(settings: Settings) -> bool:
    hosts = {urlsplit(origin).hostname for origin in settings.origins}
    return bool(settings.upload_origin) and urlsplit(settings.upload_origin).hostname in hosts


def _has_clear_port(settings: Settings) -> bool:
    is_alone = settings.host in {"localhost", "127.0.0.1", "::1"}
    return not is_alone and not (settings.tls_certificate and settings.tls_key)


def _has_test_stripe(settings: Settings) -> bool:
    key = settings.stripe_secret_key.get_secret_value()
    return settings.payments == "stripe" and not key.startswith(("sk_live_", "rk_live_"))


def _has_unsigned_stripe(settings: Settings) -> bool:
    secret = settings.stripe_webhook_secret.get_secret_value()
    return settings.payments == "stripe" and not secret.startswith("whsec_")


def _has_other_stripe(settings: Settings) -> bool:
    is_real = settings.stripe_api == "https://api.stripe.com"
    is_safe = is_real and settings.stripe_pages.startswith("https://")
    return settings.payments == "stripe" and not is_safe


def _has_open_store(settings: Settings) -> bool:
    is_whole = settings.s3_bucket and settings.upload_origin.startswith("https://")
    return settings.documents == "s3" and not is_whole


# Why settings must not serve customers, and how to tell.
FAULTS: dict[str, Callable[[Settings], bool]] = {
    "PORTAL_SECRET_KEY is the development one or shorter than 32 characters.": _has_weak_secret,
    "PORTAL_DOCUMENT_KEY is the development one or shorter than 32 characters.": (
        _has_weak_document_key
    ),
    "PORTAL_PUBLIC_URL must be an https address.": (
        lambda chosen: not chosen.public_url.startswith("https://")
    ),
    "PORTAL_ALLOWED_ORIGINS holds a wildcard or an address without https.": _has_open_origin,
    "PORTAL_HOST is reached from other machines in the clear: set PORTAL_TLS_CERTIFICATE and "
    "PORTAL_TLS_KEY, or leave it on the loopback.": _has_clear_port,
    "Several workers need PORTAL_REDIS_URL: a tab's state must be the same in each.": (
        lambda chosen: chosen.workers > 1 and not chosen.redis_url.get_secret_value()
    ),
    "Several workers need PostgreSQL: set PORTAL_DATABASE_URL.": (
        lambda chosen: chosen.workers > 1 and chosen.database_url.startswith("sqlite")
    ),
    "PORTAL_REDIS_URL has no password: whoever reaches Redis becomes everybody.": _has_open_redis,
    "PORTAL_REDIS_URL reaches another machine in the clear: use rediss://.": _has_clear_redis,
    "PORTAL_REDIS_URL lets any certificate pass: leave ssl_cert_reqs and ssl_check_hostname.": (
        _has_unchecked_redis
    ),
    "PORTAL_DATABASE_URL reaches another machine without sslmode=verify-full: name the authority "
    "that vouches for it by sslrootcert.": _has_clear_database,
    "PORTAL_MAILER=captured sends nothing: set smtp.": lambda chosen: chosen.mailer == "captured",
    "PORTAL_SMTP_TLS=none sends letters in the clear.": lambda chosen: chosen.smtp_tls == "none",
    "PORTAL_MAIL_FROM is the example address: letters from it are thrown away.": (
        lambda chosen: chosen.mail_from.endswith("@example.com")
    ),
    "PORTAL_PAYMENTS=sandbox takes no money: set stripe, or none.": (
        lambda chosen: chosen.payments == "sandbox" and not chosen.demo
    ),
    "PORTAL_STRIPE_SECRET_KEY is missing or a test key: no money would be taken.": (
        _has_test_stripe
    ),
    "PORTAL_STRIPE_WEBHOOK_SECRET is missing: Stripe's notices could not be told from others.": (
        _has_unsigned_stripe
    ),
    "PORTAL_STRIPE_API or PORTAL_STRIPE_PAGES names a place for tests.": _has_other_stripe,
    "PORTAL_SCANNER=embedded knows no malware: set clamd.": (
        lambda chosen: chosen.scanner == "embedded"
    ),
    "PORTAL_DOCUMENTS=s3 needs PORTAL_S3_BUCKET, and an https PORTAL_S3_ENDPOINT.": _has_open_store,
    "PORTAL_S3_ENDPOINT is a host of the portal's own: files belong on another.": (
        _has_files_among_pages
    ),
    "PORTAL_DEMO loads people whose passwords everybody knows.": lambda chosen: chosen.demo,
    "PORTAL_WEBHOOKS_TO_LOOPBACK lets events be sent back into this machine: for tests only.": (
        lambda chosen: chosen.webhooks_to_loopback
    ),
    "PORTAL_CLOCK_FILE moves the clock: for tests only.": lambda _chosen: bool(clock.CLOCK_FILE),
}


def refusals(settings: Settings) -> list[str]:
    """Return every reason why these settings must not serve customers; empty outside production."""
    if not settings.is_production:
        return []
    return [reason for reason, is_so in FAULTS.items() if is_so(settings)]
