"""Which of their accounts somebody looks at."""

from portal_app.core.actor import Actor
from portal_app.core.errors import NotFound
from portal_app.services import contracts, identity
from portal_app.services.transaction import transaction


def choose_account(actor: Actor, *, account: str) -> None:
    """Look at one of one's accounts from now on; an account of others is not found."""
    if not actor.is_consumer:
        raise NotFound
    with transaction(actor) as tx:
        chosen, _ = contracts.require_choice(tx.session, actor, account)
        identity.use_account(tx, chosen.id)


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
