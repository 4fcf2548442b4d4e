"""The second step: switched on, used, lost and switched off."""

from pyotp.totp import TOTP

from portal_app import models as m
from portal_app.core.actor import Actor
from portal_app.services import identity
from tests import factories as f
from tests.faults.scenarios.registry import Command, limiter, scenario
from tests.faults.scenarios.sessions import signed_in, stepped_up
from tests.services.identity import people

EACH_HAS_A_CODE = "Each request sends a code; the new one ends the old."
MOBILE = "+18135550199"


@scenario(identity.start_app_enrolment)
def an_authenticator_is_shown() -> Command:
    actor = stepped_up(people.customer())
    return lambda: identity.start_app_enrolment(actor)


@scenario(identity.start_text_enrolment, anew=EACH_HAS_A_CODE)
def a_first_code_is_texted() -> Command:
    actor = stepped_up(people.customer(mobile=MOBILE))
    return lambda: identity.start_text_enrolment(actor, limiter=limiter())


@scenario(identity.confirm_enrolment)
def an_authenticator_is_switched_on() -> Command:
    actor = stepped_up(people.customer(email="rosa@example.com"))
    secret = identity.start_app_enrolment(actor).secret
    code = TOTP(secret).at(f.clock.now())
    return lambda: identity.confirm_enrolment(actor, code=code, limiter=limiter())


@scenario(identity.confirm_enrolment)
def codes_by_text_are_switched_on_at_the_door() -> Command:
    user = people.customer(mobile=MOBILE)
    settings = f.fetch(m.PortalSettings, brand_id=user.brand_id)
    people.change(settings, demand_second_factor=True)
    waiting = identity.sign_in(
        people.visitor(), identifier=people.PHONE, password=people.PASSWORD, limiter=limiter()
    )
    actor = people.as_caller(waiting.token)
    identity.start_text_enrolment(actor, limiter=limiter())
    code = people.sent_code("identity.code")
    return lambda: identity.confirm_enrolment(actor, code=code, limiter=limiter())


def _with_texts(password: str = people.PASSWORD) -> Actor:
    """Return the browser of somebody who has given the password and waits for a code."""
    people.customer(mobile=MOBILE, second_factor=m.SecondFactor.TEXT)
    given = {"identifier": people.PHONE, "password": password}
    waiting = identity.sign_in(people.visitor(), **given, limiter=limiter())
    return people.as_caller(waiting.token)


@scenario(identity.sign_in, anew="Each sign-in is a session of its own, with a code of its own.")
def somebody_signs_in_and_is_texted_a_code() -> Command:
    people.customer(mobile=MOBILE, second_factor=m.SecondFactor.TEXT)
    visitor = people.visitor()
    typed = {"identifier": people.PHONE, "password": people.PASSWORD}
    return lambda: identity.sign_in(visitor, **typed, limiter=limiter())


@scenario(identity.resend_code, anew=EACH_HAS_A_CODE)
def a_code_is_sent_again() -> Command:
    actor = _with_texts()
    return lambda: identity.resend_code(actor, limiter=limiter())


@scenario(identity.confirm_second_factor)
def a_texted_code_is_given() -> Command:
    actor = _with_texts()
    code = people.sent_code("identity.code")
    return lambda: identity.confirm_second_factor(actor, code=code, limiter=limiter())


@scenario(identity.confirm_second_factor)
def a_code_from_an_authenticator_is_given() -> Command:
    secret = people.with_app(people.customer())
    waiting = identity.sign_in(
        people.visitor(), identifier=people.PHONE, password=people.PASSWORD, limiter=limiter()
    )
    actor = people.as_caller(waiting.token)
    code = TOTP(secret).at(f.clock.now())
    return lambda: identity.confirm_second_factor(actor, code=code, limiter=limiter())


@scenario(identity.step_up, anew=EACH_HAS_A_CODE)
def a_code_is_texted_before_a_change() -> Command:
    user = people.customer(mobile=MOBILE, second_factor=m.SecondFactor.TEXT)
    actor = signed_in(user)
    return lambda: identity.step_up(actor, password=people.PASSWORD, limiter=limiter())


def _stepped_up_with_app() -> Actor:
    user = people.customer(email="rosa@example.com")
    secret, actor = people.with_app(user), signed_in(user)
    proof = {"password": people.PASSWORD, "code": TOTP(secret).at(f.clock.now())}
    return people.as_caller(identity.step_up(actor, **proof, limiter=limiter()).token)


@scenario(identity.make_recovery_codes, anew="New codes end the old ones.")
def recovery_codes_are_made() -> Command:
    actor = _stepped_up_with_app()
    return lambda: identity.make_recovery_codes(actor)


@scenario(identity.confirm_second_factor)
def a_recovery_code_is_used() -> Command:
    code = identity.make_recovery_codes(_stepped_up_with_app())[0]
    waiting = identity.sign_in(
        people.visitor(), identifier=people.PHONE, password=people.PASSWORD, limiter=limiter()
    )
    actor = people.as_caller(waiting.token)
    return lambda: identity.confirm_second_factor(actor, code=code, limiter=limiter())


@scenario(identity.disable_second_factor)
def a_second_factor_is_switched_off() -> Command:
    actor = _stepped_up_with_app()
    return lambda: identity.disable_second_factor(
        actor, password=people.PASSWORD, limiter=limiter()
    )
