"""What staff do to let a party in: check, write, copy a link, uncheck (S2-04 to S2-18)."""

from collections.abc import Sequence

from portal_app.core import vault
from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict
from portal_app.models import (
    Action,
    Application,
    ApplicationParty,
    Invitation,
    InvitationMethod,
    Person,
)
from portal_app.services import notifications, templates
from portal_app.services.applications import policy
from portal_app.services.applications.commands.links import issue, settle_wishes, shut_out, touch
from portal_app.services.applications.commands.sharing import share_sections
from portal_app.services.applications.queries.letters import KIND, facts_for
from portal_app.services.applications.queries.links import dedupe_key, facts_of
from portal_app.services.applications.rules.letters import chosen
from portal_app.services.applications.rules.needs import Need, unmet
from portal_app.services.transaction import Transaction, transaction

CANNOT = {
    Need.CURRENT: "{} is no party to this application any more.",
    Need.ROLE: "Only applicants and guarantors can be invited, and {} is neither.",
    Need.NAME: "We hold no name for them. Add it to their details first.",
    Need.EMAIL: "We hold no email address for {}. Add it to their details first.",
    Need.MOBILE: "We hold no mobile number for {} that takes text messages. Add it first.",
}
NOTHING_ASKED = "They have not asked for a new link, or a colleague has seen to it."


def send_invitations(
    actor: Actor, *, number: str, parties: Sequence[str], subject: str, text: str, key: str
) -> int:
    """Mail each of the parties a link of their own; return how many letters were written (S2-12).

    `parties` are the ids of 1 to 20; either everybody gets one or nobody. Raises Invalid for a
    letter whose tags are not whole, Conflict for a party who cannot be invited.
    """
    with transaction(actor) as tx:
        application = policy.require_for_staff(tx.session, actor, number, lock=True)
        if (earlier := tx.earlier_answer(key, "applications.send", number)) is not None:
            return int(earlier or 0)
        words = templates.checked(kind=KIND, subject=subject, text=text)
        readers = sorted(chosen(parties))
        for one in readers:
            party, person = _require_invitable(tx, application, one)
            made, token = issue(tx, application, party, person, InvitationMethod.EMAIL)
            _send(tx, application, person, made, token, words)
        share_sections(tx, application)
        tx.answer(key, str(len(readers)))
        return len(readers)


def copy_access_link(actor: Actor, *, number: str, party: str, key: str) -> str:
    """Make a party's link without sending anything, and return its address, once (S2-16, S2-20).

    The same click again gets the same address; the code still goes to the number on record.
    """
    place = f"idempotency_key:answer:{key}"
    with transaction(actor) as tx:
        application = policy.require_for_staff(tx.session, actor, number, lock=True)
        found, person = _require_invitable(tx, application, party)
        earlier = tx.earlier_answer(key, "applications.copy_access_link", number, party)
        if earlier is not None:
            return _address(tx, application, vault.opened(earlier, place=place))
        _, token = issue(tx, application, found, person, InvitationMethod.COPIED_LINK)
        share_sections(tx, application)
        tx.answer(key, vault.keep(token, place=place))
        return _address(tx, application, token)


def set_access(actor: Actor, *, number: str, party: str, is_on: bool, key: str) -> None:
    """Let a party in, or shut them out: whoever is in is thrown out at once (S2-18)."""
    with transaction(actor) as tx:
        application = policy.require_for_staff(tx.session, actor, number, lock=True)
        if tx.earlier_answer(key, "applications.set_access", number, party, is_on) is not None:
            return
        if not is_on:
            shut_out(tx, policy.require_party(tx.session, application, party))
            return
        found, person = _require_invitable(tx, application, party)
        if found.portal_enabled:
            return
        found.portal_enabled = True
        share_sections(tx, application)
        tx.record(Action.APPLICATION_ACCESS_GIVEN, "application_party", found.id)
        touch(tx, application.id, application.brand_id)
        tx.touch(f"person:{person.id}")


def set_wish_aside(actor: Actor, *, number: str, party: str, key: str) -> None:
    """Note that a party who asked for a new link gets none."""
    with transaction(actor) as tx:
        application = policy.require_for_staff(tx.session, actor, number, lock=True)
        found = policy.require_party(tx.session, application, party)
        if tx.earlier_answer(key, "applications.set_wish_aside", number, party) is not None:
            return
        if not settle_wishes(tx, application.id, found.person_id):
            raise Conflict(NOTHING_ASKED)
        tx.record(Action.INVITATION_RENEWAL_SET_ASIDE, "application_party", found.id)
        touch(tx, application.id, application.brand_id)


def _require_invitable(
    tx: Transaction, application: Application, party: str
) -> tuple[ApplicationParty, Person]:
    found = policy.require_party(tx.session, application, party)
    person = tx.session.get_one(Person, found.person_id)
    if missing := unmet(facts_of(application, found, person)):
        raise Conflict(CANNOT[missing[0]].format(person.name))
    return found, person


def _send(
    tx: Transaction,
    application: Application,
    person: Person,
    made: Invitation,
    token: str,
    words: templates.Wording,
) -> None:
    notifications.send_mail(
        tx,
        topic=KIND,
        brand_id=application.brand_id,
        recipient=made.email,
        facts=facts_for(application, person.name, made.expires_at),
        dedupe_key=dedupe_key(made.id),
        carries_secret=True,
        link=f"/i/{token}",
        wording=words,
    )


def _address(tx: Transaction, application: Application, token: str) -> str:
    return f"{notifications.address_of(tx, application.brand_id)}/i/{token}"
