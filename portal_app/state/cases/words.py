"""Cases as people read them, shared by the pages of customers and of staff."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

from portal_app.core.errors import Invalid
from portal_app.services import cases
from portal_app.state.formats import short_moment
from portal_app.state.talk import Talk

PATH = "/cases"


@dataclass(frozen=True)
class Option:
    """One thing that can be chosen."""

    value: str
    label: str


@dataclass(frozen=True)
class Fact:
    """One line of what is known."""

    name: str
    value: str


def talk(thread: cases.CaseThread) -> list[Talk]:
    """Return a conversation in the order of time."""
    return [Talk.of(one, thread.zone) for one in thread.said]


def facts(thread: cases.CaseThread, *, for_staff: bool = False) -> list[Fact]:
    """Return what is known of a case; the person and the household only where there are any."""
    row, outcome = thread.row, thread.outcome
    found = [("Number", row.number), ("About", row.topic_words)]
    if thread.has_households:
        home = [("Household", row.household_name)] if row.household_name else []
        whom = "Consumer" if for_staff else "For"
        found += [(whom, row.consumer_name), *home, ("Opened by", row.opener_name)]
    found.append(("Opened", short_moment(row.created_at, thread.zone)))
    if outcome.words:
        found.append(("Solution", outcome.words))
    if outcome.closed_at:
        by = f" by {outcome.closed_by_name}" if outcome.closed_by_name else ""
        found.append(("Closed", f"{short_moment(outcome.closed_at, thread.zone)}{by}"))
    return [Fact(name, value) for name, value in found]


@contextmanager
def renamed(name: str, place: str) -> Generator[None]:
    """Say what is wrong with a field under the name that it has in this form."""
    try:
        yield
    except Invalid as refusal:
        fields = {place if key == name else key: text for key, text in refusal.fields.items()}
        raise Invalid(**fields) from None


def link_of(link: cases.CaseLink | None) -> tuple[str, str]:
    """Return the address of another case and what it is called; nothing where there is none."""
    return (f"{PATH}/{link.number}", f"{link.number}: {link.subject}") if link else ("", "")
