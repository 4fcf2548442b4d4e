"""Applications to fill in and to send documents for, with the forms that are measured."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.world.customers import Customer
from portal_app import models as m
from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.ids import new_id
from portal_app.services import forms
from portal_app.services.forms import FieldKind, FormField
from portal_app.services.transaction import Transaction, transaction
from tests.people import database_at

SMALL, LARGE = 20, 500
# So many questions stand in each of twelve rows of the large form; the rest stand alone.
_IN_A_ROW = 41


@dataclass(frozen=True)
class MeasuredForm:
    """One form of an application: its address, what is named in it, and its boxes' ids in order."""

    path: str
    named: dict[str, str]
    boxes: tuple[str, ...]


@dataclass(frozen=True)
class MeasuredApplication:
    """An application whose parties are let in, with a form of each size by its number of fields."""

    number: str
    forms: dict[int, MeasuredForm]


def open_application(url: str, brand: str, people: Sequence[Customer]) -> MeasuredApplication:
    """Make an application of these people in the database at `url`."""
    now = clock.now()
    number = f"MA-{new_id()[-8:]}"
    master = {"brand_id": brand}
    with database_at(url), transaction(Actor.system("bench", brand=brand)) as tx:
        made = m.Application(
            **master, external_id=number, number=number, kind="mortgage", introduced_on=now.date()
        )
        tx.session.add(made)
        tx.session.flush()
        for place, person in enumerate(people):
            role = m.PartyRole.APPLICANT if place else m.PartyRole.PRIMARY_APPLICANT
            party = {"application_id": made.id, "person_id": person.person_id, "role": role}
            name = f"{number}-{place}"
            tx.session.add(
                m.ApplicationParty(**master, **party, external_id=name, portal_enabled=True)
            )
        shared = {size: _share(tx, made, size) for size in (SMALL, LARGE)}
    return MeasuredApplication(number, shared)


def _share(tx: Transaction, made: m.Application, size: int) -> MeasuredForm:
    """Put a form with this many questions on the application, answered once for all parties."""
    rows = forms.MOST_ROWS if size > SMALL else 0
    inner = tuple(FormField(f"q{n}", f"Part {n}", FieldKind.TEXT) for n in range(_IN_A_ROW))
    plain = [
        FormField(f"q{n}", f"Question {n}", FieldKind.TEXT, is_required=True)
        for n in range(size - rows * _IN_A_ROW)
    ]
    fields = [*plain, *([FormField("rows", "Row", FieldKind.GROUP, fields=inner)] if rows else [])]
    key = f"measured_{size}_{new_id()[-8:]}"
    now = clock.now()
    template = m.FormTemplate(
        brand_id=made.brand_id,
        kind=m.FormKind.QUESTIONNAIRE,
        key=key,
        state=m.FormState.PUBLISHED,
        title=f"Form of {size} fields",
        definition={"fields": [one.as_json() for one in fields]},
        per_person=False,
        created_at=now,
        changed_at=now,
    )
    tx.session.add(template)
    tx.session.flush()
    place = {"application_id": made.id, "template_id": template.id, "template_key": key}
    share = m.FormShare(**place, shared_at=now, changed_at=now)
    tx.session.add(share)
    tx.session.flush()
    for row in range(1, rows + 1):
        answer = m.FormAnswer(share_id=share.id, field_key=f"rows/{row}", edited_at=now)
        answer.say("yes")
        tx.session.add(answer)
    boxes = [f"f-{one.key}" for one in plain]
    boxes += [f"f-rows-{row}-{one.key}" for row in range(1, rows + 1) for one in inner]
    named = {"number": made.number, "form": key, "party": "all"}
    return MeasuredForm("/".join(("/applications", *named.values())), named, tuple(boxes))
