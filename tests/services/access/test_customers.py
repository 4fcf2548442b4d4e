from datetime import timedelta

import pytest

from portal_app import models as m
from portal_app.core.actor import Actor, Role
from portal_app.core.errors import Conflict, Invalid, NotAllowed, NotFound
from portal_app.core.ids import new_id
from portal_app.core.secrets import fingerprint
from portal_app.models import PortalAccess as P
from portal_app.models import SessionStage, UserStatus
from portal_app.services import access, contracts, identity
from portal_app.services.access.commands import publication
from portal_app.services.transaction import transaction
from tests import factories as f
from tests.services.access.customers import (
    PHONE,
    SYSTEM,
    candidate,
    change,
    evaluate,
    published,
    state,
)


def edit(actor, account, **values):
    shown = access.customer(actor, number=account.number)
    given = {
        "phone": shown.phone,
        "email": shown.email,
        "postal_code": shown.postal_code,
        "is_enabled": shown.is_enabled,
        "version": shown.version,
        "key": new_id(),
    }
    access.update_account(actor, account=account.number, **given | values)


def registered(**values):
    """An account whose owner signs in; returns the account and the user."""
    account = published(**values)
    with transaction(SYSTEM) as tx:
        owner = tx.session.get(m.Person, f.fetch(m.AccountContact, account_id=account.id).person_id)
        user = identity.register_user(
            tx,
            person=owner,
            password_hash="kept",
            phone=account.main_phone_e164,
            email=account.email,
        )
        tx.session.get(m.Account, account.id).portal_access = P.REGISTERED
    return account, user


def session_of(user, account=None) -> str:
    with transaction(SYSTEM) as tx:
        _, token = identity.open_session(
            tx,
            brand_id=user.brand_id,
            user_id=user.id,
            stage=SessionStage.FULL,
            factors=1,
            account_id=account.id if account else None,
        )
    return fingerprint(token)


def status(user) -> UserStatus:
    return f.fetch(m.PortalUser, id=user.id).status


@pytest.mark.requirement("S3-07")
@pytest.mark.asvs("7.4.2")
def test_switching_the_portal_off_ends_access_at_once_and_keeps_the_password(any_db, clock):
    account, user = registered()
    browser = session_of(user, account)
    agent = f.staff_actor()
    edit(agent, account, is_enabled=False)
    assert state(account) is P.SUSPENDED
    assert status(user) is UserStatus.SUSPENDED
    assert identity.caller_for(browser).session_id == ""
    assert f.fetch(m.PortalUser, id=user.id).password_hash == "kept"
    edit(agent, account, is_enabled=True)
    assert state(account) is P.REGISTERED
    assert status(user) is UserStatus.ACTIVE
    assert {i.value for i in f.fetch_all(m.LoginIdentifier, kind="phone")} == {PHONE}


@pytest.mark.requirement("S3-09")
def test_becoming_a_cash_customer_suspends_access(db, clock):
    account, user = registered()
    change(account, account_type=m.AccountType.CASH_ONLY)
    evaluate(account)
    assert (state(account), status(user)) == (P.SUSPENDED, UserStatus.SUSPENDED)


def test_losing_access_is_announced_to_the_open_tabs(db, clock):
    account, user = registered()
    change(account, web_portal_enabled=False)
    with transaction(SYSTEM) as tx:
        access.evaluate(tx, account.id)
        assert {f"user:{user.id}", f"account:{account.id}"} <= tx.topics


def test_somebody_with_another_account_keeps_their_sign_in_and_loses_only_the_one(db, clock):
    first, user = registered()
    second = candidate(main_phone_e164="+18135554343", portal_access=P.REGISTERED)
    change(f.fetch(m.AccountContact, account_id=second.id), person_id=user.person_id)
    evaluate(second)
    on_first, on_second = session_of(user, first), session_of(user, second)
    change(first, web_portal_enabled=False)
    evaluate(first)
    assert status(user) is UserStatus.ACTIVE
    assert identity.caller_for(on_first).session_id == ""
    assert identity.caller_for(on_second).actor.is_consumer


@pytest.mark.asvs("8.2.2")
def test_an_account_that_changes_hands_is_not_the_old_owners_any_more(any_db, clock):
    account, user = registered()
    browser = session_of(user, account)
    new_owner = f.person(brand_id=account.brand_id)
    change(f.fetch(m.AccountContact, account_id=account.id), person_id=new_owner.id)
    f.contact(account, f.fetch(m.Person, id=user.person_id), ends_on=f.date(2026, 11, 1))
    evaluate(account)
    assert state(account) is P.READY_UNPUBLISHED
    assert status(user) is UserStatus.SUSPENDED
    assert identity.caller_for(browser).session_id == ""
    assert f.fetch_all(m.LoginIdentifier, kind="phone") == []
    access.publish(SYSTEM)
    assert state(account) is P.REGISTRABLE


@pytest.mark.requirement("S3-05")
def test_a_phone_number_of_another_account_is_refused_by_that_accounts_name(any_db, clock):
    f.account(number="A-1043", name="Tampa Steel", main_phone_e164="+18135551234")
    account = candidate()
    with pytest.raises(Invalid) as refusal:
        edit(f.staff_actor(), account, phone="(813) 555-1234")
    assert "A-1043, Tampa Steel" in refusal.value.fields["phone"]
    assert f.fetch(m.Account, id=account.id).main_phone_e164 == PHONE


@pytest.mark.requirement("S3-05")
@pytest.mark.requirement("S3-06")
def test_a_number_shared_since_a_feed_stands_in_the_way_of_no_other_change(db, clock):
    f.account(number="A-1043", name="Tampa Steel", main_phone_e164=PHONE)
    account = candidate()
    agent = f.staff_actor()
    for phone in ("813-555-4242", "(813) 555 4242"):
        edit(agent, f.fetch(m.Account, id=account.id), phone=phone, postal_code="33609")
    kept = f.fetch(m.Account, id=account.id)
    assert (kept.postal_code, kept.main_phone, kept.main_phone_e164) == (
        "33609", "(813) 555 4242", PHONE,
    )  # fmt: skip
    edit(agent, kept, phone="813 555 7071")
    with pytest.raises(Invalid) as refusal:
        edit(agent, f.fetch(m.Account, id=account.id), phone=PHONE)
    assert "A-1043, Tampa Steel" in refusal.value.fields["phone"]


@pytest.mark.requirement("S3-05")
@pytest.mark.requirement("S3-06")
def test_what_is_kept_and_cannot_be_read_stands_in_the_way_of_no_other_change(db, clock):
    account = candidate()
    change(account, main_phone="555-1234", main_phone_e164="", email="nobody")
    agent = f.staff_actor()
    edit(agent, f.fetch(m.Account, id=account.id), postal_code="33609")
    kept = f.fetch(m.Account, id=account.id)
    assert (kept.postal_code, kept.main_phone, kept.email) == ("33609", "555-1234", "nobody")
    assert state(account) is P.NOT_READY
    with pytest.raises(Invalid) as refusal:
        edit(agent, kept, phone="555-1235", email="no body")
    assert set(refusal.value.fields) == {"phone", "email"}
    edit(agent, kept, phone="(813) 555-4242", email="office@example.com")
    assert f.fetch(m.Account, id=account.id).main_phone_e164 == PHONE


@pytest.mark.requirement("S3-05")
def test_a_new_phone_number_becomes_the_username_at_once(db, clock):
    account, _user = registered()
    edit(f.staff_actor(), account, phone="813.555.7070")
    assert [i.value for i in f.fetch_all(m.LoginIdentifier, kind="phone")] == ["+18135557070"]
    (letter,) = f.fetch_all(m.OutboundMessage, topic="identity.phone_changed")
    assert "ending 70" in letter.text


@pytest.mark.requirement("S3-06")
def test_what_is_typed_wrong_is_refused_and_an_empty_field_makes_not_ready(db, clock):
    account = published()
    agent = f.staff_actor()
    with pytest.raises(Invalid) as refusal:
        edit(agent, account, phone="123", email="nobody")
    assert set(refusal.value.fields) == {"phone", "email"}
    assert state(account) is P.REGISTRABLE
    edit(agent, account, postal_code="")
    assert state(account) is P.NOT_READY


def test_an_edit_of_a_page_that_is_out_of_date_is_refused(db, clock):
    account = candidate()
    agent = f.staff_actor()
    edit(agent, account, postal_code="33603")
    with pytest.raises(Conflict):
        edit(agent, account, postal_code="33604", version=account.version)


def test_the_same_edit_twice_is_one_edit(db, clock):
    account = candidate()
    agent, key = f.staff_actor(), new_id()
    edit(agent, account, postal_code="33603", key=key, version=1)
    edit(agent, account, postal_code="33604", key=key, version=1)
    assert f.fetch(m.Account, id=account.id).postal_code == "33603"
    entry = f.fetch(m.AuditEvent, action=m.Action.ACCOUNT_CHANGED.value)
    assert entry.detail == {"fields": ["postal_code"]}


@pytest.mark.requirement("S3-07")
def test_one_click_switches_the_portal_on_and_another_takes_the_owners_phone(db, clock):
    account = candidate(web_portal_enabled=False, main_phone="", main_phone_e164="")
    change(f.fetch(m.Person), phone_e164="+18135558080")
    agent = f.staff_actor()
    offered = {c.check.value: c.fix for c in access.customer(agent, number=account.number).checks}
    access.apply_fix(agent, account=account.number, fix=offered["switch"], key=new_id())
    access.apply_fix(agent, account=account.number, fix=offered["phone"], key=new_id())
    assert f.fetch(m.Account, id=account.id).main_phone_e164 == "+18135558080"
    assert state(account) is P.READY_UNPUBLISHED
    for fix in ("switch_on", "no such fix", "", None):
        with pytest.raises(Conflict):
            access.apply_fix(agent, account=account.number, fix=fix, key=new_id())


def test_customers_are_found_by_name_number_phone_and_email(any_db, clock):
    wanted = candidate(name="Óscar's 50% Roofing_Co", number="RF-2001", email="oscar@example.com")
    for n in range(3):
        candidate(name=f"Dock {n}", number=f"DK-{n}", main_phone_e164=f"+1813666000{n}",
                  email=f"dock{n}@example.com")  # fmt: skip
    agent = f.staff_actor()
    for words in ("50% roof", "roofing_co", "RF-20", "(813) 555-4242", "OSCAR@example.com"):
        found = access.customers(agent, search=words).rows
        assert [row.number for row in found] == [wanted.number], words
    assert access.customers(agent, search="%").rows == access.customers(agent, search="50%").rows
    assert access.customers(agent, search="nothing like it").rows == ()


def test_the_list_goes_on_where_it_left_off(any_db, clock):
    names = [f"Customer {n:02d}" for n in range(7)]
    for name in reversed(names):
        candidate(name=name, main_phone_e164=f"+181366600{name[-2:]}")
    agent, seen, after = f.staff_actor(), [], ""
    while True:
        page = access.customers(agent, after=after, size=3)
        seen += [row.name for row in page.rows]
        if not (after := page.after):
            break
    assert seen == names


def test_the_list_shows_one_state_when_asked(db, clock):
    candidate(portal_access=P.LOCKED, number="L-1")
    candidate(main_phone_e164="+18136660001")
    found = access.customers(f.staff_actor(), state="locked").rows
    assert [row.number for row in found] == ["L-1"]


@pytest.mark.asvs("8.2.2")
def test_customers_of_another_brand_do_not_exist(db, clock):
    account = candidate()
    elsewhere = f.staff_actor(Role.ADMIN, brand_id=f.brand(key="orchard", name="Orchard").id)
    assert access.customers(elsewhere).rows == ()
    with pytest.raises(NotFound):
        access.customer(elsewhere, number=account.number)
    with pytest.raises(NotFound):
        access.apply_fix(elsewhere, account=account.number, fix="switch_on", key="k")


@pytest.mark.asvs("8.2.1")
def test_customers_and_strangers_see_no_customer_pages(db, clock):
    account = f.account()
    for actor in (Actor(brand=account.brand_id), f.consumer_actor(account)):
        with pytest.raises(NotFound):
            access.customers(actor)
        with pytest.raises(NotFound):
            access.customer(actor, number=account.number)
        with pytest.raises(NotFound):
            access.publish(actor)


@pytest.mark.asvs("8.2.1")
@pytest.mark.asvs("7.4.5")
def test_a_manager_signs_a_customer_out_and_an_agent_does_not(db, clock):
    account, user = registered()
    browser = session_of(user)
    with pytest.raises(NotAllowed):
        access.end_customer_sessions(f.staff_actor(Role.AGENT), account=account.number)
    with pytest.raises(NotAllowed):
        access.publish(f.staff_actor(Role.AGENT))
    access.end_customer_sessions(f.staff_actor(Role.MANAGER), account=account.number)
    assert identity.caller_for(browser).session_id == ""
    entry = f.fetch(m.AuditEvent, action=m.Action.SESSIONS_ENDED.value)
    assert entry.detail == {"sessions": 1}


@pytest.mark.parametrize("what", ["unlock", "end_customer_sessions", "remove_second_factor"])
def test_what_staff_do_at_the_counter_is_done_once_however_often_it_is_sent(any_db, clock, what):
    account, user = registered()
    change(user, second_factor=m.SecondFactor.TEXT)
    session_of(user)
    if what == "unlock":
        change(account, portal_access=P.LOCKED, locked_until=clock() + timedelta(hours=3))
    manager, given = f.staff_actor(Role.MANAGER), {"account": account.number}
    if what == "remove_second_factor":
        given["note"] = "Driving licence, in store"
    answers, left = [], []
    for _ in range(3):
        answers.append(getattr(access, what)(manager, **given))
        left.append(tuple(len(f.fetch_all(kind)) for kind in (m.AuditEvent, m.OutboundMessage)))
        clock.advance(minutes=1)
    assert len(set(answers)) == 1
    assert len(set(left)) == 1
    assert left[0][0] > 0
    assert f.fetch(m.Account, id=account.id).locked_until in {None, clock() - timedelta(minutes=3)}


@pytest.mark.requirement("S3-10")
def test_a_second_publication_opens_nobody_again(any_db, clock):
    account = candidate()
    manager = f.staff_actor(Role.MANAGER)
    first = access.publish(manager)
    published_at = f.fetch(m.Account, id=account.id).published_at
    clock.advance(minutes=1)
    again = access.publish(manager)
    assert (first.registrable, again.registrable, again.checked) == (1, 0, first.checked)
    assert f.fetch(m.Account, id=account.id).published_at == published_at
    assert len(f.fetch_all(m.SyncRun)) == 2


@pytest.mark.requirement("S3-10")
def test_a_publication_that_is_asked_for_twice_by_one_click_is_one(any_db, clock):
    candidate()
    manager = f.staff_actor(Role.MANAGER)
    first = access.publish(manager, key="click")
    assert first.registrable == 1
    assert access.publish(manager, key="click") == first
    assert len(f.fetch_all(m.SyncRun)) == 1
    assert len(f.fetch_all(m.AuditEvent, action=m.Action.PORTAL_PUBLISHED)) == 1


@pytest.mark.requirement("S3-10")
def test_a_publication_that_was_cut_off_goes_on_with_the_same_click(db, clock, monkeypatch):
    account, manager = candidate(), f.staff_actor(Role.MANAGER)
    with monkeypatch.context() as cut, pytest.raises(OSError, match="power"):
        cut.setattr(publication, "_publish_batch", power_cut)
        access.publish(manager, key="click")
    assert access.publish(manager, key="click").registrable == 1
    assert state(account) is P.REGISTRABLE
    assert [run.state for run in f.fetch_all(m.SyncRun)] == ["finished"]


def power_cut(*_given):
    raise OSError("power")


@pytest.mark.asvs("6.4.4")
def test_a_lost_second_factor_is_taken_off_by_a_manager_who_says_how_they_checked(db, clock):
    account, user = registered()
    change(user, second_factor=m.SecondFactor.TEXT)
    browser = session_of(user)
    manager = f.staff_actor(Role.MANAGER)
    with pytest.raises(NotAllowed):
        access.remove_second_factor(f.staff_actor(), account=account.number, note="Saw licence")
    with pytest.raises(Invalid):
        access.remove_second_factor(manager, account=account.number, note="  ")
    access.remove_second_factor(manager, account=account.number, note="Driving licence, in store")
    assert f.fetch(m.PortalUser, id=user.id).second_factor is m.SecondFactor.NONE
    assert identity.caller_for(browser).session_id == ""
    entry = f.fetch(m.AuditEvent, action=m.Action.FACTOR_DISABLED.value)
    assert (entry.actor_id, entry.detail["note"]) == (manager.user_id, "Driving licence, in store")
    assert f.fetch(m.OutboundMessage, topic="identity.second_factor_off")


def test_somebody_with_several_accounts_chooses_and_with_one_does_not(db, clock):
    first, user = registered()
    actor = identity.caller_for(session_of(user)).actor
    assert access.settle_account(actor) is False
    assert f.fetch(m.PortalSession, id=actor.session_id).account_id == first.id
    second = candidate(main_phone_e164="+18135554343", portal_access=P.REGISTERED)
    f.contact(second, f.fetch(m.Person, id=user.person_id), role=m.ContactRole.AUTHORISED)
    actor = identity.caller_for(session_of(user)).actor
    assert access.settle_account(actor) is True
    assert {choice.id for choice in contracts.accounts_of(actor)} == {first.id, second.id}
    access.choose_account(actor, account=second.id)
    assert f.fetch(m.PortalSession, id=actor.session_id).account_id == second.id


@pytest.mark.asvs("8.2.2")
@pytest.mark.parametrize("which", ["stranger's", "suspended", "nonsense"])
def test_nobody_chooses_an_account_that_is_not_theirs_to_see(db, clock, which):
    account, user = registered()
    actor = identity.caller_for(session_of(user)).actor
    wanted = {"stranger's": f.account().id, "suspended": account.id, "nonsense": "x\x00"}[which]
    if which == "suspended":
        change(account, portal_access=P.SUSPENDED)
    with pytest.raises(NotFound):
        access.choose_account(actor, account=wanted)
