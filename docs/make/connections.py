"""Who talks to whom: every connection that the portal accepts or opens."""

import importlib
import pkgutil

import portal_app.integrations
from docs.make.markdown import code, document, first_sentence, table

_ACCEPTED = (
    ("browsers, through your proxy", "HTTPS and WSS", "`PORTAL_HOST`, `PORTAL_PORT`"),
    (
        "Stripe, if chosen, through your proxy",
        "HTTPS to `/hooks/payments`, each request signed",
        "`PORTAL_STRIPE_WEBHOOK_SECRET`",
    ),
)
_OPENED = (
    (
        "the database",
        "PostgreSQL with TLS (`sslmode=verify-full`), or a SQLite file",
        "`PORTAL_DATABASE_URL`",
        "pages answer with a reference; `/healthz` answers 503",
    ),
    (
        "Redis, with several processes",
        "Redis with a password; TLS (`rediss://`) to another machine",
        "`PORTAL_REDIS_URL`",
        "signing in is refused, open tabs wait",
    ),
    (
        "the mail server",
        "SMTP with STARTTLS or TLS, certificate checked",
        "`PORTAL_SMTP_HOST`",
        "letters wait in the outbox and are tried again",
    ),
    (
        "Amazon SNS, if chosen",
        "HTTPS, certificate checked",
        "`PORTAL_TEXTS`, `AWS_REGION`",
        "texts wait in the outbox and are tried again",
    ),
    (
        "Stripe, if chosen",
        "HTTPS to `api.stripe.com`, certificate checked",
        "`PORTAL_PAYMENTS`, `PORTAL_STRIPE_SECRET_KEY`",
        "no method can be added; a charge is asked about again with the same key",
    ),
    (
        "the store of files, if it is not a folder",
        "S3 over HTTPS, certificate checked",
        "`PORTAL_S3_ENDPOINT`, `PORTAL_S3_BUCKET`",
        "files wait, on both sides",
    ),
    (
        "the scanner, if chosen",
        "clamd's own protocol, on this machine or in its network",
        "`PORTAL_CLAMD_HOST`",
        "files wait, and nobody sees them",
    ),
    (
        "systems that hear of events",
        "HTTPS, certificate checked; never an address that is not public",
        "*Settings*, by administrators",
        "events wait and are tried again",
    ),
    (
        "the portal's own address, by `doctor` alone",
        "HTTPS, to look at the certificate",
        "`PORTAL_PUBLIC_URL`, `PORTAL_ALLOWED_ORIGINS`",
        "nobody looks at it",
    ),
)


def page() -> str:
    """Return docs/connections.md."""
    return document(
        "Connections",
        "The portal fetches nothing from an address that a user or a feed names. It speaks to the "
        "servers below and to no others; a firewall may close everything else. Browsers load "
        "everything from the portal itself.",
        "A server of your own may have a certificate of your own authority: name that authority "
        "and no other, by `sslrootcert=…` in `PORTAL_DATABASE_URL`, `ssl_ca_certs=…` in "
        "`PORTAL_REDIS_URL`, `AWS_CA_BUNDLE` for the store of files, and `SSL_CERT_FILE` for the "
        "mail server and what hears of events.",
        "## Accepted",
        table(("From", "How", "Set by"), _ACCEPTED),
        "## Opened",
        table(("To", "How", "Set by", "While it is away"), _OPENED),
        "## Adapters",
        "The only modules that know a vendor or a protocol:",
        table(("Module", "What it is"), adapters()),
    )


def adapters() -> list[tuple[str, str]]:
    """Return every adapter with what it says of itself."""
    package = portal_app.integrations
    names = [f"{package.__name__}.{one.name}" for one in pkgutil.iter_modules(package.__path__)]
    docs = {name: importlib.import_module(name).__doc__ for name in names}
    return [(code(name.rpartition(".")[2]), first_sentence(doc)) for name, doc in docs.items()]
