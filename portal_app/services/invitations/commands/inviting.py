"""What staff do: verify, invite, copy a link, take one back (S0-08, S0-09)."""

from portal_app.core import text, vault
from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict, Invalid
from portal_app.models import Account, Action, Invitation, InvitationMethod, Person
from portal_app.services import notifications
from portal_app.services.invitations import policy
from portal_app.services.invitations.commands.issuing import (
    Wish,
    announce,
    end_live,
    issue,
    settle_renewals,
)
from portal_app.services.invitations.queries.facts import facts_of, ties_of
from portal_app.services.invitations.rules import Event, Need, unmet
from portal_app.services.transaction import Transaction, transaction

LONGEST_NOTE = 400
CANNOT = {
    Need.NO_SIGN_IN: "They sign in already. They can choose a new password themselves.",
    Need.EMAIL: "We hold no email address for them. Add it in your own system first.",
}
NOT_READY = "They cannot be invited yet. The list says what is missing."
NO_LINK = "They have no link that works, so there is nothing to take back."
NOTHING_ASKED = "They have not asked for a new link, or a colleague has seen to it."


def request_verification(actor: Actor, *, account: str, person: str, key: str) -> str:
    """Mail somebody the link with which they set up their sign-in; return the invitation's id.

    `account` is its number, `person` an id. Whatever was sent before stops working (S0-08).
    """
    wish = Wish(InvitationMethod.EMAIL, actor.name)
    with transaction(actor) as tx:
        return _invite(tx, account, person, wish, key, "invitations.request_verification")


def verify_and_invite(actor: Actor, *, account: str, person: str, note: str, key: str) -> str:
    """Write down how somebody was verified, and mail them the same link (S0-09)."""
    wish = _verified(actor, InvitationMethod.EMAIL, note)
    if not wish.verification_note:
        raise Invalid(note="Write down how you checked who this is.")
    with transaction(actor) as tx:
        return _invite(tx, account, person, wish, key, "invitations.verify_and_invite")


def copy_link(actor: Actor, *, account: str, person: str, note: str = "", key: str) -> str:
    """Make a link to hand over by other means and return its address, for the only time.

    The same click again gets the same address; the code still goes to what we have on record.
    """
    wish = _verified(actor, InvitationMethod.COPIED_LINK, note)
    place = f"idempotency_key:answer:{key}"
    with transaction(actor) as tx:
        found, who = policy.require_person(tx.session, actor, account, person, for_update=True)
        if (
            earlier := tx.earlier_answer(key, "invitations.copy_link", account, person)
        ) is not None:
            return _address(tx, found, vault.opened(earlier, place=place))
        _, token = _issue(tx, found, who, wish)
        tx.answer(key, vault.keep(token, place=place))
        return _address(tx, found, token)


def revoke(actor: Actor, *, account: str, person: str, key: str) -> None:
    """Take a link back; whoever opens it is told."""
    with transaction(actor) as tx:
        _, who = policy.require_person(tx.session, actor, account, person, for_update=True)
        if tx.earlier_answer(key, "invitations.revoke", account, person) is not None:
            return
        ended = end_live(tx, who.id, Event.REVOKE)
        if ended is None:
            raise Conflict(NO_LINK)
        tx.record(Action.INVITATION_REVOKED, "invitation", ended.id)


def set_renewal_aside(actor: Actor, *, account: str, person: str, key: str) -> None:
    """Note that somebody who asked for a new link gets none."""
    with transaction(actor) as tx:
        found, who = policy.require_person(tx.session, actor, account, person, for_update=True)
        if tx.earlier_answer(key, "invitations.set_renewal_aside", account, person) is not None:
            return
        if not settle_renewals(tx, who.id):
            raise Conflict(NOTHING_ASKED)
        tx.record(Action.INVITATION_RENEWAL_SET_ASIDE, "person", who.id)
        tx.touch(f"invitations:{found.brand_id}", f"account:{found.id}")


def _verified(actor: Actor, method: InvitationMethod, note: str) -> Wish:
    policy.require_staff(actor)
    words = text.note(note, longest=LONGEST_NOTE)
    return Wish(method, actor.name, actor.user_id if words else None, words)


def _invite(tx: Transaction, account: str, person: str, wish: Wish, key: str, command: str) -> str:
    found, who = policy.require_person(tx.session, tx.actor, account, person, for_update=True)
    if (earlier := tx.earlier_answer(key, command, account, person)) is not None:
        return earlier
    made, _ = _issue(tx, found, who, wish)
    return tx.answer(key, made.id)


def _issue(tx: Transaction, account: Account, person: Person, wish: Wish) -> tuple[Invitation, str]:
    ties = ties_of(tx.session, account, [person.id])
    facts = facts_of(tx.session, account, [person], ties)[person.id]
    if missing := unmet(facts):
        known = (CANNOT[need] for need in Need if need in missing and need in CANNOT)
        raise Conflict(next(known, NOT_READY))
    made, token = issue(tx, account, person, facts, wish, ties[person.id].contracts[:1])
    announce(tx, made)
    return made, token


def _address(tx: Transaction, account: Account, token: str) -> str:
    return f"{notifications.address_of(tx, account.brand_id)}/activate/{token}"
