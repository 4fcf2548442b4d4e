"""How often, how long and how much: from the tables and constants that are enforced."""

from datetime import timedelta

from sqlmodel import SQLModel

import portal_app.models  # noqa: F401 - fills the metadata
from docs.make.markdown import document, items, span, table
from portal_app.core.paging import PAGE_SIZE
from portal_app.core.settings import Settings
from portal_app.services import limit_table
from portal_app.services.access.rules import LOCK_LASTS, MISMATCH_WINDOW, MOST_MISMATCHES
from portal_app.services.billing.queries.invoices import MOST_WORDS, SEARCH_WINDOW
from portal_app.services.billing.queries.statements import MOST_MOVEMENTS, STATEMENTS_A_PAGE
from portal_app.services.help_pages.queries import MOST_ARTICLES
from portal_app.services.identity.commands.resets import LINK_LASTS
from portal_app.services.identity.commands.sessions import MOST_SESSIONS, PARTIAL_MINUTES
from portal_app.services.identity.commands.step_up import LASTS
from portal_app.services.identity.rules import codes, passwords
from portal_app.services.identity.rules.hashing import _LONGEST_WAIT, _TURNS
from portal_app.services.imports.commands.tally import MOST_REFUSALS_KEPT
from portal_app.services.rentals.rules.asked import NOTE_LIMIT, NOTES_LIMIT
from portal_app.web.files import A_MINUTE, _turns
from portal_app.web.gate import SOCKETS_PER_SESSION

# What people type, by the column that keeps it.
_TEXTS = {
    "rental_request.place": "where items are picked up or dropped off",
    "rental_request.contact_name": "whom to ask for",
    "rental_request.contact_phone": "their telephone number",
    "portal_settings.announcement": "an announcement",
    "portal_settings.closed_message": "what is shown while the portal is closed",
    "help_article.question": "a question on the help pages",
    "person.email": "an email address",
    "account.main_phone": "a telephone number",
    "account.postal_code": "a postal code",
}


def page() -> str:
    """Return docs/limits.md."""
    return document(
        "Limits",
        "Every limit below is enforced by the portal itself, in the service that it protects, "
        "whatever the browser sends.",
        "## How often something may be tried",
        _tries(),
        "Counts are moving windows: sixty seconds are sixty, wherever a minute begins. A network "
        "is the first 24 bits of an IPv4 address, the first 56 of an IPv6 one. A refused try "
        "counts nowhere, so waiting always helps. How many codes may be texted in a day is set by "
        "`PORTAL_TEXT_CODES_PER_DAY`. While nothing can be counted (Redis is away) "
        "signing in is refused, and reading goes on.",
        "After five wrong passwords each further one waits twice as long as the one before: a "
        "quarter of an hour, half an hour, an hour, two hours, and never longer. Whoever chooses "
        "a new password by a link starts anew, and a network that somebody has signed in from "
        "before is counted apart.",
        "**Nobody can lock somebody else out for good.** Wrong passwords stop further tries for "
        "a phone number or an address for at most two hours; the account itself is "
        "never locked. "
        f"{MOST_MISMATCHES} registrations with details that do not match, within "
        f"{_long(MISMATCH_WINDOW)}, close *registration* with "
        f"that phone number for {_long(LOCK_LASTS)}, unless staff open it sooner; somebody who is "
        "registered already is not touched by it.",
        "## Codes and passwords",
        items(_credentials()),
        "## Sessions",
        _sessions(),
        "## What may be entered",
        items(_business()),
        table(("At most", "Characters"), _lengths()),
        "## Feeds",
        items(_feeds()),
        "## What costs much, and what holds it",
        table(("What", "Costs", "Held by"), _costly()),
        "## Lists",
        f"Long lists come {PAGE_SIZE} rows at a time unless the page says otherwise "
        f"(statements: {STATEMENTS_A_PAGE}), and always in the order of a key, so that a page "
        "costs the same however far down it is.",
    )


def _tries() -> str:
    rows = [
        (limit.counts, f"{limit.amount:,}", span(limit.seconds)) for limit in limit_table.ALL_LIMITS
    ]
    rows.append(("clicks and the like of one session", _default("events_per_minute"), "1 minute"))
    rows.append(("tabs opened from a network", _default("sockets_per_minute"), "1 minute"))
    return table(("What", "At most", "Within"), rows)


def _default(name: str) -> str:
    return f"{Settings.model_fields[name].default:,}"


def _credentials() -> list[str]:
    return [
        f"A code that is sent has {codes.DIGITS} digits, is good for {_long(codes.GOOD_FOR)} and "
        f"for {codes.MOST_TRIES} tries. A new one ends the old.",
        f"There are {codes.RECOVERY_CODES} recovery codes of 50 bits each, good once.",
        f"A password has at least {passwords.SHORTEST} characters, {passwords.SHORTEST_ALONE} "
        f"where nothing else is asked for at sign-in, and at most {passwords.LONGEST}.",
        f"A link to choose a new password is good once, and for {_long(LINK_LASTS)}.",
        f"Confirming who you are holds for {_long(LASTS)}.",
    ]


def _sessions() -> str:
    def of(name: str, unit: str) -> str:
        field = Settings.model_fields[name]
        bounds = {
            key: getattr(m, key) for m in field.metadata for key in ("ge", "le") if hasattr(m, key)
        }
        return f"{field.default} {unit} (may be set from {bounds['ge']} to {bounds['le']})"

    rows = [
        ("quiet for", of("consumer_idle_minutes", "minutes"), of("staff_idle_minutes", "minutes")),
        ("in all", of("consumer_hours", "hours"), of("staff_hours", "hours")),
    ]
    return "\n\n".join((
        table(("A session ends after", "Customers", "Staff"), rows),
        f"Two minutes before it ends for quiet, the page says so and offers to go on. A browser "
        f"that has not finished signing in is forgotten after {PARTIAL_MINUTES} minutes. Renewing "
        f"a session's token, which happens at every rise in trust, prolongs nothing.",
        f"A person may be signed in {MOST_SESSIONS} times at once; one more ends the oldest. A "
        f"session has at most {SOCKETS_PER_SESSION} open tabs. A new password ends every other "
        f"session; so do a changed role and a lost permission to use the portal. Signing out, "
        f"and being signed out, ends the open tabs of that session at once.",
    ))  # fmt: skip


def _business() -> list[str]:
    return [
        "Off rent: from one item to what is out less all that open requests call off already; "
        "now or within a year; never in the past.",
        f"Notes of a customer: {NOTES_LIMIT:,} characters; of staff: {NOTE_LIMIT:,}.",
        f"Help pages: {MOST_ARTICLES} questions a brand.",
    ]


def _lengths() -> list[tuple[str, str]]:
    rows = []
    for place, words in _TEXTS.items():
        name, _, column = place.partition(".")
        length = getattr(SQLModel.metadata.tables[name].c[column].type, "length", 0)
        rows.append((words, f"{length:,}"))
    return rows


def _feeds() -> list[str]:
    return [
        f"A file of a feed: {_default('feed_megabytes')} MB (`PORTAL_FEED_MEGABYTES`); what a zip "
        f"unpacks to: {_default('feed_unpacked_megabytes')} MB "
        f"(`PORTAL_FEED_UNPACKED_MEGABYTES`). Larger ones are refused before they are read.",
        f"A report keeps the first {MOST_REFUSALS_KEPT:,} refusals, and counts all.",
    ]


def _costly() -> list[tuple[str, str, str]]:
    return [
        (
            "checking a password (argon2id)",
            "75 ms and 19 MiB",
            f"{_TURNS._initial_value} at a time in each process, others wait at most "  # noqa: SLF001
            f"{_LONGEST_WAIT:g} seconds; the counts above",
        ),
        (
            "making a PDF",
            "tens of milliseconds, seconds for a very long one",
            f"{int(_turns.total_tokens)} at a time in each process, {A_MINUTE} a minute for each "
            f"session; a statement holds at most {MOST_MOVEMENTS:,} movements",
        ),
        (
            "reading a feed",
            "minutes for a full one",
            "one at a time for each brand, in the background, in small batches",
        ),
        (
            "searching",
            "grows with what a customer has",
            f"at most {MOST_WORDS} words, among the newest {SEARCH_WINDOW:,}",
        ),
        ("following an event", "a few milliseconds", "the counts above"),
    ]


def _long(length: timedelta) -> str:
    return span(int(length.total_seconds()))
