"""Using a link: it lets nobody in by itself, and an existing sign-in is never touched."""

from datetime import timedelta

import pytest
from sqlmodel import Session, text

from portal_app import models as m
from portal_app.core.errors import Conflict, Invalid, NotFound, TooMany
from portal_app.models import InvitationState as S
from portal_app.services import access, contracts, identity, invitations
from portal_app.services.invitations import Standing
from tests import factories as f
from tests.services.access import customers
from tests.services.access.customers import change
from tests.services.identity import people as browsers
from tests.services.invitations.world import (
    PASSWORD,
    SYSTEM,
    activated,
    covered,
    letters,
    newest_code,
    newest_token,
    opened,
    proved,
    service,
    settle,
    signed_in,
    state,
    visitor,
)


def standing(token):
    return invitations.link_page(visitor(), token=token).standing


def invited(**values):
    cover = covered(**values)
    made = cover.invite()
    return cover, made, newest_token()


@pytest.mark.requirement("S0-09")
@pytest.mark.asvs("6.4.1")
def test_from_the_link_to_the_first_password_to_the_contract(any_db, clock, limiter):
    cover, made, token = invited()
    assert activated(token, limiter) == (
        "Your account is set up. Sign in with your email address and new password."
    )
    assert state(made) is S.ACTIVATED
    holder = signed_in(cover.holder.email.upper(), limiter)
    (account,) = contracts.accounts_of(holder)
    assert account.id == cover.account.id
    page = contracts.contract_list(holder, account=account.id)
    assert [(row.number, row.status_label) for row in page.rows] == [
        (cover.contract.number, "Active")
    ]
    told = f.fetch(m.OutboundMessage, topic="identity.registered")
    assert "email address and new password" in told.text


@pytest.mark.asvs("3.5.3")
@pytest.mark.asvs("7.6.2")
def test_looking_at_a_link_however_often_changes_nothing(any_db, clock):
    _, made, token = invited()

    def everything():
        with Session(any_db) as session:
            names = list(m.Row.metadata.tables)
            return {
                name: session.connection().execute(text(f'SELECT * FROM "{name}"')).all()
                for name in names
            }

    before = everything()
    for _ in range(3):
        assert standing(token) is Standing.GOOD
    assert everything() == before
    assert state(made) is S.ISSUED
    assert f.fetch_all(m.PortalSession) == []


def test_the_page_of_a_link_says_no_more_than_the_letter_did(any_db, clock):
    cover, _, token = invited(mobile_e164="+18135550101", postal_code="33602")
    page = invitations.link_page(visitor(), token=token)
    assert page.subject == f"service contract {cover.contract.number}"
    (letter,) = letters()
    shown = [page.brand, page.subject]
    assert all(words in letter.text for words in shown)
    personal = (cover.holder.given_name, cover.holder.email, "0101", "33602", cover.account.name)
    assert not any(words in f"{page}" for words in personal)


@pytest.mark.parametrize(
    ("mobile", "topic", "channel"),
    [("+18135550101", "identity.code", "text"), ("", "invitation.code", "email")],
)
def test_the_code_goes_to_what_is_on_record(any_db, clock, limiter, mobile, topic, channel):
    cover, _, token = invited(mobile_e164=mobile)
    opened(token, limiter)
    (sent,) = letters(topic)
    assert (sent.channel, sent.recipient) == (channel, mobile or cover.holder.email)
    assert sent.carries_secret


@pytest.mark.asvs("6.4.1")
def test_a_link_lets_its_person_in_once(any_db, clock, limiter):
    _, _, token = invited()
    activated(token, limiter)
    clock.advance(minutes=5)
    assert standing(token) is Standing.ACTIVATED
    with pytest.raises(Conflict):
        invitations.start_activation(visitor(), token=token, limiter=limiter)
    with pytest.raises(Conflict):
        invitations.ask_for_new_link(visitor(), token=token, limiter=limiter)


@pytest.mark.asvs("6.4.1")
@pytest.mark.parametrize("step", ["start", "code", "password"])
def test_nothing_works_from_the_very_second_at_which_the_link_ends(any_db, clock, limiter, step):
    _, _, token = invited()
    clock.advance(days=7, seconds=-1)
    actor = opened(token, limiter)
    if step == "password":
        renewed = invitations.confirm_activation(actor, code=newest_code(), limiter=limiter)
        actor = browsers.as_caller(renewed)
    clock.advance(seconds=1)
    with pytest.raises(Conflict):
        if step == "start":
            invitations.start_activation(visitor(), token=token, limiter=limiter)
        elif step == "code":
            invitations.confirm_activation(actor, code=newest_code(), limiter=limiter)
        else:
            invitations.finish_activation(actor, new_password=PASSWORD)
    assert f.fetch_all(m.PortalUser, kind="consumer") == []


@pytest.mark.asvs("2.3.1")
def test_no_step_can_be_left_out(any_db, clock, limiter):
    _, _, token = invited()
    actor = opened(token, limiter)
    with pytest.raises(Conflict):
        invitations.finish_activation(actor, new_password=PASSWORD)
    for nobody in (visitor(), browsers.as_caller("no such token")):
        with pytest.raises(Conflict):
            invitations.confirm_activation(nobody, code=newest_code(), limiter=limiter)
        with pytest.raises(Conflict):
            invitations.finish_activation(nobody, new_password=PASSWORD)
    assert f.fetch_all(m.PortalUser, kind="consumer") == []


@pytest.mark.asvs("6.6.2")
def test_a_code_works_only_in_the_browser_that_asked_for_it(any_db, clock, limiter):
    _, _, token = invited()
    opened(token, limiter)
    first = newest_code()
    clock.advance(minutes=2)
    other = opened(token, limiter)
    if newest_code() == first:
        return  # one in a million
    with pytest.raises(Invalid):
        invitations.confirm_activation(other, code=first, limiter=limiter)


@pytest.mark.asvs("6.6.3")
def test_five_wrong_codes_end_the_code_and_the_right_one_with_it(any_db, clock, limiter):
    _, _, token = invited()
    actor, right = opened(token, limiter), newest_code()
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    for _ in range(5):
        with pytest.raises(Invalid) as refused:
            invitations.confirm_activation(actor, code=wrong, limiter=limiter)
    assert "five times" in refused.value.fields["code"]
    with pytest.raises(Invalid):
        invitations.confirm_activation(actor, code=right, limiter=limiter)
    clock.advance(minutes=2)
    invitations.resend_activation_code(actor, limiter=limiter)
    assert invitations.confirm_activation(actor, code=newest_code(), limiter=limiter)


@pytest.mark.asvs("6.5.1")
@pytest.mark.asvs("7.2.4")
def test_a_right_code_works_once_and_gives_the_browser_a_new_token(any_db, clock, limiter):
    _, _, token = invited()
    session = invitations.start_activation(visitor(), token=token, limiter=limiter)
    actor = browsers.as_caller(session)
    renewed = invitations.confirm_activation(actor, code=newest_code(), limiter=limiter)
    assert renewed != session
    with pytest.raises(Conflict):
        invitations.confirm_activation(actor, code=newest_code(), limiter=limiter)


def test_a_minute_lies_between_two_codes(any_db, clock, limiter):
    _, _, token = invited()
    actor = opened(token, limiter)
    clock.advance(seconds=58)
    with pytest.raises(TooMany, match="Wait a minute"):
        invitations.resend_activation_code(actor, limiter=limiter)
    clock.advance(seconds=4)
    invitations.resend_activation_code(actor, limiter=limiter)
    assert len(letters("invitation.code")) == 2


def test_the_same_browser_goes_on_where_it_was(any_db, clock, limiter):
    _, _, token = invited()
    actor = opened(token, limiter)
    assert invitations.start_activation(actor, token=token, limiter=limiter) == ""
    assert len(letters("invitation.code")) == 1


@pytest.mark.asvs("2.4.1")
def test_one_link_is_used_at_most_five_times_an_hour(any_db, clock, limiter):
    _, _, token = invited()
    for _ in range(3):
        opened(token, limiter)
        clock.advance(minutes=6)
    for _ in range(2):
        clock.advance(minutes=9)
        opened(token, limiter)
    clock.advance(minutes=9)
    with pytest.raises(TooMany):
        opened(token, limiter)
    clock.advance(minutes=61)
    opened(token, limiter)


@pytest.mark.asvs("2.4.1")
def test_a_network_tries_at_most_twenty_links_an_hour(db, clock, limiter):
    covered()
    for n in range(20):
        with pytest.raises(Conflict):
            invitations.start_activation(visitor(), token=f"guess-{n}", limiter=limiter)
    with pytest.raises(TooMany):
        invitations.start_activation(visitor(), token="guess", limiter=limiter)


def test_an_older_browser_is_cut_off_when_the_link_is_replaced(any_db, clock, limiter):
    cover, _, token = invited()
    actor = opened(token, limiter)
    cover.invite("again")
    assert standing(token) is Standing.SUPERSEDED
    with pytest.raises(Conflict):
        invitations.confirm_activation(actor, code=newest_code(), limiter=limiter)


def test_a_new_address_on_record_ends_the_link_to_the_old_one(any_db, clock, limiter):
    cover, _, token = invited()
    actor = opened(token, limiter)
    change(cover.holder, email="new@example.com")
    assert standing(token) is Standing.ADDRESS_CHANGED
    with pytest.raises(Conflict):
        invitations.confirm_activation(actor, code=newest_code(), limiter=limiter)


@pytest.mark.parametrize(
    "values",
    [{"web_portal_enabled": False}, {"account_type": m.AccountType.CASH_ONLY}],
)
def test_a_link_is_worth_nothing_while_the_portal_is_closed_to_the_account(
    any_db, clock, limiter, values
):
    cover, _, token = invited()
    actor = proved(token, limiter)
    change(cover.account, **values)
    assert standing(token) is Standing.CLOSED
    with pytest.raises(Conflict):
        invitations.finish_activation(actor, new_password=PASSWORD)
    assert f.fetch_all(m.PortalUser, kind="consumer") == []


@pytest.mark.requirement("S0-09")
def test_an_existing_sign_in_is_never_overwritten(any_db, clock, limiter):
    cover, _, token = invited()
    actor = proved(token, limiter)
    user = f.user(cover.holder, password_hash="kept")
    assert standing(token) is Standing.HAS_SIGN_IN
    with pytest.raises(Conflict):
        invitations.finish_activation(actor, new_password=PASSWORD)
    assert f.fetch(m.PortalUser, id=user.id).password_hash == "kept"


@pytest.mark.asvs("6.2.11")
@pytest.mark.parametrize(
    "weak",
    ["short", "margarethe aldous 1", "passwordpassword"],
)
def test_the_first_password_follows_the_rules_of_every_other(any_db, clock, limiter, weak):
    _, made, token = invited(email="margarethe.aldous@example.com")
    actor = proved(token, limiter)
    with pytest.raises(Invalid) as refused:
        invitations.finish_activation(actor, new_password=weak)
    assert set(refused.value.fields) == {"new_password"}
    assert state(made) is S.OPENED
    invitations.finish_activation(actor, new_password=PASSWORD)
    assert state(made) is S.ACTIVATED


@pytest.mark.requirement("S0-01")
def test_a_holder_who_is_no_contact_sees_their_contract_and_nothing_else(any_db, clock, limiter):
    cover, _, token = invited(as_contact=False)
    other = service(cover.account, f.person(), number="SD-OTHER")
    activated(token, limiter)
    holder = signed_in(cover.holder.email, limiter)
    (choice,) = contracts.accounts_of(holder)
    assert (choice.is_whole, choice.has_service_contracts) == (False, True)
    page = contracts.contract_list(holder, account=choice.id, shelf="all")
    assert [row.number for row in page.rows] == [cover.contract.number]
    assert contracts.contract_detail(holder, number=cover.contract.number)
    for call in (
        lambda: contracts.contract_detail(holder, number=other.number),
        lambda: contracts.contract_list(holder, account=f.account().id),
    ):
        with pytest.raises(NotFound):
            call()
    with Session(any_db) as session, pytest.raises(NotFound):
        contracts.require_account(session, holder, choice.id)
    held = contracts.profile(holder, account=choice.id)
    assert (held.main_phone, held.email, held.postal_code) == ("", "", "")


def test_without_service_contracts_left_the_sign_in_is_suspended_and_comes_back(
    any_db, clock, limiter
):
    cover, _, token = invited(as_contact=False)
    activated(token, limiter)
    user = f.fetch(m.PortalUser, person_id=cover.holder.id)
    change(cover.account, web_portal_enabled=False)
    settle(cover.account)
    assert f.fetch(m.PortalUser, id=user.id).status is m.UserStatus.SUSPENDED
    change(cover.account, web_portal_enabled=True)
    settle(cover.account)
    assert f.fetch(m.PortalUser, id=user.id).status is m.UserStatus.ACTIVE
    assert signed_in(cover.holder.email, limiter)


@pytest.mark.requirement("S3-12")
def test_an_owner_who_is_invited_need_not_register_any_more(any_db, clock, limiter, licensed):
    account = customers.published()
    owner = f.fetch(m.Person, email="rosa@example.com")
    agent = f.staff_actor()
    invitations.request_verification(agent, account=account.number, person=owner.id, key="k")
    activated(newest_token(), limiter)
    assert customers.state(account) is m.PortalAccess.REGISTERED
    holder = signed_in(owner.email, limiter)
    assert [choice.id for choice in contracts.accounts_of(holder)] == [account.id]
    by_phone = identity.sign_in(
        visitor(), identifier=customers.PHONE, password=PASSWORD, limiter=limiter
    )
    assert isinstance(by_phone, identity.SignedIn)


def test_an_authorised_contact_comes_in_before_the_owner_has_registered(
    any_db, clock, limiter, licensed
):
    account = customers.published()
    clerk = f.person(email="clerk@example.com")
    f.contact(account, clerk, role=m.ContactRole.AUTHORISED)
    agent = f.staff_actor()
    invitations.request_verification(agent, account=account.number, person=clerk.id, key="k")
    activated(newest_token(), limiter)
    assert customers.state(account) is m.PortalAccess.REGISTRABLE
    clerk_in = signed_in(clerk.email, limiter)
    assert [choice.id for choice in contracts.accounts_of(clerk_in)] == [account.id]
    access.publish(SYSTEM)
    assert f.fetch(m.PortalUser, person_id=clerk.id).status is m.UserStatus.ACTIVE


@pytest.mark.requirement("S0-09")
def test_whoever_holds_a_link_that_is_over_may_ask_for_another(any_db, clock, limiter):
    cover, _, token = invited()
    with pytest.raises(Conflict):  # it still works
        invitations.ask_for_new_link(visitor(), token=token, limiter=limiter)
    clock.advance(days=8)
    assert invitations.waiting(cover.agent) == 0
    for _ in range(2):
        invitations.ask_for_new_link(visitor(), token=token, limiter=limiter)
    assert invitations.waiting(cover.agent) == 1
    (asked,) = invitations.invitations(cover.agent, view="asked").rows
    assert asked.person_id == cover.holder.id
    assert len(letters()) == 1  # nothing is sent by itself
    cover.invite("again")
    assert invitations.waiting(cover.agent) == 0


def test_a_wish_for_a_new_link_can_be_set_aside(any_db, clock, limiter):
    cover, _, token = invited()
    clock.advance(days=8)
    invitations.ask_for_new_link(visitor(), token=token, limiter=limiter)
    ask = {"account": cover.account.number, "person": cover.holder.id}
    invitations.set_renewal_aside(cover.agent, **ask, key="k")
    assert invitations.waiting(cover.agent) == 0
    assert len(letters()) == 1


@pytest.mark.asvs("8.4.1")
def test_a_link_of_another_brand_is_not_known_here(any_db, clock, limiter):
    elsewhere = f.brand(key="orchard", name="Orchard")
    cover = covered(brand_id=elsewhere.id)
    cover.invite()
    token = newest_token()
    assert standing(token) is Standing.UNKNOWN
    with pytest.raises(Conflict):
        invitations.start_activation(visitor(), token=token, limiter=limiter)
    there = visitor(elsewhere.id)
    assert invitations.link_page(there, token=token).standing is Standing.GOOD


def test_an_anonymous_session_of_a_registration_proves_nothing_here(
    any_db, clock, limiter, licensed
):
    customers.published()
    started = access.start_registration(
        browsers.visitor(), **customers.TYPED, key="", limiter=limiter
    )
    with pytest.raises(Conflict):
        invitations.finish_activation(browsers.as_caller(started), new_password=PASSWORD)


def test_opening_a_link_signs_out_whoever_was_signed_in_here(any_db, clock, limiter):
    first, _, token = invited(email="first@example.com")
    activated(token, limiter)
    somebody = signed_in(first.holder.email, limiter)
    clock.advance(minutes=2)
    second = covered(email="second@example.com")
    second.invite("second")
    invitations.start_activation(somebody, token=newest_token(), limiter=limiter)
    ended = f.fetch(m.PortalSession, id=somebody.session_id)
    assert ended.revoked_at is not None
    assert ended.revoked_at - clock.time < timedelta(seconds=1)
