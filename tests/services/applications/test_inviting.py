"""Who may be invited, what is sent, and what ends somebody's way in."""

from datetime import timedelta

import pytest

from portal_app import models as m
from portal_app.core.errors import Conflict, Invalid, NotFound
from portal_app.core.secrets import fingerprint
from portal_app.models import InvitationState as S
from portal_app.services import applications, identity
from portal_app.services.applications import Need
from tests import factories as f
from tests.services.applications.world import (
    NUMBER,
    entered,
    fresh_key,
    letters,
    token_in,
)
from tests.services.identity.people import as_caller, change


def line(desk, name):
    found = applications.application_desk(desk.agent, number=NUMBER)
    return next(one for one in found.parties if one.id == desk.parties[name].id)


@pytest.mark.requirement("S2-04")
@pytest.mark.requirement("S2-05")
@pytest.mark.requirement("S2-06")
@pytest.mark.parametrize(
    ("name", "row", "values", "need", "words"),
    [
        ("Ann", "people", {"mobile_e164": ""}, Need.MOBILE, "no mobile number for Ann"),
        ("Ann", "people", {"mobile_e164": "+442079460123"}, Need.MOBILE, "takes text messages"),
        ("Ben", "people", {"email": ""}, Need.EMAIL, "no email address for Ben"),
        ("Ben", "people", {"given_name": "", "family_name": ""}, Need.NAME, "no name"),
        ("Dov", "people", {}, Need.ROLE, "Only applicants and guarantors"),
        ("Cora", "parties", {"role": m.PartyRole.OTHER}, Need.ROLE, "Only applicants"),
    ],
)
def test_whoever_cannot_be_invited_is_told_of_with_the_reason_and_refused(
    desk, name, row, values, need, words
):
    change(getattr(desk, row)[name], **values)
    assert line(desk, name).missing == (need,)
    for refused in (
        lambda: desk.copy(name),
        lambda: desk.send("Ann" if name != "Ann" else "Ben", name),
        lambda: applications.set_access(
            desk.agent, number=NUMBER, party=desk.parties[name].id, is_on=True, key=fresh_key()
        ),
    ):
        with pytest.raises(Conflict, match=words):
            refused()
    assert f.fetch_all(m.Invitation) == []
    assert letters() == []


@pytest.mark.requirement("S2-05")
def test_a_person_without_an_application_cannot_be_invited(desk):
    other = f.application(number="MA-2")
    with pytest.raises(NotFound):
        desk.copy("Ann", number=other.number)
    with pytest.raises(NotFound):
        desk.copy("Ann", party=desk.people["Ann"].id)


@pytest.mark.requirement("S2-12")
@pytest.mark.requirement("S2-17")
def test_everybody_gets_a_letter_of_their_own_with_a_link_of_their_own(desk):
    key = fresh_key()
    assert desk.send("Ann", "Ben", key=key) == 2
    assert desk.send("Ann", "Ben", key=key) == 2  # the same press again
    sent = letters()
    assert [one.recipient for one in sent] == ["ann@example.com", "ben@example.com"]
    assert len({token_in(one) for one in sent}) == 2
    assert all("mortgage application MA-1" in one.text for one in sent)
    assert all(one.carries_secret for one in sent)
    assert (line(desk, "Ann").sent, line(desk, "Ann").link) == ("queued", "issued")
    held = {one.token_hash for one in f.fetch_all(m.Invitation)}
    assert held == {fingerprint(token_in(one)) for one in sent}


@pytest.mark.requirement("S2-14")
def test_words_changed_for_one_letter_change_no_template(desk):
    before = applications.invitation_words(desk.agent, number=NUMBER)
    desk.send("Ann", subject="Hello from us", text="Dear {{ first_name }}: {{ portal_link }}")
    (letter,) = letters()
    assert letter.subject == "Hello from us"
    assert letter.text.startswith("Dear Ann: http")
    assert applications.invitation_words(desk.agent, number=NUMBER) == before


@pytest.mark.requirement("S2-15")
@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("No link at all.", "portal_link"),
        ("{{ portal_lnk }} {{ portal_link }}", "portal_lnk"),
        ("{{ portal_link }} {{ person", "person"),
        ("{{ portal_link }} {{ ''.__class__ }}", "__class__"),
        ("{{ portal_link }} {% for a in b %}x{% endfor %}", "for"),
        ("{{ portal_link }} {{ '%1000000000d'|format(1) }}", "format"),
    ],
)
def test_a_broken_tag_is_named_and_nothing_is_sent_until_it_is_whole(desk, text, named):
    with pytest.raises(Invalid) as refusal:
        desk.send("Ann", text=text)
    assert named in refusal.value.fields["text"]
    with pytest.raises(Invalid):
        applications.invitation_preview(
            desk.agent, number=NUMBER, parties=[desk.parties["Ann"].id], subject="Hello", text=text
        )
    assert (letters(), f.fetch_all(m.Invitation)) == ([], [])
    assert desk.send("Ann", text="Whole again: {{ portal_link }}") == 1


@pytest.mark.requirement("S2-12")
@pytest.mark.parametrize("parties", [[], None, "abc", [f"{n:036}" for n in range(21)]])
def test_a_letter_to_nobody_or_to_too_many_is_refused_before_anybody_gets_it(desk, parties):
    words = {"subject": "Hello", "text": "Whole: {{ portal_link }}"}
    if parties:
        parties = [desk.parties["Ann"].id, *parties] if isinstance(parties, list) else parties
    for ask in (
        lambda: applications.invitation_preview(
            desk.agent, number=NUMBER, parties=parties, **words
        ),
        lambda: desk.send("Ann", parties=parties, **words),
    ):
        with pytest.raises(Invalid) as refusal:
            ask()
        assert set(refusal.value.fields) == {"parties"}
    assert (letters(), f.fetch_all(m.Invitation)) == ([], [])


def test_the_preview_is_what_the_reader_gets_but_for_the_link(desk):
    words = applications.invitation_words(desk.agent, number=NUMBER)[0].wording
    shown = applications.invitation_preview(
        desk.agent, number=NUMBER, parties=[desk.parties["Ann"].id],
        subject=words.subject, text=words.text,
    )  # fmt: skip
    desk.send("Ann")
    (letter,) = letters()
    assert shown.preview_subject == letter.subject
    link = f"http://localhost:8100/i/{token_in(letter)}"
    assert shown.preview_text.split("https://…")[0] in letter.text
    assert link in letter.text
    assert "{{" not in shown.preview_text
    assert f.fetch(m.Invitation).person_id == desk.people["Ann"].id


@pytest.mark.requirement("S2-16")
@pytest.mark.requirement("S2-20")
def test_a_copied_link_is_whole_works_and_sends_nothing(desk, limiter):
    key = fresh_key()
    token = desk.copy("Ann", key=key)
    assert desk.copy("Ann", key=key) == token  # the same press again
    assert f.fetch_all(m.OutboundMessage) == []
    assert desk.copy("Ben") != token
    assert entered(token, limiter).is_guest


@pytest.mark.requirement("S2-09")
@pytest.mark.requirement("S2-10")
def test_a_new_link_ends_the_old_one_and_what_it_opened(desk, limiter, clock):
    old = desk.copy("Ann")
    guest = entered(old, limiter)
    new = desk.copy("Ann")
    states = {one.token_hash: one.state for one in f.fetch_all(m.Invitation)}
    assert states == {fingerprint(old): S.SUPERSEDED, fingerprint(new): S.ISSUED}
    assert f.fetch(m.PortalSession, id=guest.session_id).revoked_at is not None
    with pytest.raises(Conflict):
        entered(old, limiter)
    clock.advance(minutes=2)
    assert entered(new, limiter).is_guest


@pytest.mark.requirement("S2-18")
def test_unchecking_somebody_throws_them_out_and_their_answers_stay(desk, limiter):
    token = desk.copy("Ann")
    guest = entered(token, limiter)
    desk.save(guest, "family_name", "Holloway")
    given = {"number": NUMBER, "party": desk.parties["Ann"].id}
    applications.set_access(desk.agent, **given, is_on=False, key=fresh_key())
    assert f.fetch(m.PortalSession, id=guest.session_id).revoked_at is not None
    with pytest.raises(NotFound):
        desk.read(guest)
    with pytest.raises(Conflict):
        entered(token, limiter)
    ben = desk.let_in("Ben", limiter)
    assert desk.read(ben).answers["family_name"].value == "Holloway"


@pytest.mark.requirement("S2-06")
def test_a_role_that_may_not_come_in_ends_a_session_at_the_next_step(desk, limiter):
    token = desk.copy("Ann")
    guest = entered(token, limiter)
    session = f.fetch(m.PortalSession, id=guest.session_id)
    change(desk.parties["Ann"], role=m.PartyRole.OTHER)
    assert identity.caller_for(session.token_hash).actor.is_anonymous
    with pytest.raises(NotFound):
        desk.read(guest)


@pytest.mark.requirement("S2-19")
def test_only_what_is_checked_appears_and_unchecking_keeps_the_answers(desk, limiter):
    ben = desk.let_in("Ben", limiter)
    share = {"number": NUMBER, "form": "income"}
    desk.save(ben, "salary", "52000", form="income")
    applications.share_form(desk.agent, **share, is_on=False, key=fresh_key())
    assert "income" not in {one.form for one in applications.tasks(ben, number=NUMBER).sections}
    with pytest.raises(NotFound):
        desk.read(ben, form="income")
    with pytest.raises(NotFound):
        desk.save(ben, "salary", "53000", form="income")
    applications.share_form(desk.agent, **share, is_on=True, key=fresh_key())
    assert desk.read(ben, form="income").answers["salary"].value == "5200000"


def test_staff_of_another_brand_find_nothing(desk):
    other = f.staff_actor(brand_id=f.brand(key="other", name="Other").id)
    assert applications.applications(other).rows == ()
    for refused in (
        lambda: applications.application_desk(other, number=NUMBER),
        lambda: applications.copy_access_link(
            other, number=NUMBER, party=desk.parties["Ann"].id, key=fresh_key()
        ),
        lambda: applications.set_sharing(other, number=NUMBER, mode="shared", key=fresh_key()),
    ):
        with pytest.raises(NotFound):
            refused()


@pytest.mark.requirement("S2-10")
def test_who_asks_for_a_new_link_waits_with_staff_until_it_is_made_or_set_aside(
    desk, limiter, clock
):
    token = desk.copy("Ann")
    clock.advance(days=8)
    visitor = as_caller("")
    applications.ask_for_access(visitor, token=token, limiter=limiter)
    assert applications.waiting(desk.agent) == 1
    (wish,) = applications.wishes(desk.agent)
    assert (wish.person, wish.number, wish.asked_at) == ("Ann Holloway", NUMBER, clock())
    assert line(desk, "Ann").asked_at == clock()
    assert [one.number for one in applications.applications(desk.agent, view="asking").rows] == [
        NUMBER
    ]
    applications.set_wish_aside(
        desk.agent, number=NUMBER, party=desk.parties["Ann"].id, key=fresh_key()
    )
    assert (applications.waiting(desk.agent), applications.wishes(desk.agent)) == (0, ())
    clock.advance(minutes=5)
    applications.ask_for_access(visitor, token=token, limiter=limiter)
    desk.copy("Ann")
    assert applications.waiting(desk.agent) == 0
    assert line(desk, "Ann").expires_at == clock() + timedelta(days=7)


@pytest.mark.requirement("S2-10")
def test_wishes_stand_once_for_each_person_the_longest_waiting_first_and_for_one_brand(
    desk, limiter, clock
):
    old, other = desk.copy("Ann"), desk.copy("Ben")
    new = desk.copy("Ann")
    clock.advance(days=8)
    for token in (other, old, new):
        clock.advance(minutes=5)
        applications.ask_for_access(as_caller(""), token=token, limiter=limiter)
    asking = [one.person for one in applications.wishes(desk.agent)]
    assert (asking, applications.waiting(desk.agent)) == (["Ben Holloway", "Ann Holloway"], 2)
    assert [one.person for one in applications.wishes(desk.agent, size=1)] == ["Ben Holloway"]
    rival = f.staff_actor(brand_id=f.brand(key="other", name="Other").id)
    assert applications.wishes(rival) == ()


def test_staff_find_an_application_by_number_and_by_name(sqlite_desk):
    make = applications.applications
    for words in ("MA-1", "ben holl", "Dov"):
        assert [one.number for one in make(sqlite_desk.agent, search=words).rows] == [NUMBER]
    (row,) = make(sqlite_desk.agent).rows
    assert row.parties == tuple(f"{name} Holloway" for name in ("Ann", "Ben", "Cora", "Dov"))
    assert make(sqlite_desk.agent, search="Zed").rows == ()
