"""Which adapter fulfils which port, by the settings: the only module that names both."""

from functools import cache

from portal_app.core import clock
from portal_app.core.settings import settings
from portal_app.integrations.captured_mailer import CapturedMailer
from portal_app.integrations.captured_texts import CapturedTexts
from portal_app.integrations.limits_limiter import LimitsLimiter
from portal_app.integrations.mjml_letters import MjmlLetters
from portal_app.integrations.smtp_mailer import SmtpMailer
from portal_app.integrations.structured_logs import configure
from portal_app.ports import LetterRenderer, Mailer, PdfRenderer, RateLimiter, TextSender


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
def rate_limiter() -> RateLimiter:
    """Return what counts tries: in this process, or in Redis for several."""
    return LimitsLimiter(settings().redis_url.get_secret_value())


def configure_logs() -> None:
    """Have this process write redacted JSON lines, its libraries included."""
    configure()
