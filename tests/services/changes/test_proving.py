import re

import pytest

from portal_app import models as m
from portal_app.core.errors import Conflict, Invalid, NotAllowed, NotFound, SwitchedOff, TooMany
from portal_app.services import branding, changes
from tests import factories as f
from tests.services.changes.conftest import fresh_key
from tests.services.identity import people

NEW = "rosa@new.example"


def send(desk, limiter, actor, kind="email", key="", **values):
    return changes.send_proof(
        actor,
        kind=kind,
        values=values or {"email": NEW},
        limiter=limiter,
        key=key or fresh_key(),
    )


def confirm(actor, limiter, code, kind="email", key=""):
    return changes.confirm_proof(
        actor, kind=kind, code=code, limiter=limiter, key=key or fresh_key()
    )


def code_to(recipient):
    letter = f.fetch_all(m.OutboundMessage, recipient=recipient)[-1]
    assert letter.carries_secret
    return re.search(r"\d{6}", letter.text)[0]


def sign_in_with(desk, *emails):
    user = f.fetch(m.PortalUser, id=desk.customer.user_id)
    for email in emails:
        f._save(
            m.LoginIdentifier(brand_id=user.brand_id, user_id=user.id, kind="email", value=email)
        )


def emails_of(desk):
    found = f.fetch_all(m.LoginIdentifier, user_id=desk.customer.user_id, kind="email")
    return {one.value for one in found}


@pytest.mark.requirement("S0-12")
@pytest.mark.asvs("7.5.1")
def test_email_changes_only_after_step_up_and_a_code_to_the_new_address(desk, limiter):
    old = desk.person.email
    sign_in_with(desk, old)
    with pytest.raises(NotAllowed):
        send(desk, limiter, desk.customer)
    assert f.fetch_all(m.OutboundMessage) == []
    sure = desk.stepped_up()
    assert send(desk, limiter, sure) == NEW
    assert desk.person.email == old
    assert changes.code_sent_to(sure, kind="email") == NEW
    number = confirm(sure, limiter, code_to(NEW))
    assert desk.person.email == NEW
    assert emails_of(desk) == {NEW}
    request = desk.request(number)
    assert (request.state, request.policy) == (m.ChangeState.APPLIED, m.ChangePolicy.PROOF)
    told = {(one.topic, one.recipient) for one in f.fetch_all(m.OutboundMessage)}
    assert ("identity.email_changed", old) in told
    assert ("change.made", NEW) in told
    assert f.fetch_all(m.OutgoingEvent)[0].payload["after"] == {"email": NEW}


def test_another_address_gets_a_code_of_its_own_whatever_key_the_click_has(desk, limiter):
    sure = desk.stepped_up()
    for address in ("typo@new.example", NEW, NEW):
        assert send(desk, limiter, sure, key="shared", email=address) == address
    assert changes.code_sent_to(sure, kind="email") == NEW
    assert len(f.fetch_all(m.OutboundMessage, recipient=NEW)) == 1


@pytest.mark.requirement("S0-12")
@pytest.mark.asvs("6.6.2")
def test_code_is_good_for_its_session_its_kind_and_once(desk, limiter, clock):
    sure, elsewhere = desk.stepped_up(), desk.stepped_up()
    send(desk, limiter, sure)
    code = code_to(NEW)
    with pytest.raises(Conflict):
        confirm(elsewhere, limiter, code)
    with pytest.raises(Conflict):
        confirm(sure, limiter, code, kind="phone")
    number = confirm(sure, limiter, code, key="click")
    assert confirm(sure, limiter, code, key="click") == number
    with pytest.raises(Conflict):
        confirm(sure, limiter, code)
    assert len(f.fetch_all(m.ChangeRequest)) == 1


@pytest.mark.asvs("6.6.3")
def test_wrong_codes_are_counted_and_change_nothing(desk, limiter):
    sure = desk.stepped_up()
    old = desk.person.email
    send(desk, limiter, sure)
    right = code_to(NEW)
    wrong = "000000" if right != "000000" else "000001"
    for _ in range(5):
        with pytest.raises(Invalid):
            confirm(sure, limiter, wrong, key="same-click")
    with pytest.raises(Invalid):
        confirm(sure, limiter, right, key="same-click")
    assert desk.person.email == old
    assert f.fetch_all(m.ChangeRequest) == []


@pytest.mark.asvs("6.5.5")
def test_code_runs_out_after_ten_minutes(desk, limiter, clock):
    sure = desk.stepped_up()
    send(desk, limiter, sure)
    code = code_to(NEW)
    clock.advance(minutes=10)
    assert changes.code_sent_to(sure, kind="email") == ""
    with pytest.raises(Invalid):
        confirm(sure, limiter, code)


def test_codes_to_new_addresses_cannot_be_sent_at_will(desk, limiter, clock):
    sure = desk.stepped_up()
    send(desk, limiter, sure)
    with pytest.raises(TooMany):
        send(desk, limiter, sure)
    for place in range(9):
        clock.advance(minutes=10)
        send(desk, limiter, desk.stepped_up(), email=f"victim{place}@example.com")
    clock.advance(hours=2)
    with pytest.raises(TooMany):
        send(desk, limiter, desk.stepped_up(), email="another@example.com")


@pytest.mark.requirement("S0-12")
def test_mobile_changes_by_a_texted_code_and_the_old_one_is_told(desk, limiter):
    people.change(desk.person, mobile_e164="+18135550100")
    sure = desk.stepped_up()
    send(desk, limiter, sure, "phone", mobile="(813) 555-0199")
    confirm(sure, limiter, code_to("+18135550199"), "phone")
    assert desk.person.mobile_e164 == "+18135550199"
    told = {(one.topic, one.recipient) for one in f.fetch_all(m.OutboundMessage)}
    assert ("identity.mobile_changed", "+18135550100") in told
    assert ("identity.mobile_changed", desk.person.email) in told
    assert f.fetch_all(m.OutgoingEvent)[0].payload["after"] == {"mobile": "+18135550199"}


def test_brand_may_have_a_proved_address_wait_for_staff_as_well(desk, limiter):
    desk.rule("email", "review")
    old, sure = desk.person.email, desk.stepped_up()
    send(desk, limiter, sure)
    number = confirm(sure, limiter, code_to(NEW))
    assert desk.person.email == old
    desk.approve(number)
    assert desk.person.email == NEW


def test_address_that_another_sign_in_uses_is_not_taken_over(desk, limiter):
    old = desk.person.email
    sign_in_with(desk, old)
    other = f.user(f.person())
    f._save(m.LoginIdentifier(brand_id=other.brand_id, user_id=other.id, kind="email", value=NEW))
    sure = desk.stepped_up()
    send(desk, limiter, sure)
    with pytest.raises(Conflict):
        confirm(sure, limiter, code_to(NEW))
    assert (desk.person.email, emails_of(desk)) == (old, {old})
    assert f.fetch_all(m.ChangeRequest) == []


@pytest.mark.parametrize("email", ["", "rosa", "a@b", "a@b.example\nBcc: c@d.example", None])
def test_what_is_no_address_gets_no_code(desk, limiter, email):
    with pytest.raises(Invalid) as refusal:
        send(desk, limiter, desk.stepped_up(), email=email)
    assert set(refusal.value.fields) == {"email"}
    assert f.fetch_all(m.OutboundMessage) == []


@pytest.mark.requirement("S0-05")
def test_no_code_is_sent_where_details_cannot_be_edited(desk, limiter):
    branding.switch_feature(desk.admin, feature="edit_profile", is_on=False, key="off")
    with pytest.raises(SwitchedOff):
        send(desk, limiter, desk.stepped_up())
    with pytest.raises(NotFound):
        send(desk, limiter, desk.agent)
