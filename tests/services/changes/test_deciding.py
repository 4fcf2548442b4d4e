from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from hypothesis import given
from sqlmodel import Session

from portal_app import models as m
from portal_app.core.actor import Actor, ActorKind, Role
from portal_app.core.errors import Conflict, Invalid, NotAllowed, NotFound, PortalError
from portal_app.models import database
from portal_app.services import changes, identity
from portal_app.services.changes.rules import moves
from tests import factories as f
from tests.anything import anything, hostile, refused_without_a_trace
from tests.services.changes.conftest import ADDRESS, fresh_key

THREE = (("Check the papers", "agent"), ("Change the master record", "agent"), ("Sign", "manager"))


@pytest.mark.requirement("S0-13")
def test_customer_hears_either_outcome_and_only_one_name_changes(desk):
    account = f.account()
    other = f.consumer_actor(account)
    accepted, refused = desk.ask(), desk.ask(actor=other, given_name="Rosetta")
    desk.approve(accepted)
    desk.reject(refused, reason="The passport says Rosa.")
    assert desk.person.given_name == "Rosie"
    assert f.fetch(m.Person, id=other.person_id).given_name == "Rosa"
    told = {notice.person_id: notice for notice in f.fetch_all(m.Notification)
            if notice.topic != "change.received"}  # fmt: skip
    assert told[desk.customer.person_id].topic == "change.approved"
    assert "We have accepted your request" in told[desk.customer.person_id].body
    assert told[other.person_id].topic == "change.rejected"
    assert "The passport says Rosa." in told[other.person_id].body
    letters = {letter.topic: letter for letter in f.fetch_all(m.OutboundMessage)}
    assert "First name: Rosie" in letters["change.approved"].text
    assert "Why: The passport says Rosa." in letters["change.rejected"].text


@pytest.mark.requirement("S0-13")
@pytest.mark.parametrize("reason", ["", "  ", None, "x" * 401])
def test_rejection_needs_a_reason(desk, reason):
    number = desk.ask()
    with pytest.raises(Invalid) as refusal:
        desk.reject(number, reason=reason)
    assert set(refusal.value.fields) == {"reason"}
    assert desk.request(number).state is m.ChangeState.PENDING_REVIEW


@pytest.mark.requirement("S0-06")
def test_nothing_is_applied_before_the_last_of_three_steps(desk):
    desk.rule("name", "review", *THREE)
    number = desk.ask(given_name="Rosie", family_name="Berg")
    desk.approve(number, note="Passport seen.")
    desk.approve(number)
    person = desk.person
    assert (person.given_name, person.family_name) == ("Rosa", "Lindqvist")
    assert f.fetch_all(m.OutgoingEvent) == []
    detail = changes.queue_item(desk.agent, number=number)
    assert [(step.done_by, step.note, step.is_next) for step in detail.steps] == [
        ("Dana Okafor", "Passport seen.", False),
        ("Dana Okafor", "", False),
        ("", "", True),
    ]
    assert changes.queue(desk.agent).rows[0].step == "Step 3 of 3: Sign"
    assert desk.approve(number, desk.manager) is m.ChangeState.APPLIED
    person = desk.person
    assert (person.given_name, person.family_name) == ("Rosie", "Berg")
    assert len(f.fetch_all(m.OutgoingEvent)) == 1


@pytest.mark.guards("changes.may_do", "changes.require_step")
@pytest.mark.requirement("S0-06")
def test_step_of_a_manager_is_not_taken_by_an_agent(desk):
    desk.rule("name", "review", ("Sign", "manager"))
    number = desk.ask()
    assert not changes.queue_item(desk.agent, number=number).steps[0].may_do
    with pytest.raises(NotAllowed):
        desk.approve(number)
    assert desk.request(number).version == 1
    assert changes.queue_item(desk.manager, number=number).steps[0].may_do
    assert desk.approve(number, desk.admin) is m.ChangeState.APPLIED


@pytest.mark.requirement("S0-06")
def test_edit_in_the_middle_of_a_review_begins_it_anew(desk):
    desk.rule("name", "review", *THREE)
    number = desk.ask()
    desk.approve(number)
    desk.ask(given_name="Rosalind")
    steps = changes.queue_item(desk.agent, number=number).steps
    assert [step.done_at for step in steps] == [None, None, None]


def test_what_was_edited_meanwhile_is_not_approved_unseen(desk):
    number = desk.ask()
    seen = desk.request(number).version
    desk.ask(given_name="Mallory")
    with pytest.raises(Conflict):
        desk.approve(number, version=seen)
    assert desk.person.given_name == "Rosa"
    assert desk.request(number).state is m.ChangeState.PENDING_REVIEW


def test_what_was_edited_meanwhile_is_not_rejected_unseen(desk):
    number = desk.ask()
    seen = desk.request(number).version
    desk.ask(given_name="Rosalind")
    with pytest.raises(Conflict, match="changed since you opened it"):
        desk.reject(number, version=seen)
    assert desk.request(number).state is m.ChangeState.PENDING_REVIEW
    assert [notice.topic for notice in f.fetch_all(m.Notification)] == ["change.received"]
    desk.reject(number)
    assert desk.request(number).state is m.ChangeState.REJECTED


@pytest.mark.requirement("S0-06")
def test_change_that_cannot_be_applied_is_seen_kept_whole_and_tried_again(desk, monkeypatch):
    number = desk.ask()

    def half_done(tx, person_id, *, values):
        person = identity.person_held(tx.session, person_id, lock=True)
        person.given_name = "Half"
        tx.session.flush()
        tx.touch("a-topic")
        tx.record(m.Action.ACCOUNT_CHANGED, "account", "half")
        message = "the disk is full"
        raise RuntimeError(message)

    with monkeypatch.context() as broken:
        broken.setattr(identity, "change_person", half_done)
        assert desk.approve(number) is m.ChangeState.APPLY_FAILED
    assert desk.person.given_name == "Rosa"
    request = desk.request(number)
    assert "Reference E-" in request.failure
    assert "disk" not in request.failure
    assert f.fetch_all(m.OutgoingEvent) == f.fetch_all(m.AuditEvent, object_id="half") == []
    told = {notice.topic for notice in f.fetch_all(m.Notification)}
    assert told == {"change.received"}, "the customer hears of an outcome, not of our trouble"
    row = changes.queue(desk.agent, view="failed").rows[0]
    assert row.number == number
    detail = changes.queue_item(desk.agent, number=number)
    assert detail.moves == {changes.Move.RETRY, changes.Move.REJECT}
    with pytest.raises(Conflict):
        desk.ask(given_name="Rosalind")
    assert changes.retry(desk.agent, number=number, key="again") is m.ChangeState.APPLIED
    changes.retry(desk.agent, number=number, key="again")
    assert desk.person.given_name == "Rosie"
    assert desk.request(number).failure == ""
    assert len(f.fetch_all(m.OutgoingEvent)) == 1


def test_person_who_is_gone_cannot_be_renamed_and_the_request_says_so(desk):
    number = desk.ask()
    with Session(database.writing_engine()) as session, session.begin():
        session.get_one(m.Person, desk.customer.person_id).ended_at = f.clock.now()
    assert desk.approve(number) is m.ChangeState.APPLY_FAILED
    assert "do not hold this person any more" in desk.request(number).failure
    desk.reject(number)
    assert desk.request(number).state is m.ChangeState.REJECTED


@pytest.mark.guards("changes.is_about", "changes.may_decide")
@pytest.mark.requirement("S0-11")
@pytest.mark.parametrize("tie", ["sign-in", "address"])
def test_staff_cannot_decide_about_themselves(desk, tie):
    number = desk.ask()
    if tie == "sign-in":
        own = Actor(ActorKind.STAFF, "u", desk.customer.person_id, "Rosa", desk.customer.brand,
                    frozenset({Role.ADMIN}))  # fmt: skip
    else:
        member = f.staff(Role.ADMIN)
        with Session(database.writing_engine()) as session, session.begin():
            session.get_one(m.StaffUser, member.id).email = desk.person.email.upper()
        own = Actor(ActorKind.STAFF, member.user_id, "", member.name, desk.customer.brand,
                    frozenset({Role.ADMIN}))  # fmt: skip
    detail = changes.queue_item(own, number=number)
    assert (detail.moves, detail.hindrance) == (
        frozenset(),
        "This is about yourself, so a colleague has to decide it.",
    )
    for decide in (
        lambda: desk.approve(number, own),
        lambda: changes.reject(own, number=number, version=1, reason="No", key=fresh_key()),
        lambda: changes.retry(own, number=number, key=fresh_key()),
        lambda: changes.correct(
            own, person=desk.customer.person_id, kind="address", values=ADDRESS, key=fresh_key()
        ),
    ):
        with pytest.raises(NotAllowed):
            decide()
    assert desk.request(number).state is m.ChangeState.PENDING_REVIEW
    assert desk.person.city == ""


@pytest.mark.requirement("S0-11")
def test_staff_correct_a_customer_at_once_audited_and_the_customer_is_told(desk):
    person = desk.customer.person_id
    values = {"given_name": "Rosalind", "family_name": "Lindqvist"}
    number = changes.correct(desk.agent, person=person, kind="name", values=values, key="fix")
    assert (
        changes.correct(desk.agent, person=person, kind="name", values=values, key="fix") == number
    )
    assert desk.person.given_name == "Rosalind"
    request = desk.request(number)
    assert (request.origin, request.state) == (m.ChangeOrigin.STAFF, m.ChangeState.APPLIED)
    assert request.requester_id == desk.agent.user_id
    actions = [event.action for event in f.fetch_all(m.AuditEvent, actor_id=desk.agent.user_id)]
    assert actions == ["change_request:self:submitted", "change_request:self:applied"]
    (notice,) = f.fetch_all(m.Notification)
    assert notice.title == "We have changed your name"
    assert f.fetch_all(m.OutgoingEvent)[0].payload["origin"] == "staff"


def test_staff_correction_moves_an_address_without_a_code_and_tells_the_old_one(desk):
    old = desk.person.email
    person = desk.customer.person_id
    changes.correct(desk.agent, person=person, kind="email",
                    values={"email": "new@example.com"}, key="fix")  # fmt: skip
    assert desk.person.email == "new@example.com"
    told = {letter.recipient for letter in f.fetch_all(m.OutboundMessage)
            if letter.topic == "identity.email_changed"}  # fmt: skip
    assert told == {old}


def test_only_staff_of_the_brand_correct_a_customer(desk):
    rival = f.staff_actor(Role.ADMIN, brand_id=f.brand(key="orchard", name="Orchard").id)
    for actor in (rival, desk.customer):
        with pytest.raises(NotFound):
            changes.correct(actor, person=desk.customer.person_id, kind="address",
                            values=ADDRESS, key=fresh_key())  # fmt: skip
        with pytest.raises(NotFound):
            changes.person_details(actor, person=desk.customer.person_id)
    assert desk.person.city == ""


@pytest.mark.asvs("2.3.4")
def test_of_many_decisions_at_the_same_moment_one_counts(desk):
    number = desk.ask()
    version = desk.request(number).version

    def decide(place: int) -> None:
        with suppress(PortalError):
            if place % 2:
                desk.approve(number, version=version)
            else:
                desk.reject(number, version=version)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(decide, range(16)))
    outcome = desk.request(number).state
    assert outcome in {m.ChangeState.APPLIED, m.ChangeState.REJECTED}
    applied = outcome is m.ChangeState.APPLIED
    assert desk.person.given_name == ("Rosie" if applied else "Rosa")
    assert len(f.fetch_all(m.OutgoingEvent)) == applied
    topics = [notice.topic for notice in f.fetch_all(m.Notification)]
    assert len(topics) == 2


@pytest.mark.asvs("2.3.1")
def test_every_move_out_of_order_is_refused(desk):
    number = desk.ask()
    tries = {
        changes.Move.APPROVE: lambda: desk.approve(number),
        changes.Move.REJECT: lambda: desk.reject(number),
        changes.Move.RETRY: lambda: changes.retry(desk.agent, number=number, key=fresh_key()),
        changes.Move.WITHDRAW: lambda: changes.withdraw(
            desk.customer, number=number, key=fresh_key()
        ),
    }
    for state in m.ChangeState:
        for move, attempt in tries.items():
            if (state, move) in moves.MOVES:
                continue
            with Session(database.writing_engine()) as session, session.begin():
                session.get_one(m.ChangeRequest, desk.request(number).id).state = state
            with pytest.raises(Conflict):
                attempt()
            assert desk.request(number).state is state
    assert desk.person.given_name == "Rosa"


def test_final_states_have_no_way_out_and_every_state_is_reached():
    states = set(m.ChangeState)
    assert {there for there, _ in moves.MOVES.values()} | {m.ChangeState.SUBMITTED} == states
    assert {here for here, _ in moves.MOVES} == states - moves.FINAL


def test_queue_has_views_a_search_and_pages(desk, monkeypatch):
    waiting = desk.ask()
    others = [f.consumer_actor(f.account()) for _ in range(3)]
    decided = desk.ask(actor=others[0])
    desk.approve(decided)
    address = desk.ask("address", others[1], **ADDRESS)
    counts = dict(changes.queue(desk.agent).counts)
    assert counts == {"open": 1, "failed": 0, "decided": 2, "all": 3}
    assert changes.waiting(desk.agent) == 1
    numbers = lambda **asked: [row.number for row in changes.queue(desk.agent, **asked).rows]  # noqa: E731
    assert numbers() == [waiting]
    assert numbers(view="decided") == [address, decided]
    assert numbers(view="all", kind="address") == [address]
    assert numbers(view="all", search=decided.lower()) == [decided]
    assert numbers(view="all", search="%") == []
    monkeypatch.setattr("portal_app.services.changes.queries.queue.PAGE", 2)
    first = changes.queue(desk.agent, view="all")
    rest = changes.queue(desk.agent, view="all", after=first.after)
    assert [row.number for row in (*first.rows, *rest.rows)] == [address, decided, waiting]
    assert rest.after == ""


def test_rule_is_set_by_administrators_only_and_not_over_a_colleagues(desk):
    for actor in (desk.agent, desk.manager):
        with pytest.raises(NotAllowed):
            changes.set_rule(actor, kind="name", policy_name="auto", steps=[], version=0, key="x")
        with pytest.raises(NotAllowed):
            changes.rules(actor)
    with pytest.raises(NotFound):
        changes.rules(desk.customer)
    assert desk.rule("name", "auto") == 1
    with pytest.raises(Conflict):
        desk.rule("name", "review")
    assert desk.rule("name", "review", *THREE, version=1) == 2
    shown = {rule.kind: rule for rule in changes.rules(desk.admin)}
    assert shown["name"].steps == THREE
    assert (shown["email"].policy, shown["email"].version) == (m.ChangePolicy.PROOF, 0)


@pytest.mark.parametrize(("kind", "policy"), [("email", "auto"), ("name", "proof"), ("name", "")])
def test_kind_can_only_wait_for_what_makes_sense(desk, kind, policy):
    with pytest.raises(Invalid):
        desk.rule(kind, policy)
    with pytest.raises(Invalid) as refusal:
        desk.rule("name", "review", ("Sign", "boss"))
    assert set(refusal.value.fields) == {"steps"}
    assert f.fetch_all(m.ChangeRule) == []


@hostile
@given(number=anything, version=anything, words=anything, key=anything)
def test_decisions_take_anything_without_harm(sqlite_desk, number, version, words, key):
    agent, admin = sqlite_desk.agent, sqlite_desk.admin
    for call in (
        lambda: changes.approve(agent, number=number, version=version, note=words, key=key),
        lambda: changes.reject(agent, number=number, version=version, reason=words, key=key),
        lambda: changes.retry(agent, number=number, key=key),
        lambda: changes.correct(agent, person=number, kind="name", values=words, key=key),
        lambda: changes.set_rule(
            admin, kind=number, policy_name=words, steps=words, version=version, key=key
        ),
    ):
        refused_without_a_trace(call)
