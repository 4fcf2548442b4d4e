"""Coming in: a press, a code to the number on record, and a session bound to one application."""

from dataclasses import replace

import pytest
from sqlmodel import Session, text

from portal_app import models as m
from portal_app.core.errors import Conflict, Invalid, NotAllowed, NotFound, TooMany
from portal_app.core.secrets import fingerprint
from portal_app.ports import PortUnavailable
from portal_app.services import applications, contracts, identity
from tests import factories as f
from tests.services.applications.world import NUMBER, entered, fresh_key, opened
from tests.services.identity.people import as_caller, change, messages, sent_code, visitor

CODE = "identity.code"


def standing(token):
    return applications.access_page(visitor(), token=token).standing


@pytest.mark.requirement("S2-02")
@pytest.mark.asvs("3.5.3")
@pytest.mark.asvs("7.6.2")
def test_looking_at_a_link_however_often_changes_nothing(any_db, desk, limiter):
    token = desk.copy("Ann")

    def everything():
        with Session(any_db) as session:
            rows = session.exec(text("SELECT id, state, opened_at FROM invitation")).all()
            sessions = session.exec(text("SELECT count(*) FROM portal_session")).one()
            return [tuple(row) for row in rows], tuple(sessions)

    before = everything()
    for _ in range(3):
        assert standing(token) == "good"
    assert everything() == before
    assert entered(token, limiter).is_guest


@pytest.mark.requirement("S2-02")
def test_a_link_is_long_kept_hashed_and_of_one_person_and_application(desk):
    token = desk.copy("Ann")
    made = f.fetch(m.Invitation)
    assert len(token) == 43  # 32 random bytes
    assert made.token_hash == fingerprint(token)
    assert (made.person_id, made.application_id) == (
        desk.people["Ann"].id, desk.application.id,
    )  # fmt: skip


@pytest.mark.requirement("S2-01")
@pytest.mark.requirement("S2-03")
def test_a_link_alone_lets_nobody_in(desk, limiter):
    actor = opened(desk.copy("Ann"), limiter)
    assert actor.is_anonymous
    with pytest.raises(NotFound):
        applications.tasks(actor, number=NUMBER)
    with pytest.raises(NotFound):
        desk.read(actor)
    (sent,) = messages(CODE)
    assert sent.recipient == "+12185550190"
    notes = identity.caller_for(f.fetch(m.PortalSession).token_hash).notes
    assert (notes["mobile"], "2185550190" in str(notes)) == ("90", False)


@pytest.mark.requirement("S2-01")
def test_a_guest_is_somebody_in_one_application_and_nobody_anywhere_else(desk, limiter):
    guest = desk.let_in("Ann", limiter)
    other = f.application(number="MA-2")
    f.party(other, desk.people["Ann"], portal_enabled=True)
    assert applications.tasks(guest, number=NUMBER).number == NUMBER
    with pytest.raises(NotFound):
        applications.tasks(guest, number=other.number)
    assert [one.number for one in applications.my_applications(guest).rows] == [NUMBER]
    assert contracts.accounts_of(guest) == ()
    assert (guest.user_id, guest.person_id) == ("", desk.people["Ann"].id)


@pytest.mark.requirement("S2-17")
def test_a_forwarded_link_still_sends_the_code_to_whom_it_is_for(desk, limiter):
    opened(desk.copy("Ann"), limiter)  # whoever presses, wherever
    assert {one.recipient for one in messages(CODE)} == {desk.people["Ann"].mobile_e164}


@pytest.mark.requirement("S2-03")
@pytest.mark.asvs("6.6.3")
def test_five_wrong_codes_and_the_right_one_is_worthless(desk, limiter):
    actor = opened(desk.copy("Ann"), limiter)
    code = sent_code(CODE)
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(4):
        with pytest.raises(Invalid, match="not the code"):
            applications.confirm_access_code(actor, code=wrong, limiter=limiter)
    with pytest.raises(Invalid, match="five times"):
        applications.confirm_access_code(actor, code=wrong, limiter=limiter)
    with pytest.raises(Invalid):
        applications.confirm_access_code(actor, code=code, limiter=limiter)


@pytest.mark.requirement("S2-03")
def test_another_code_ends_the_older_one_and_comes_a_minute_later_at_the_soonest(
    desk, limiter, clock
):
    actor = opened(desk.copy("Ann"), limiter)
    first = sent_code(CODE)
    with pytest.raises(TooMany, match="Wait a minute"):
        applications.resend_access_code(actor, limiter=limiter)
    clock.advance(seconds=61)
    applications.resend_access_code(actor, limiter=limiter)
    second = sent_code(CODE)
    if first != second:
        with pytest.raises(Invalid):
            applications.confirm_access_code(actor, code=first, limiter=limiter)
    _, number = applications.confirm_access_code(actor, code=second, limiter=limiter)
    assert number == NUMBER


@pytest.mark.requirement("S2-03")
def test_who_asks_for_too_many_codes_is_told_how_long_to_wait_and_whom_to_ask(
    sqlite_desk, limiter, clock
):
    actor, told = opened(sqlite_desk.copy("Ann"), limiter), []
    for _ in range(12):
        clock.advance(minutes=2)
        try:
            applications.resend_access_code(actor, limiter=limiter)
        except TooMany as refusal:
            told.append(refusal.message)
            clock.advance(minutes=13)
    assert told[0].startswith("We have sent several codes already. Wait a quarter of an hour")
    assert all("call us" in words for words in told)


@pytest.mark.requirement("S2-03")
def test_who_cannot_be_counted_is_not_told_that_a_code_was_sent(sqlite_desk, limiter, monkeypatch):
    actor = opened(sqlite_desk.copy("Ann"), limiter)

    def away(*_):
        raise PortUnavailable("Redis")

    monkeypatch.setattr(limiter, "allows", away)
    with pytest.raises(TooMany, match="cannot check sign-ins"):
        applications.resend_access_code(actor, limiter=limiter)


@pytest.mark.requirement("S2-03")
@pytest.mark.requirement("S2-17")
def test_a_code_that_went_to_a_number_which_is_theirs_no_more_lets_nobody_in(desk, limiter):
    actor = opened(desk.copy("Ann"), limiter)
    code = sent_code(CODE)
    change(desk.people["Ann"], mobile_e164="+12185550177")
    with pytest.raises(Conflict, match="number that we hold has changed"):
        applications.confirm_access_code(actor, code=code, limiter=limiter)


@pytest.mark.requirement("S2-03")
def test_a_code_works_once_and_for_ten_minutes(desk, limiter, clock):
    actor = opened(desk.copy("Ann"), limiter)
    code = sent_code(CODE)
    clock.advance(minutes=10)
    with pytest.raises(Invalid, match="run out"):
        applications.confirm_access_code(actor, code=code, limiter=limiter)
    other = opened(desk.copy("Ben"), limiter)
    code = sent_code(CODE)
    applications.confirm_access_code(other, code=code, limiter=limiter)
    with pytest.raises(Conflict):
        applications.confirm_access_code(other, code=code, limiter=limiter)


@pytest.mark.requirement("S2-09")
def test_a_link_and_what_it_opened_end_after_seven_days_to_the_second(desk, limiter, clock):
    token = desk.copy("Ann")
    clock.advance(days=6, hours=23, minutes=59, seconds=59)
    assert standing(token) == "good"
    guest = entered(token, limiter)
    session = f.fetch(m.PortalSession, id=guest.session_id)
    assert identity.caller_for(session.token_hash).actor.is_guest
    clock.advance(seconds=1)
    assert standing(token) == "expired"
    assert identity.caller_for(session.token_hash).actor.is_anonymous
    with pytest.raises(Conflict):
        opened(token, limiter)


@pytest.mark.requirement("S2-10")
def test_after_the_end_the_old_link_stays_dead_and_the_answers_stay(desk, limiter, clock):
    old = desk.copy("Ann")
    guest = entered(old, limiter)
    desk.save(guest, "family_name", "Holloway")
    clock.advance(days=7)
    again = entered(desk.copy("Ann"), limiter)
    assert desk.read(again).answers["family_name"].value == "Holloway"
    assert standing(old) in ("expired", "superseded")


def test_one_link_serves_several_browsers_each_with_a_code_of_its_own(desk, limiter, clock):
    token = desk.copy("Ann")
    first = entered(token, limiter)
    clock.advance(minutes=2)
    second = entered(token, limiter)
    assert first.session_id != second.session_id
    assert first.person_id == second.person_id


@pytest.mark.requirement("S2-03")
@pytest.mark.asvs("6.6.2")
def test_a_code_works_only_in_the_browser_that_asked_for_it(desk, limiter):
    mine = opened(desk.copy("Ann"), limiter)
    code = sent_code(CODE)
    theirs = opened(desk.copy("Ben"), limiter)
    other = sent_code(CODE)
    if code != other:
        with pytest.raises(Invalid, match="not the code"):
            applications.confirm_access_code(theirs, code=code, limiter=limiter)
    with pytest.raises(Conflict):
        applications.confirm_access_code(visitor(), code=code, limiter=limiter)
    assert applications.confirm_access_code(mine, code=code, limiter=limiter)[1] == NUMBER


@pytest.mark.asvs("2.4.1")
def test_one_link_is_pressed_at_most_five_times_an_hour(desk, limiter, clock):
    token = desk.copy("Ann")
    for minutes in (6, 6, 9, 9, 9):
        opened(token, limiter)
        clock.advance(minutes=minutes)
    with pytest.raises(TooMany):
        opened(token, limiter)
    clock.advance(minutes=61)
    opened(token, limiter)


@pytest.mark.asvs("2.4.1")
def test_a_network_guesses_at_most_twenty_links_an_hour(sqlite_desk, limiter):
    for ask in (applications.open_link, applications.ask_for_access):
        for n in range(10):
            with pytest.raises(Conflict):
                ask(visitor(), token=f"guess-{n}", limiter=limiter)
    for ask in (applications.open_link, applications.ask_for_access):
        with pytest.raises(TooMany):
            ask(visitor(), token=sqlite_desk.copy("Ann"), limiter=limiter)


@pytest.mark.requirement("S2-10")
def test_a_link_that_works_asks_for_no_other_and_one_that_was_taken_back_leads_nowhere(
    desk, limiter
):
    token = desk.copy("Ann")
    with pytest.raises(Conflict, match="need no new link"):
        applications.ask_for_access(visitor(), token=token, limiter=limiter)
    given = {"number": NUMBER, "party": desk.parties["Ann"].id, "key": fresh_key()}
    applications.set_access(desk.agent, **given, is_on=False)
    with pytest.raises(Conflict):
        opened(token, limiter)


@pytest.mark.requirement("S2-01")
def test_who_signs_in_with_one_proof_alone_reads_nothing(desk):
    ann = desk.signed_in("Ann")
    assert applications.tasks(ann, number=NUMBER).number == NUMBER
    once = replace(ann, factors=1)
    with pytest.raises(NotAllowed, match="second step"):
        applications.tasks(once, number=NUMBER)
    with pytest.raises(NotAllowed):
        desk.save(once, "family_name", "Holloway")
    assert [one.number for one in applications.my_applications(once).rows] == [NUMBER]


def test_strangers_and_those_who_are_not_let_in_find_nothing(desk):
    stranger = f.consumer_actor(f.account())
    with pytest.raises(NotFound):
        applications.tasks(stranger, number=NUMBER)
    assert applications.my_applications(stranger).rows == ()
    ann = desk.signed_in("Ann")
    applications.set_access(
        desk.agent, number=NUMBER, party=desk.parties["Ann"].id, is_on=False, key=fresh_key()
    )
    with pytest.raises(NotFound):
        applications.tasks(ann, number=NUMBER)
    assert as_caller("").is_anonymous
