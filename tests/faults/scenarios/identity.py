"""Signing in and out, passwords, devices, staff."""

import re

from portal_app import models as m
from portal_app.core.actor import Role
from portal_app.services import identity
from portal_app.services.identity.rules import codes
from tests import factories as f
from tests.faults.scenarios.registry import SYSTEM, Command, later, limiter, scenario
from tests.faults.scenarios.sessions import admin, signed_in, stepped_up
from tests.services.identity import people

NEW_PASSWORD = "nine lighthouses at dusk"
TWICE = "It says how things should be; that it was said twice is written down."


@scenario(identity.sign_in, anew="Each sign-in is a session of its own.")
def somebody_signs_in() -> Command:
    people.customer()
    visitor = people.visitor()
    typed = {"identifier": people.PHONE, "password": people.PASSWORD}
    return lambda: identity.sign_in(visitor, **typed, limiter=limiter())


@scenario(identity.sign_out)
def a_browser_is_signed_out() -> Command:
    actor = signed_in(people.customer())
    return lambda: identity.sign_out(actor)


@scenario(identity.sign_out_everywhere)
def every_browser_is_signed_out() -> Command:
    user = people.customer()
    signed_in(user)
    actor = stepped_up(user)
    return lambda: identity.sign_out_everywhere(actor)


@scenario(identity.end_other_sessions, anew=TWICE)
def every_other_browser_is_signed_out() -> Command:
    user = people.customer()
    signed_in(user)
    actor = stepped_up(user)
    return lambda: identity.end_other_sessions(actor)


@scenario(identity.end_device)
def another_browser_is_signed_out() -> Command:
    user = people.customer()
    other = signed_in(user)
    actor = stepped_up(user)
    return lambda: identity.end_device(actor, device=other.session_id)


@scenario(identity.stay)
def somebody_is_still_there() -> Command:
    actor = signed_in(people.customer())
    later(minutes=5)
    return lambda: identity.stay(actor)


@scenario(identity.leave_note)
def a_refused_form_is_remembered() -> Command:
    actor = signed_in(people.customer())
    given = {"form": "sign-in", "problem": "Try again.", "typed": {"identifier": "813"}}
    return lambda: identity.leave_note(actor, **given)


@scenario(identity.leave_note, anew="Each answer opens a session for a browser that had none.")
def a_strangers_form_is_remembered() -> Command:
    visitor = people.visitor()
    return lambda: identity.leave_note(visitor, form="sign-in", problem="Try again.")


@scenario(identity.step_up)
def somebody_proves_again_who_they_are() -> Command:
    actor = signed_in(people.customer())
    return lambda: identity.step_up(actor, password=people.PASSWORD, limiter=limiter())


@scenario(identity.change_password)
def a_password_is_changed() -> Command:
    user = people.customer()
    signed_in(user)
    actor = stepped_up(user)
    change = {"current": people.PASSWORD, "new_password": NEW_PASSWORD}
    return lambda: identity.change_password(actor, **change, limiter=limiter())


@scenario(identity.request_reset, anew="Each request mails a link; the new one ends the old.")
def a_reset_is_asked_for() -> Command:
    people.customer(email="rosa@example.com")
    visitor = people.visitor()
    return lambda: identity.request_reset(visitor, identifier="rosa@example.com", limiter=limiter())


@scenario(identity.reset_password)
def a_password_is_reset() -> Command:
    signed_in(people.customer(email="rosa@example.com"))
    visitor = people.visitor()
    identity.request_reset(visitor, identifier="rosa@example.com", limiter=limiter())
    [letter] = people.messages("identity.password_reset")
    token = re.search(r"/reset/([\w-]+)", letter.text)[1]
    given = {"token": token, "new_password": NEW_PASSWORD}
    return lambda: identity.reset_password(visitor, **given, limiter=limiter())


@scenario(identity.create_staff)
def a_member_of_staff_is_added() -> Command:
    who = admin()
    given = {"brand": who.brand, "email": "lee@example.com", "name": "Lee Marsh"}
    secret = {"role": Role.AGENT, "password": "plinth fjord vexed"}
    return lambda: identity.create_staff(who, **given, **secret)


@scenario(identity.change_staff, anew=TWICE)
def a_member_of_staff_gets_another_role() -> Command:
    who, member = admin(), f.staff()
    signed_in(f.fetch(m.PortalUser, id=member.user_id))
    given = {"user": member.user_id, "role": Role.MANAGER, "is_active": True}
    return lambda: identity.change_staff(who, **given)


@scenario(identity.give_authenticator, anew=TWICE)
def staff_of_the_demo_get_an_authenticator() -> Command:
    user = people.staff_user()
    secret = codes.new_totp_secret()
    return lambda: identity.give_authenticator(SYSTEM, user=user.id, secret=secret)
