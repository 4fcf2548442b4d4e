"""How the portal looks and what its messages say: drafts, publishing, going back."""

import io

from PIL import Image

from portal_app.core.actor import Role
from portal_app.services import branding, notifications, templates
from tests import factories as f
from tests.faults.scenarios.registry import Command, scenario
from tests.faults.scenarios.sessions import admin

KIND = "application.invitation"
WORDS = {"subject": "Come in", "text": "Open it: {{ portal_link }}"}
TEXTS = {"part": "text", "content": {"introduction": "Welcome"}}


def _draft(who) -> str:
    return templates.save_draft(who, kind=KIND, **WORDS, key="earlier")


def _manager():
    return f.sure(f.staff_actor(Role.MANAGER))


@scenario(templates.save_draft)
def a_message_is_worded() -> Command:
    who = _manager()
    return lambda: templates.save_draft(who, kind=KIND, **WORDS, key="click")


@scenario(templates.publish)
def the_words_of_a_message_are_published() -> Command:
    who = _manager()
    first = _draft(who)
    templates.publish(who, template=first, version=1, key="before")
    again = {"template": first, "version": 2, "key": "second"}
    templates.save_draft(who, kind=KIND, **WORDS, **again)
    return lambda: templates.publish(who, template=first, version=3, key="click")


@scenario(templates.bring_back)
def older_words_are_taken_up_again() -> Command:
    who = _manager()
    held = _draft(who)
    templates.publish(who, template=held, version=1, key="before")
    given = {"template": held, "number": 1, "version": 2}
    return lambda: templates.bring_back(who, **given, key="click")


@scenario(templates.withdraw)
def the_words_of_a_message_are_withdrawn() -> Command:
    who = _manager()
    held = _draft(who)
    templates.publish(who, template=held, version=1, key="before")
    return lambda: templates.withdraw(who, template=held, version=2, key="click")


@scenario(notifications.send_trial)
def a_message_is_tried_out() -> Command:
    who = _manager()
    given = {"kind": KIND, **WORDS, "sms": "", "persona": "usual"}
    return lambda: notifications.send_trial(who, **given, key="click")


@scenario(branding.save_revision)
def the_texts_are_applied_over_a_draft() -> Command:
    who = f.sure(admin())
    branding.save_revision(who, **TEXTS, seen=0, publish=False, key="earlier")
    return lambda: branding.save_revision(who, **TEXTS, seen=1, publish=True, key="click")


@scenario(branding.publish_draft)
def a_draft_of_the_texts_is_published() -> Command:
    who = f.sure(admin())
    branding.save_revision(who, **TEXTS, seen=0, publish=False, key="earlier")
    return lambda: branding.publish_draft(who, part="text", seen=1, key="click")


@scenario(branding.roll_back)
def the_texts_are_rolled_back() -> Command:
    who = f.sure(admin())
    branding.save_revision(who, **TEXTS, seen=0, publish=True, key="earlier")
    return lambda: branding.roll_back(who, part="text", number=0, seen=1, key="click")


@scenario(branding.set_logo)
def a_logo_is_sent() -> Command:
    who = f.sure(admin())
    made = io.BytesIO()
    Image.new("RGB", (40, 20)).save(made, format="PNG")
    picture = made.getvalue()
    return lambda: branding.set_logo(
        who, content=io.BytesIO(picture), alt="Harbourline", seen=0, key="click"
    )
