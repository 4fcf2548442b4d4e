"""The applications of somebody who signs in."""

from sqlmodel import col, select, tuple_

from portal_app.core.actor import Actor
from portal_app.core.paging import PAGE_SIZE, Cursor, page_size, read_cursor
from portal_app.models import Application, ApplicationParty
from portal_app.services.applications import policy
from portal_app.services.applications.filling_views import MyApplication, MyApplications
from portal_app.services.applications.queries.answers import Book, books_of, parties_of
from portal_app.services.applications.rules.words import kind_words
from portal_app.services.transaction import reading


def my_applications(actor: Actor, *, after: str = "", size: int = PAGE_SIZE) -> MyApplications:
    """Return a page of the applications that a customer is let into, the newest first.

    `after` is the `after` of the page before (anything else gives the first page); `size` is how
    many rows it has. It says how far each is and nothing that stands in it: that needs a second
    step.
    """
    if not policy.stands_for(actor):
        return MyApplications()
    most = page_size(size)
    with reading() as session:
        day, row_id = col(Application.introduced_on), col(Application.id)
        wanted = select(Application).where(policy.visible_to(actor))
        if last := read_cursor(after):
            wanted = wanted.where(tuple_(day, row_id) < (last.day, last.id))
        ordered = wanted.order_by(day.desc(), row_id.desc()).limit(most + 1)
        found = session.exec(ordered).all()
        if not found:  # as for most people, on each of their summaries
            return MyApplications()
        shown = found[:most]
        books, parties = books_of(session, shown), policy.parties_seen_in(session, actor, shown)
        rows = tuple(_mine(one, books[one.id], parties[one.id]) for one in shown)
        last_shown = shown[-1] if len(found) > most else None
        more = str(Cursor(last_shown.introduced_on, last_shown.id)) if last_shown else ""
        return MyApplications(rows, more)


def has_applications(actor: Actor) -> bool:
    """Say whether somebody is let into an application at all: one short reading."""
    if not policy.stands_for(actor):
        return False
    with reading() as session:
        wanted = select(Application.id).where(policy.visible_to(actor)).limit(1)
        return session.exec(wanted).first() is not None


def _mine(found: Application, book: Book, parties: list[ApplicationParty]) -> MyApplication:
    far = [
        book.progress(shared, party)
        for shared in book.forms
        for party in parties_of(shared, parties)
    ]
    return MyApplication(
        number=found.number,
        kind=kind_words(found.kind),
        done=sum(done for done, _ in far),
        asked=sum(asked for _, asked in far),
        is_submitted=found.submitted_at is not None,
    )
