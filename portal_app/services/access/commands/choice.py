"""Which of their accounts somebody looks at, and for whom they act."""

from portal_app.core.actor import Actor
from portal_app.core.entries import identifier
from portal_app.core.errors import NotFound
from portal_app.services import contracts, households, identity
from portal_app.services.transaction import transaction


def choose_account(actor: Actor, *, account: str) -> str:
    """Look at one of one's accounts from now on; an account of others is not found.

    With somebody else's account one acts for them, with one's own for oneself. Returns the key of
    that context, "" for oneself.
    """
    if not actor.is_consumer:
        raise NotFound
    chosen = contracts.account_choice(actor, account=account)
    key = households.context_about(actor, person=chosen.whose, household="") if chosen.whose else ""
    with transaction(actor) as tx:
        contracts.require_choice(tx.session, actor, chosen.id)
        identity.use_account(tx, (chosen.id,))
        identity.use_context(tx, key)
    return key


def choose_context(actor: Actor, *, whom: object) -> str:
    """Act for somebody, or for a household, from now on; "" is for oneself.

    `whom` is the key of one that `households.contexts` offers; any other is not found. The
    account follows: theirs where they let one see it, and else one's own. Returns that account.
    """
    if not actor.is_consumer:
        raise NotFound
    key = identifier(whom) if whom != "" else ""
    if key and households.context_of(actor, key=key) is None:
        raise NotFound
    person, _ = households.parts_of(key)
    accounts = contracts.accounts_of(actor)
    theirs = [one.id for one in accounts if person and one.whose == person]
    with transaction(actor) as tx:
        own = [one.id for one in accounts if not one.whose]
        identity.use_context(tx, key)
        return identity.use_account(tx, theirs or own)


def settle_account(actor: Actor) -> bool:
    """Open the only account of somebody who has one; say whether they still have to choose.

    One's own goes before those of people for whom one acts.
    """
    if not actor.is_consumer:
        return False
    found = contracts.accounts_of(actor)
    choices = [one for one in found if not one.acting_for] or found
    if len(choices) == 1:
        choose_account(actor, account=choices[0].id)
    return len(choices) > 1
