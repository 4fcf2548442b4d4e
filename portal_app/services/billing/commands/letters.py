"""Statements by mail. Their figures are those of the view that page and PDF show."""

from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict
from portal_app.models import Action, Brand, Person
from portal_app.services import notifications, wording
from portal_app.services.billing.queries.statements import statement
from portal_app.services.billing.views import Statement
from portal_app.services.transaction import Transaction, joined, transaction

COMMAND = "billing.mail_statement"
NO_ADDRESS = "We have no email address for you. Ask your store to add one, then try again."


def mail_statement(actor: Actor, *, account: str, as_of: str, key: str) -> str:
    """Send whoever asks the statement for a day, and return the address it goes to (S3-20).

    Refuses what `statement` refuses; Conflict when no address is held. However often it is asked
    for, one letter goes out for a statement on one day.
    """
    with transaction(actor) as tx, joined(tx.session):
        found = statement(actor, account=account, as_of=as_of)
        if (earlier := tx.earlier_answer(key, COMMAND, account, as_of)) is not None:
            return earlier
        person = tx.session.get(Person, actor.person_id)
        if person is None or not person.email:
            raise Conflict(NO_ADDRESS)
        day = found.as_of.isoformat()
        notifications.send_mail(
            tx,
            topic="billing.statement",
            brand_id=found.brand_id,
            recipient=person.email,
            facts={"person": person.name, **_facts(tx, found)},
            link=f"/statements/{day}",
            dedupe_key=f"statement:{person.id}:{found.account.id}:{day}:{found.today}",
        )
        tx.record(Action.STATEMENT_MAILED, "account", found.account.id, as_of=day)
        return tx.answer(key, person.email)


def _facts(tx: Transaction, found: Statement) -> dict[str, str]:
    standing = found.standing
    aged = () if standing.is_in_credit else standing.ageing
    return {
        "account": f"{found.account.name} ({found.account.number})",
        "as_of": wording.day(found.as_of),
        "period": wording.period(found.starts_on, found.as_of),
        "opening": wording.money(found.opening),
        "closing_label": standing.label,
        "closing": wording.money(standing.amount),
        "owed": wording.money(standing.owed),
        "ageing": "\n".join(f"{part.label}: {wording.money(part.amount)}" for part in aged),
        "us": found.store.name or tx.session.get_one(Brand, found.brand_id).name,
        "store": found.store.name,
        "store_phone": found.store.phone,
    }
