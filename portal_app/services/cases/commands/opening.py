"""Opening a case, for oneself or for somebody else, and following up a closed one (S1-08 on)."""

from sqlmodel import col, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.entries import identifier
from portal_app.core.errors import Conflict
from portal_app.core.ids import reference
from portal_app.models import Action, Case, CaseMoment, Feature
from portal_app.services import branding
from portal_app.services.cases import policy
from portal_app.services.cases.commands.files import take_over
from portal_app.services.cases.commands.saying import require_calm
from portal_app.services.cases.commands.telling import await_us, confirm, record, show
from portal_app.services.cases.queries.choices import choices_about, choices_of, resolve
from portal_app.services.cases.rules.entered import (
    SUBJECT_LIMIT,
    Written,
    read_case,
)
from portal_app.services.cases.rules.moves import FINAL
from portal_app.services.cases.views import Choice
from portal_app.services.messages import BODY_LIMIT, read_words
from portal_app.services.transaction import Transaction, transaction


def open_case(
    actor: Actor,
    *,
    topic: object,
    subject: object,
    description: object,
    household: object = "",
    consumer: object = "",
    key: str,
) -> str:
    """Open a case and return its number.

    `consumer` is the id of the person whom it is about, the actor if left empty; `household` may
    be left empty where there is one or none. Only pairs that `case_form` offers are taken. Staff
    open cases for anybody of their brand. What was sent with the form of this `key` is attached;
    raises Conflict while some of it is still on its way.
    """
    with transaction(actor) as tx:
        if not actor.is_staff:
            branding.require_on(tx, Feature.CASES)
        choices, whom = _choices(tx, consumer)
        if (earlier := tx.earlier_answer(key, "cases.open_case")) is not None:
            return earlier
        choice = resolve(choices, _said(household), whom)
        written = read_case(topic, subject, description)
        require_calm(tx)
        case = _made(tx, choice, written)
        take_over(tx, case, key)
        _announce(tx, case, "opened")
        return tx.answer(key, case.number)


def follow_up(actor: Actor, *, number: str, words: object, key: str) -> str:
    """Open a case that goes on from a closed one, and return its number."""
    with transaction(actor) as tx:
        old = policy.require_case(tx.session, actor, number, lock=True)
        policy.require_act(tx.session, actor, old)
        if (earlier := tx.earlier_answer(key, "cases.follow_up", number)) is not None:
            return earlier
        if old.state not in FINAL:
            raise Conflict("This case is not closed. Write in it instead.")
        said = read_words("words", words, missing="Write what is still open.", limit=BODY_LIMIT)
        require_calm(tx)
        subject = old.subject if old.follow_up_of else f"Follow-up: {old.subject}"
        choice = Choice(_household_now(tx, old), "", old.consumer_id, "")
        case = _made(tx, choice, Written(old.topic, subject[:SUBJECT_LIMIT], said))
        case.follow_up_of = old.id
        tx.touch(f"case:{old.id}")
        _announce(tx, case, "follow_up")
        return tx.answer(key, case.number)


def _choices(tx: Transaction, consumer: object) -> tuple[tuple[Choice, ...], str]:
    if tx.actor.is_staff:
        whom = identifier(consumer)
        return choices_about(tx.session, tx.actor, whom), whom
    circle = policy.require_customer(tx.session, tx.actor)
    return choices_of(tx.session, circle), _said(consumer) or circle.person_id


def _said(value: object) -> str:
    return identifier(value) if value != "" else ""


def _household_now(tx: Transaction, old: Case) -> str:
    """Return the household of a case if the person it is about is still in it."""
    choices = choices_about(tx.session, Actor.system("cases", brand=old.brand_id), old.consumer_id)
    return next((c.household_id for c in choices if c.household_id == old.household_id), "")


def _made(tx: Transaction, choice: Choice, written: Written) -> Case:
    now = clock.now()
    case = Case(
        brand_id=tx.actor.brand,
        number=_free_number(tx),
        household_id=choice.household_id or None,
        consumer_id=choice.consumer_id,
        opener_id=None if tx.actor.is_staff else tx.actor.person_id,
        opener_name=tx.actor.name[:120],
        topic=written.topic,
        subject=written.subject,
        description=written.description,
        created_at=now,
        changed_at=now,
    )
    await_us(case)
    tx.session.add(case)
    tx.session.flush()
    return case


def _announce(tx: Transaction, case: Case, what: str) -> None:
    tx.session.add(
        CaseMoment(
            case_id=case.id,
            at=case.created_at,
            what=what,
            by_name=tx.actor.name[:120],
            by_staff=tx.actor.is_staff,
        )
    )
    record(tx, case, Action.CASE_OPENED)
    show(tx, case)
    confirm(tx, case, "opened")


def _free_number(tx: Transaction) -> str:
    while True:
        number = reference("CS")
        taken = select(Case.id).where(col(Case.number) == number)
        if tx.session.exec(taken).first() is None:
            return number
