"""What stands in the forms of an application, read with a few queries whoever asks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from portal_app.models import (
    Application,
    ApplicationParty,
    FormAnswer,
    FormShare,
    FormTemplate,
    ShareState,
)
from portal_app.services import forms
from portal_app.services.forms import FormField

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Shared:
    """A form on an application, with its fields."""

    share: FormShare
    template: FormTemplate
    fields: tuple[FormField, ...]


@dataclass(slots=True)
class Book:
    """Every form of an application with its answers, by form and by party."""

    forms: list[Shared]
    answers: dict[Key, dict[str, FormAnswer]] = field(
        default_factory=dict[Key, dict[str, FormAnswer]]
    )

    def values(self, share: FormShare, party: str) -> dict[str, str]:
        """Return what stands in one form of one party."""
        found = self.answers.get((share.id, party), {})
        return {key: answer.value for key, answer in found.items()}

    def progress(self, shared: Shared, party: str) -> tuple[int, int]:
        """Return how many questions that must be answered are, and how many there are."""
        return forms.progress(shared.fields, self.values(shared.share, party))

    def last(self, share: FormShare, party: str) -> FormAnswer | None:
        """Return the newest edit of one form of one party."""
        found = self.answers.get((share.id, party), {}).values()
        return max(found, key=lambda one: (one.edited_at, one.id), default=None)


def book_of(
    session: Session, application: Application, *, hidden: bool = False, lock: bool = False
) -> Book:
    """Read the forms of an application in their order; `hidden` those as well that are put away.

    Once they are locked nobody writes an answer: what was being written stands in the book.
    """
    return books_of(session, [application], hidden=hidden, lock=lock)[application.id]


def books_of(
    session: Session,
    applications: Sequence[Application],
    *,
    hidden: bool = False,
    lock: bool = False,
) -> dict[str, Book]:
    """Read the books of several applications, by the applications' ids: two queries for all."""
    wanted = (
        select(FormShare, FormTemplate)
        .join(FormTemplate, col(FormTemplate.id) == col(FormShare.template_id))
        .where(col(FormShare.application_id).in_([one.id for one in applications]))
        .order_by(col(FormShare.position), col(FormShare.id))
    )
    found = session.exec(wanted.with_for_update(of=FormShare) if lock else wanted).all()
    books = {one.id: Book([]) for one in applications}
    whose: dict[str, Book] = {}
    for share, template in found:
        if hidden or share.state is not ShareState.HIDDEN:
            book = whose[share.id] = books[share.application_id]
            book.forms.append(Shared(share, template, forms.fields_of(template.definition)))
    written = session.exec(select(FormAnswer).where(col(FormAnswer.share_id).in_(whose)))
    for answer in written:
        place = answer.share_id, answer.party_id or ""
        whose[answer.share_id].answers.setdefault(place, {})[answer.field_key] = answer
    return books


def gaps(book: Book, parties: list[ApplicationParty]) -> Iterator[Key]:
    """Yield each form that must be whole and is not, with the party whose answers are missing."""
    for shared in book.forms:
        for party in parties_of(shared, parties):
            done, asked = book.progress(shared, party)
            if done < asked and shared.share.required:
                yield shared.share.template_key, party


def parties_of(shared: Shared, parties: list[ApplicationParty]) -> list[str]:
    """Return for whom a form is answered: each of the parties, or the application once ("")."""
    if not shared.template.per_person:
        return [""]
    only = shared.share.party_id
    return [one.id for one in parties if only is None or one.id == only]
