"""Who represents somebody gets a sign-in as well, though nothing here is theirs (S1-09)."""

from datetime import date

import pytest

from portal_app import models as m
from portal_app.core.errors import Conflict, NotFound
from portal_app.services import contracts, households, invitations
from portal_app.services.invitations import Need
from tests import factories as f
from tests.services.access.customers import change
from tests.services.invitations.world import activated, covered, newest_token, settle, signed_in


@pytest.fixture
def cover(any_db, clock):
    return covered()


def representative(cover, **days) -> m.Person:
    bettina = f.person(given_name="Bettina", family_name="Crowe")
    f.grant(cover.holder, bettina, **days)
    return bettina


def invite(cover, person):
    return invitations.request_verification(
        cover.agent, account=cover.account.number, person=person.id, key="click"
    )


@pytest.mark.requirement("S1-09")
def test_representative_from_a_feed_is_invited_signs_in_and_sees_what_they_may(cover, limiter):
    bettina = representative(cover)
    rows = invitations.people(cover.agent, account=cover.account.number).rows
    assert {row.name: row.acts_for for row in rows} == {
        "Margarethe Aldous": (), "Bettina Crowe": ("Margarethe Aldous",),
    }  # fmt: skip
    invite(cover, bettina)
    activated(newest_token(), limiter)
    actor = households.tied(signed_in(bettina.email, limiter))
    (account,) = contracts.accounts_of(actor)
    assert account.acting_for == "Margarethe Aldous"
    assert contracts.contract_detail(actor, number=cover.contract.number)


@pytest.mark.requirement("S1-09")
@pytest.mark.parametrize("days", [{"ends_on": date(2026, 11, 19)}, {"starts_on": date(2027, 1, 1)}])
def test_nobody_is_invited_for_what_does_not_hold_today(cover, days):
    bettina = representative(cover, **days)
    with pytest.raises(Conflict):
        invite(cover, bettina)
    found = invitations.inviting(cover.agent, account=cover.account.number, person=bettina.id)
    assert Need.CURRENT in {one.need for one in found.checks if not one.is_met}


def test_representative_of_somebody_elsewhere_is_nobody_here(cover):
    bettina, stranger = f.person(), f.person()
    f.grant(stranger, bettina)
    with pytest.raises(NotFound):
        invite(cover, bettina)


@pytest.mark.requirement("S1-09")
def test_former_contact_who_represents_somebody_stays_in(cover):
    bettina = representative(cover)
    user = f.user(bettina)
    contact = f.contact(cover.account, bettina, role=m.ContactRole.BILLING)
    change(contact, ends_on=date(2026, 11, 19))
    settle(cover.account)
    assert f.fetch(m.PortalUser, id=user.id).status is m.UserStatus.ACTIVE
    change(f.fetch(m.Grant), ends_on=date(2026, 11, 19))
    settle(cover.account)
    assert f.fetch(m.PortalUser, id=user.id).status is m.UserStatus.SUSPENDED
