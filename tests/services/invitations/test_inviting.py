"""Staff invite people: whom they can, what is sent, what becomes of an older link."""

import threading
from datetime import timedelta

import pytest

from portal_app import models as m
from portal_app.core.actor import ANONYMOUS, Role
from portal_app.core.errors import Conflict, Invalid, NotFound, PortalError
from portal_app.core.secrets import fingerprint
from portal_app.models import InvitationState as S
from portal_app.services import access, invitations
from portal_app.services.invitations import Need, Standing
from portal_app.services.invitations.rules import MOVES, Event
from tests import factories as f
from tests.services.access.customers import change
from tests.services.invitations.world import (
    SYSTEM,
    covered,
    letters,
    newest_token,
    service,
    settle,
    state,
    token_in,
    visitor,
)


def standing(token):
    return invitations.link_page(visitor(), token=token).standing


def sheet(cover, person=None):
    who = (person or cover.holder).id
    return invitations.inviting(cover.agent, account=cover.account.number, person=who)


def missing(cover, person=None):
    return {check.need for check in sheet(cover, person).checks if not check.is_met}


@pytest.mark.requirement("S0-08")
@pytest.mark.requirement("S0-01")
def test_request_verification_mails_the_link_whatever_the_day_of_purchase(any_db, clock):
    cover = covered()
    change(cover.contract, purchased_on=clock.time.date() - timedelta(days=900))
    made = cover.invite()
    (letter,) = letters()
    assert letter.recipient == cover.holder.email
    assert "service contract" in letter.text
    assert cover.contract.number in letter.text
    assert letter.carries_secret
    assert state(made) is S.ISSUED
    assert standing(token_in(letter)) is Standing.GOOD


@pytest.mark.asvs("6.4.1")
def test_only_the_fingerprint_of_a_long_random_link_is_kept(db, clock):
    covered().invite()
    token = newest_token()
    kept = f.fetch(m.Invitation)
    assert len(token) == 43  # 256 bits
    assert kept.token_hash == fingerprint(token)
    assert token not in kept.model_dump_json()
    assert kept.expires_at - kept.issued_at == timedelta(days=7)


@pytest.mark.requirement("S0-09")
def test_verify_and_invite_keeps_who_verified_whom_and_how(any_db, clock):
    cover = covered()
    ask = {"account": cover.account.number, "person": cover.holder.id, "key": "click"}
    with pytest.raises(Invalid) as refused:
        invitations.verify_and_invite(cover.agent, note="  ", **ask)
    assert set(refused.value.fields) == {"note"}
    assert letters() == []
    note = "Called back on the number on file, knew the VIN."
    made = invitations.verify_and_invite(cover.agent, note=note, **ask)
    kept = f.fetch(m.Invitation, id=made)
    assert (kept.verified_by_staff, kept.verification_note) == (cover.agent.user_id, note)
    (line,) = sheet(cover).history
    assert (line.is_verified, line.note, line.invited_by) == (True, note, cover.agent.name)


@pytest.mark.requirement("S0-09")
def test_pressing_both_leaves_one_link_and_the_older_says_that_it_was_replaced(any_db, clock):
    cover = covered()
    first = cover.invite("one")
    old = newest_token()
    note = "Driving licence, seen in the store."
    second = invitations.verify_and_invite(
        cover.agent, account=cover.account.number, person=cover.holder.id, note=note, key="two"
    )
    assert (state(first), state(second)) == (S.SUPERSEDED, S.ISSUED)
    assert f.fetch(m.Invitation, id=first).superseded_by == second
    assert standing(old) is Standing.SUPERSEDED
    assert standing(newest_token()) is Standing.GOOD


def test_the_same_click_again_sends_nothing_more(any_db, clock):
    cover = covered()
    assert cover.invite() == cover.invite()
    assert len(letters()) == 1


@pytest.mark.asvs("2.3.4")
def test_two_clicks_at_the_same_moment_leave_one_link_that_works(any_db, clock):
    cover = covered()
    barrier, failures = threading.Barrier(4), []

    def press(key):
        barrier.wait()
        try:
            cover.invite(key)
        except Exception as fault:
            failures.append(fault)

    threads = [threading.Thread(target=press, args=(f"click-{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    states = sorted(row.state for row in f.fetch_all(m.Invitation))
    assert states == [S.ISSUED, S.SUPERSEDED, S.SUPERSEDED, S.SUPERSEDED]
    assert sorted(standing(token_in(letter)) for letter in letters()) == [
        Standing.GOOD, Standing.SUPERSEDED, Standing.SUPERSEDED, Standing.SUPERSEDED,
    ]  # fmt: skip


def test_the_database_itself_refuses_a_second_live_link(any_db, clock):
    cover = covered()
    cover.invite()
    kept = f.fetch(m.Invitation)
    twin = kept.model_dump(exclude={"id", "token_hash"}) | {"token_hash": "other"}
    with pytest.raises(Exception, match=r"(?i)unique"):
        f._save(m.Invitation(**twin))
    other = twin | {"purpose": m.InvitationPurpose.APPLICATION_ACCESS}
    f._save(m.Invitation(**other))  # another purpose has links of its own


def test_a_copied_link_is_shown_once_and_the_same_click_gets_the_same(any_db, clock):
    cover = covered()
    cover.invite("earlier")
    old = newest_token()
    ask = {"account": cover.account.number, "person": cover.holder.id}
    link = invitations.copy_link(cover.agent, **ask, key="copy")
    assert invitations.copy_link(cover.agent, **ask, key="copy") == link
    assert len(letters()) == 1  # nothing is mailed
    token = link.rpartition("/activate/")[2]
    assert (standing(token), standing(old)) == (Standing.GOOD, Standing.SUPERSEDED)
    answers = [row.answer for row in f.fetch_all(m.IdempotencyKey)]
    assert not any(token in answer for answer in answers)
    assert f.fetch(m.Invitation, token_hash=fingerprint(token)).method == "copied_link"


def test_the_same_key_gives_nobody_the_link_of_another_customer(any_db, clock):
    covers = covered(), covered()
    ask = [{"account": one.account.number, "person": one.holder.id} for one in covers]
    links = [invitations.copy_link(covers[0].agent, **each, key="copy") for each in ask]
    assert links[0] != links[1]
    for link, cover in zip(links, covers, strict=True):
        made = f.fetch(m.Invitation, token_hash=fingerprint(link.rpartition("/activate/")[2]))
        assert made.person_id == cover.holder.id


def test_a_link_that_is_taken_back_says_so(any_db, clock):
    cover = covered()
    made = cover.invite()
    ask = {"account": cover.account.number, "person": cover.holder.id}
    invitations.revoke(cover.agent, **ask, key="revoke")
    invitations.revoke(cover.agent, **ask, key="revoke")
    assert state(made) is S.REVOKED
    assert standing(newest_token()) is Standing.REVOKED
    with pytest.raises(Conflict):
        invitations.revoke(cover.agent, **ask, key="again")


@pytest.mark.requirement("S0-09")
@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(-1, Standing.GOOD), (0, Standing.EXPIRED), (1, Standing.EXPIRED)],
)
def test_a_link_works_for_seven_days_to_the_second(any_db, clock, seconds, expected):
    covered().invite()
    clock.advance(days=7, seconds=seconds)
    assert standing(newest_token()) is expected


def test_links_that_have_run_out_are_marked_and_only_those(any_db, clock):
    early, late = covered(), covered()
    first = early.invite()
    clock.advance(days=3)
    second = late.invite()
    clock.advance(days=4)
    assert invitations.expire_invitations(SYSTEM) == 1
    assert invitations.expire_invitations(SYSTEM) == 0
    assert (state(first), state(second)) == (S.EXPIRED, S.ISSUED)


def test_a_new_link_after_seven_days_follows_one_that_expired(any_db, clock):
    cover = covered()
    first = cover.invite("one")
    clock.advance(days=8)
    second = cover.invite("two")
    assert (state(first), state(second)) == (S.EXPIRED, S.ISSUED)


@pytest.mark.requirement("S0-08")
def test_the_checklist_says_why_somebody_cannot_be_invited(any_db, clock):
    cover = covered()
    assert missing(cover) == set()
    change(cover.holder, email="")
    assert missing(cover) == {Need.EMAIL}
    change(cover.holder, email="margarethe@example.com")
    change(cover.account, web_portal_enabled=False)
    assert missing(cover) == {Need.SWITCH}
    with pytest.raises(Conflict):
        cover.invite("off")
    change(cover.account, web_portal_enabled=True, account_type=m.AccountType.CASH_ONLY)
    assert missing(cover) == {Need.ACCOUNT_TYPE}
    assert letters() == []


def test_whoever_signs_in_already_is_not_invited(any_db, clock):
    cover = covered()
    f.user(cover.holder, password_hash="kept")
    assert missing(cover) == {Need.NO_SIGN_IN}
    with pytest.raises(Conflict, match="sign in already"):
        cover.invite()


def test_an_address_that_somebody_else_signs_in_with_is_not_invited(any_db, clock):
    cover = covered(email="Shared@Example.com")
    other = f.user(f.person(), password_hash="kept")
    f._save(
        m.LoginIdentifier(
            brand_id=cover.account.brand_id, user_id=other.id, kind="email",
            value="shared@example.com",
        )
    )  # fmt: skip
    assert missing(cover) == {Need.EMAIL_FREE}


@pytest.mark.parametrize(
    "over",
    [m.ContractStatus.CANCELLED, m.ContractStatus.EXPIRED],
)
def test_a_holder_whose_contract_is_over_is_not_invited(any_db, clock, over):
    cover = covered(as_contact=False)
    change(cover.contract, status=over, phase=m.PHASE_OF[over])
    assert missing(cover) == {Need.CURRENT}


def test_a_contact_whose_role_has_ended_is_not_invited(any_db, clock):
    cover = covered()
    former = f.person()
    f.contact(cover.account, former, ends_on=clock.time.date() - timedelta(days=1))
    assert missing(cover, former) == {Need.CURRENT}


@pytest.mark.parametrize(
    ("access", "expected"),
    [
        (m.PortalAccess.NOT_READY, {Need.OPEN}),
        (m.PortalAccess.READY_UNPUBLISHED, {Need.OPEN}),
        (m.PortalAccess.REGISTRABLE, set()),
        (m.PortalAccess.LOCKED, set()),
        (m.PortalAccess.REGISTERED, set()),
        (m.PortalAccess.SUSPENDED, {Need.OPEN}),
    ],
)
def test_the_other_contacts_of_a_rental_account_are_invited_once_it_is_published(
    any_db, clock, access, expected
):
    account = f.account(portal_access=access)
    f.contract(account)
    clerk = f.person(email="clerk@example.com")
    f.contact(account, clerk, role=m.ContactRole.BILLING)
    found = invitations.inviting(f.staff_actor(), account=account.number, person=clerk.id)
    assert {check.need for check in found.checks if not check.is_met} == expected


def test_the_people_of_an_account_are_its_contacts_and_its_holders(any_db, clock):
    cover = covered()
    driver = f.person(given_name="Idris", family_name="Quill")
    service(cover.account, driver, number="SD-9")
    billing = f.person(given_name="Ana", family_name="Berg")
    f.contact(cover.account, billing, role=m.ContactRole.BILLING)
    ask = {"account": cover.account.number}
    rows = invitations.people(cover.agent, **ask).rows
    assert [(row.name, row.roles, row.contracts) for row in rows] == [
        ("Margarethe Aldous", ("owner",), (cover.contract.number,)),
        ("Ana Berg", ("billing",), ()),
        ("Idris Quill", (), ("SD-9",)),
    ]
    assert [row.name for row in invitations.people(cover.agent, **ask, search="sd-9").rows] == [
        "Idris Quill"
    ]
    few = invitations.people(cover.agent, **ask, size=2)
    assert (len(few.rows), few.has_more) == (2, True)


@pytest.mark.requirement("S0-10")
def test_a_holder_who_calls_is_found_by_whatever_they_can_name(any_db, clock):
    cover, other = covered(as_contact=False), covered()
    vehicle = f._save(
        m.Asset(brand_id=f.brand().id, external_id="v", kind="vehicle", vin="1FTBR1C83PKA12345")
    )
    f.give(
        f.fetch(m.Person, id=cover.holder.id), given_name="Idris", family_name="Quill",
        email="idris.quill@example.com", mobile_e164="+18135550147",
    )  # fmt: skip
    f.give(f.fetch(m.Contract, id=cover.contract.id), number="SD-90417", asset_id=vehicle.id)
    for words in (
        "Quill", "idris quill", "(813) 555-0147", "+1 813 555 0147", "IDRIS.QUILL@example.com",
        "SD-90417", "sd-90417", "1FTBR1C83PKA12345",
    ):  # fmt: skip
        (row,) = access.customers(cover.agent, search=words).rows
        assert (row.number, row.by.person_id if row.by else "") == (
            cover.account.number,
            cover.holder.id,
        ), words
        with pytest.raises(NotFound):
            access.customers(f.consumer_actor(other.account), search=words)
    for words in ("SD-9041", "1FTBR1C83PKA1234", "Quillon"):
        assert access.customers(cover.agent, search=words).rows == (), words


@pytest.mark.asvs("8.2.2")
@pytest.mark.asvs("8.4.1")
def test_nobody_but_staff_of_the_brand_sees_or_invites_anybody(any_db, clock):
    cover = covered()
    elsewhere = f.brand(key="orchard", name="Orchard")
    foreign = covered(brand_id=elsewhere.id)
    stranger = f.consumer_actor(f.account())
    outsiders = (ANONYMOUS, stranger, foreign.agent, f.consumer_actor(cover.account))
    ask = {"account": cover.account.number, "person": cover.holder.id}
    for outsider in outsiders:
        for call in (
            lambda who: invitations.people(who, account=cover.account.number),
            lambda who: invitations.inviting(who, **ask),
            lambda who: invitations.request_verification(who, **ask, key="k"),
            lambda who: invitations.verify_and_invite(who, **ask, note="n", key="k"),
            lambda who: invitations.copy_link(who, **ask, key="k"),
            lambda who: invitations.revoke(who, **ask, key="k"),
            lambda who: invitations.set_renewal_aside(who, **ask, key="k"),
        ):
            with pytest.raises(NotFound):
                call(outsider)
    # Somebody of another account is not found through this one.
    with pytest.raises(NotFound):
        invitations.inviting(cover.agent, account=cover.account.number, person=foreign.holder.id)
    assert f.fetch_all(m.Invitation) == []


@pytest.mark.asvs("2.2.1")
@pytest.mark.parametrize("junk", ["", "\x00", "\ud800", "x" * 5000, None, 7, ["a"], {"a": 1}])
def test_anything_may_arrive_and_nothing_breaks(db, clock, junk):
    cover = covered()
    calls = [
        lambda: invitations.people(cover.agent, account=junk),
        lambda: invitations.people(cover.agent, account=cover.account.number, search=junk),
        lambda: invitations.inviting(cover.agent, account=cover.account.number, person=junk),
        lambda: invitations.verify_and_invite(
            cover.agent, account=cover.account.number, person=cover.holder.id, note=junk, key="k"
        ),
        lambda: invitations.invitations(cover.agent, view=junk, after=junk),
        lambda: invitations.link_page(visitor(), token=junk),
    ]
    for call in calls:
        try:
            call()
        except PortalError:
            continue


@pytest.mark.asvs("2.3.1")
def test_the_legal_moves_are_these_and_no_others():
    assert {(a.value, e.value): b.value for (a, e), b in MOVES.items()} == {
        ("draft", "send_email"): "issued",
        ("draft", "copy_link"): "issued",
        ("draft", "revoke"): "revoked",
        ("issued", "open"): "opened",
        ("issued", "expire"): "expired",
        ("issued", "revoke"): "revoked",
        ("issued", "regenerate"): "superseded",
        ("opened", "second_factor_ok"): "activated",
        ("opened", "expire"): "expired",
        ("opened", "revoke"): "revoked",
        ("opened", "regenerate"): "superseded",
    }
    assert {event for _, event in MOVES} == set(Event)


def test_the_list_shows_who_asks_what_works_and_what_has_run_out(any_db, clock):
    early, late = covered(), covered()
    early.invite()
    clock.advance(days=5)
    late.invite()
    clock.advance(days=2)
    agent = late.agent

    def people(view):
        return [row.person_id for row in invitations.invitations(agent, view=view).rows]

    assert people("live") == [late.holder.id]
    assert people("expired") == [early.holder.id]
    assert people("all") == people("nonsense") == [late.holder.id, early.holder.id]
    assert people("asked") == []
    first = invitations.invitations(agent, size=1)
    rest = invitations.invitations(agent, size=1, after=first.after)
    assert [row.person_id for row in (*first.rows, *rest.rows)] == people("all")
    assert rest.after == ""


@pytest.mark.parametrize("role", list(Role))
def test_every_role_of_staff_may_invite(db, clock, role):
    cover = covered()
    who = f.staff_actor(role)
    invitations.request_verification(
        who, account=cover.account.number, person=cover.holder.id, key="k"
    )
    assert len(letters()) == 1


def test_a_closed_service_account_is_no_longer_open(any_db, clock):
    cover = covered()
    assert f.fetch(m.Account, id=cover.account.id).has_service_contracts
    change(cover.contract, ended_at=clock.time)
    settle(cover.account)
    assert not f.fetch(m.Account, id=cover.account.id).has_service_contracts
