"""Which adapter fulfils which port, by the settings: the only module that names both."""

from functools import cache
from pathlib import Path

from portal_app.core import clock
from portal_app.core.settings import settings
from portal_app.integrations.captured_mailer import CapturedMailer
from portal_app.integrations.captured_texts import CapturedTexts
from portal_app.integrations.clamd_scanner import ClamdScanner
from portal_app.integrations.disk_store import DiskStore
from portal_app.integrations.http_webhooks import HttpWebhooks
from portal_app.integrations.limits_limiter import LimitsLimiter
from portal_app.integrations.mjml_letters import MjmlLetters
from portal_app.integrations.no_gateway import NoGateway
from portal_app.integrations.no_scanner import NoScanner
from portal_app.integrations.sandbox_gateway import SandboxGateway
from portal_app.integrations.smtp_mailer import SmtpMailer
from portal_app.integrations.structured_logs import configure
from portal_app.ports import (
    LetterRenderer,
    Mailer,
    PdfRenderer,
    RateLimiter,
    TextSender,
    WebhookSender,
)
from portal_app.ports.payments import PaymentGateway
from portal_app.ports.storage import ObjectStore, Scanner


@cache
def mailer() -> Mailer:
    """Return what carries letters."""
    chosen = settings()
    if chosen.mailer == "captured":
        return CapturedMailer()
    return SmtpMailer(
        host=chosen.smtp_host,
        port=chosen.smtp_port,
        username=chosen.smtp_username,
        password=chosen.smtp_password.get_secret_value(),
        tls=chosen.smtp_tls,
    )


@cache
def texts() -> TextSender:
    """Return what carries text messages."""
    if settings().texts == "captured":
        return CapturedTexts()
    # Loaded only where it is used: the SDK takes half a second.
    from portal_app.integrations.sns_texts import SnsTexts  # noqa: PLC0415

    return SnsTexts()


@cache
def letters() -> LetterRenderer:
    """Return what makes the HTML part of letters."""
    return MjmlLetters()


@cache
def pdf_renderer() -> PdfRenderer:
    """Return what makes PDFs; its fonts are read once, here."""
    from portal_app.integrations.typst_pdf import TypstPdf  # noqa: PLC0415

    return TypstPdf(now=clock.now)


@cache
def webhooks() -> WebhookSender:
    """Return what hands events to the operator's systems."""
    return HttpWebhooks(to_loopback=settings().webhooks_to_loopback)


@cache
def payment_gateway() -> PaymentGateway:
    """Return what keeps cards and takes money."""
    chosen = settings()
    if chosen.payments == "none":
        return NoGateway()
    if chosen.payments == "sandbox":
        return SandboxGateway(
            Path(chosen.sandbox_file), secret=chosen.secret_key.get_secret_value(), now=clock.now
        )
    # Loaded only where it is used: the SDK takes a second and thirty megabytes.
    from portal_app.integrations.stripe_gateway import StripeGateway  # noqa: PLC0415

    return StripeGateway(
        chosen.stripe_secret_key.get_secret_value(),
        webhook_secret=chosen.stripe_webhook_secret.get_secret_value(),
        api=chosen.stripe_api,
    )


def sandbox_gateway() -> SandboxGateway | None:
    """Return the sandbox, whose pages the portal shows itself; None where it is not used."""
    gateway = payment_gateway()
    return gateway if isinstance(gateway, SandboxGateway) else None


@cache
def object_store() -> ObjectStore:
    """Return where files are kept that people send."""
    chosen = settings()
    if chosen.documents == "disk":
        secret = chosen.secret_key.get_secret_value()
        return DiskStore(Path(chosen.document_folder), secret=secret, now=clock.now)
    # Loaded only where it is used: the SDK takes half a second.
    from portal_app.integrations.s3_store import S3Store  # noqa: PLC0415

    return S3Store(
        chosen.s3_bucket,
        endpoint=chosen.s3_endpoint,
        region=chosen.s3_region,
        origin=chosen.upload_origin,
        now=clock.now,
    )


def disk_store() -> DiskStore | None:
    """Return the store that the portal itself takes files for; None where another does."""
    store = object_store()
    return store if isinstance(store, DiskStore) else None


@cache
def scanner() -> Scanner:
    """Return what looks for malware."""
    chosen = settings()
    if chosen.scanner == "embedded":
        return NoScanner()
    return ClamdScanner(chosen.clamd_host, chosen.clamd_port)


@cache
def rate_limiter() -> RateLimiter:
    """Return what counts tries: in this process, or in Redis for several."""
    return LimitsLimiter(settings().redis_url.get_secret_value())


def configure_logs() -> None:
    """Have this process write redacted JSON lines, its libraries included."""
    configure()
