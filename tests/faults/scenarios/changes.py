"""What customers ask to have changed, what staff decide, and what a brand lets them do."""

from portal_app import models as m
from portal_app.integrations.limits_limiter import LimitsLimiter
from portal_app.services import branding, changes
from tests import factories as f
from tests.faults.scenarios.registry import Command, scenario
from tests.services.changes.conftest import ADDRESS, Desk, make_desk
from tests.services.events.conftest import sure_admin
from tests.services.identity import people

NAME = {"given_name": "Rosie", "family_name": "Lindqvist"}


def _listened() -> Desk:
    """A desk whose brand has an address for events: what is accepted has to go there too."""
    desk = make_desk()
    _add_endpoint(desk)
    return desk


def _add_endpoint(desk: Desk) -> None:
    place = {"url": "https://crm.example.com/events", "secret_sealed": ""}
    now = f.clock.now()
    f._save(m.WebhookEndpoint(brand_id=desk.agent.brand, created_at=now, **place))


@scenario(changes.ask)
def a_name_is_to_be_changed() -> Command:
    desk = make_desk()
    return lambda: changes.ask(desk.customer, kind="name", values=NAME, key="click")


@scenario(changes.ask)
def an_address_is_changed_at_once() -> Command:
    desk = _listened()
    return lambda: changes.ask(desk.customer, kind="address", values=ADDRESS, key="click")


@scenario(changes.ask)
def a_request_that_waits_is_edited() -> Command:
    desk = make_desk()
    desk.ask()
    other = NAME | {"given_name": "Rose"}
    return lambda: changes.ask(desk.customer, kind="name", values=other, key="click")


@scenario(changes.withdraw)
def a_change_is_taken_back() -> Command:
    desk = make_desk()
    number = desk.ask()
    return lambda: changes.withdraw(desk.customer, number=number, key="click")


@scenario(changes.approve)
def a_change_is_approved_and_applied() -> Command:
    desk = _listened()
    number = desk.ask()
    version = desk.request(number).version
    return lambda: changes.approve(desk.agent, number=number, version=version, key="click")


@scenario(changes.approve)
def the_last_of_two_steps_is_taken() -> Command:
    desk = _listened()
    desk.rule("name", "review", ("See the papers", "agent"), ("Decide", "manager"))
    number = desk.ask()
    desk.approve(number)
    version = desk.request(number).version
    return lambda: changes.approve(desk.manager, number=number, version=version, key="click")


@scenario(changes.reject)
def a_change_is_rejected() -> Command:
    desk = make_desk()
    number = desk.ask()
    given = {"version": desk.request(number).version, "reason": "The papers do not match."}
    return lambda: changes.reject(desk.agent, number=number, key="click", **given)


@scenario(changes.retry)
def a_change_that_failed_is_tried_again() -> Command:
    desk = _listened()
    number = desk.ask()
    people.change(desk.request(number), state=m.ChangeState.APPLY_FAILED)
    return lambda: changes.retry(desk.agent, number=number, key="click")


@scenario(changes.correct)
def staff_correct_an_address() -> Command:
    desk = _listened()
    given = {"person": desk.person.id, "kind": "address", "values": ADDRESS}
    return lambda: changes.correct(desk.agent, **given, key="click")


@scenario(changes.send_proof)
def a_code_is_sent_to_a_new_address() -> Command:
    owner = make_desk().stepped_up()
    given = {"kind": "email", "values": {"email": "rosie@example.com"}}
    return lambda: changes.send_proof(owner, **given, limiter=LimitsLimiter(), key="click")


@scenario(changes.confirm_proof)
def a_new_address_is_proved() -> Command:
    desk = _listened()
    owner = desk.stepped_up()
    given = {"kind": "email", "values": {"email": "rosie@example.com"}}
    changes.send_proof(owner, **given, limiter=LimitsLimiter(), key="earlier")
    typed = {"kind": "email", "code": people.sent_code("change.code")}
    return lambda: changes.confirm_proof(owner, **typed, limiter=LimitsLimiter(), key="click")


@scenario(changes.set_rule)
def a_brand_wants_two_steps() -> Command:
    desk = make_desk()
    steps = [("See the papers", "agent"), ("Decide", "manager")]
    given = {"kind": "name", "policy_name": "review", "steps": steps, "version": 0}
    return lambda: changes.set_rule(desk.admin, **given, key="click")


@scenario(branding.switch_feature)
def a_feature_is_switched_off() -> Command:
    admin = sure_admin()
    given = {"feature": "edit_profile", "is_on": False}
    return lambda: branding.switch_feature(admin, **given, key="click")
