"""The page of a link: looking at it changes nothing, however often and by whomever."""

from portal_app.core.actor import Actor
from portal_app.models import Brand, Contract
from portal_app.services.invitations.queries.held import link_of
from portal_app.services.invitations.rules import Standing, subject_of
from portal_app.services.invitations.views import LinkPage
from portal_app.services.transaction import reading


def link_page(actor: Actor, *, token: str) -> LinkPage:
    """Return what the page of this link says, without using it up (S0-09).

    It knows no more than the letter did: who invites, and for which contract.
    """
    with reading() as session:
        brand = session.get(Brand, actor.brand)
        name = brand.name if brand else ""
        link = link_of(session, actor.brand, token=token)
        if link is None:
            return LinkPage(Standing.UNKNOWN, name)
        if link.standing is not Standing.GOOD:
            return LinkPage(link.standing, name)
        found = link.invitation
        contract = session.get(Contract, found.contract_id) if found.contract_id else None
        return LinkPage(
            standing=link.standing,
            brand=name,
            subject=subject_of(link.account, contract),
            until=found.expires_at,
            zone=link.account.timezone,
        )
