"""What the parties of an application filled in, as staff read it."""

from collections.abc import Iterator

from portal_app.core.actor import Actor
from portal_app.models import Account, FormAnswer, ShareState
from portal_app.services import forms
from portal_app.services.applications import policy
from portal_app.services.applications.filling_views import AnswerBook, AnswerLine, AnswerSheet
from portal_app.services.applications.queries.answers import Book, Shared, book_of
from portal_app.services.applications.queries.desk import zone_of
from portal_app.services.applications.queries.filling import tasks_of
from portal_app.services.forms import FormField
from portal_app.services.transaction import reading


def answers(actor: Actor, *, number: str) -> AnswerBook:
    """Return every form with what each party answered, by whom and when, for staff (S2-07).

    A form that was put away is there while something stands in it: what was answered is kept.
    """
    with reading() as session:
        found = policy.require_for_staff(session, actor, number)
        account = session.get(Account, found.account_id) if found.account_id else None
        book = book_of(session, found, hidden=True)
        shared = {one.share.template_key: one for one in book.forms}
        seen = [
            one
            for one in tasks_of(session, actor, found, book)
            if one.state is not ShareState.HIDDEN or one.changed_at is not None
        ]
        sheets = tuple(
            AnswerSheet(one, tuple(_lines(book, shared[one.form], one.party, found.currency)))
            for one in seen
        )
        return AnswerBook(found.id, found.number, zone_of(account), sheets)


def _lines(book: Book, shared: Shared, party: str, currency: str) -> Iterator[AnswerLine]:
    """Yield the questions that stand on the page now; a group without rows is one of them."""
    held = book.answers.get((shared.share.id, party), {})
    for one in shared.fields:
        if one.kind is not forms.FieldKind.GROUP:
            yield _line(one, held.get(one.key), currency)
            continue
        rows = forms.rows_of(one, book.values(shared.share, party))
        if not rows:
            yield AnswerLine(one.label)
        for place, row in enumerate(rows, start=1):
            for inner in one.fields:
                answer = held.get(f"{one.key}/{row}/{inner.key}")
                yield _line(inner, answer, currency, group=one.label, row=place)


def _line(
    one: FormField, answer: FormAnswer | None, currency: str, *, group: str = "", row: int = 0
) -> AnswerLine:
    if answer is None:
        return AnswerLine(one.label, group=group, row=row)
    value = forms.shown(one, answer.value, currency)
    return AnswerLine(one.label, value, group, row, answer.edited_by_name, answer.edited_at)
