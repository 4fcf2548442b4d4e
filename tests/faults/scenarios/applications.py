"""Applications: parties let in, coming in, filling in; and forms being built."""

from portal_app.core.actor import Actor, Role
from portal_app.services import applications, forms
from tests import factories as f
from tests.faults.scenarios.registry import Command, later, limiter, scenario
from tests.services.applications.world import NUMBER, Desk, make_desk, opened
from tests.services.identity import people

EACH_HAS_A_CODE = "Whoever opens the link again needs a code of their own."


def _party(desk: Desk, name: str = "Ann") -> dict[str, str]:
    return {"number": NUMBER, "party": desk.parties[name].id}


@scenario(applications.send_invitations)
def two_are_invited_to_an_application() -> Command:
    desk = make_desk()
    return lambda: desk.send("Ann", "Ben", key="click")


@scenario(applications.copy_access_link)
def a_link_to_an_application_is_made_anew() -> Command:
    desk = make_desk()
    desk.copy("Ann")
    return lambda: desk.copy("Ann", key="click")


@scenario(applications.set_access)
def a_party_is_shut_out() -> Command:
    desk = make_desk()
    desk.let_in("Ann", limiter())
    given = {**_party(desk), "is_on": False}
    return lambda: applications.set_access(desk.agent, **given, key="click")


def _asking() -> tuple[Desk, str]:
    desk = make_desk()
    token = desk.copy("Ann")
    later(days=8)
    return desk, token


@scenario(applications.ask_for_access)
def a_new_link_to_an_application_is_asked_for() -> Command:
    _, token = _asking()
    visitor = people.visitor()
    return lambda: applications.ask_for_access(visitor, token=token, limiter=limiter())


@scenario(applications.set_wish_aside)
def a_wish_for_a_link_to_an_application_is_set_aside() -> Command:
    desk, token = _asking()
    applications.ask_for_access(people.visitor(), token=token, limiter=limiter())
    return lambda: applications.set_wish_aside(desk.agent, **_party(desk), key="click")


@scenario(applications.open_link, anew=EACH_HAS_A_CODE)
def a_link_to_an_application_is_opened() -> Command:
    token, visitor = make_desk().copy("Ann"), people.visitor()
    return lambda: applications.open_link(visitor, token=token, limiter=limiter())


def _has_opened() -> Actor:
    return opened(make_desk().copy("Ann"), limiter())


@scenario(applications.resend_access_code, anew=EACH_HAS_A_CODE)
def another_code_is_sent_for_an_application() -> Command:
    actor = _has_opened()
    later(minutes=2)
    return lambda: applications.resend_access_code(actor, limiter=limiter())


@scenario(applications.confirm_access_code)
def the_code_for_an_application_is_entered() -> Command:
    actor = _has_opened()
    code = people.sent_code("identity.code")
    return lambda: applications.confirm_access_code(actor, code=code, limiter=limiter())


@scenario(applications.share_form)
def a_form_is_put_away() -> Command:
    desk = make_desk()
    desk.copy("Ann")
    given = {"number": NUMBER, "form": "income", "is_on": False}
    return lambda: applications.share_form(desk.agent, **given, key="click")


@scenario(applications.set_sharing)
def each_keeps_to_their_own() -> Command:
    desk = make_desk()
    given = {"number": NUMBER, "mode": "own_sections"}
    return lambda: applications.set_sharing(desk.agent, **given, key="click")


@scenario(applications.save_answer)
def an_answer_is_changed() -> Command:
    desk = make_desk()
    ann = desk.signed_in("Ann")
    desk.save(ann, "family_name", "Holloway")
    return lambda: desk.save(ann, "family_name", "Price", 1, key="click")


def _jobs(desk: Desk) -> dict[str, str]:
    return {**_party(desk), "form": "employment", "group": "jobs"}


@scenario(applications.add_row)
def a_row_is_added() -> Command:
    desk = make_desk()
    ann = desk.signed_in("Ann")
    return lambda: applications.add_row(ann, **_jobs(desk), key="click")


@scenario(applications.remove_row)
def a_row_is_taken_off() -> Command:
    desk = make_desk()
    ann = desk.signed_in("Ann")
    row = applications.add_row(ann, **_jobs(desk), key="earlier")
    return lambda: applications.remove_row(ann, **_jobs(desk), row=row, key="click")


def _ready() -> tuple[Desk, Actor]:
    desk = make_desk()
    ann = desk.signed_in("Ann")
    for form in ("addresses", "contact", "employment", "expenses", "income", "liabilities"):
        given = {"number": NUMBER, "form": form, "is_on": False}
        applications.share_form(desk.agent, **given, key=form)
    applications.share_form(desk.agent, number=NUMBER, form="personal", is_on=False, key="p")
    for name in ("Ann", "Ben", "Cora"):
        desk.save(ann, "has", "no", form="assets", party=desk.parties[name].id)
    return desk, ann


@scenario(applications.submit)
def an_application_is_handed_in() -> Command:
    _, ann = _ready()
    return lambda: applications.submit(ann, number=NUMBER, key="click")


@scenario(applications.reopen)
def an_application_is_opened_again() -> Command:
    desk, ann = _ready()
    applications.submit(ann, number=NUMBER, key="earlier")
    return lambda: applications.reopen(desk.agent, number=NUMBER, form="", key="click")


@scenario(forms.prepare_forms)
def a_brand_gets_the_standard_sections() -> Command:
    manager = f.staff_actor(Role.MANAGER)
    return lambda: forms.prepare_forms(manager)


@scenario(forms.start_form)
def a_form_is_begun() -> Command:
    manager = f.staff_actor(Role.MANAGER)
    given = {"title": "House", "kind": "questionnaire"}
    return lambda: forms.start_form(manager, **given, key="click")


def _draft(*labels: str) -> tuple[Actor, dict[str, object]]:
    manager = f.staff_actor(Role.MANAGER)
    given = {"title": "House", "kind": "questionnaire"}
    made = forms.start_form(manager, **given, key="begun")
    for version, label in enumerate(labels, start=1):
        asked = {"label": label, "kind": "text"}
        place = {"template": made, "version": version, "key": f"q-{version}"}
        forms.put_field(manager, question=asked, **place)
    return manager, {"template": made, "version": len(labels) + 1}


@scenario(forms.edit_form)
def a_new_version_of_a_form_is_begun() -> Command:
    manager, given = _draft("Why")
    forms.publish_form(manager, **given, key="earlier")
    return lambda: forms.edit_form(manager, template=str(given["template"]), key="click")


@scenario(forms.change_form)
def a_form_is_renamed() -> Command:
    manager, given = _draft("Why")
    words = {"title": "The house", "introduction": "Tell us.", "per_person": False}
    return lambda: forms.change_form(manager, **given, **words, key="click")


@scenario(forms.put_field)
def a_question_is_added() -> Command:
    manager, given = _draft("Why")
    asked = {"label": "Where", "kind": "text"}
    return lambda: forms.put_field(manager, **given, question=asked, key="click")


@scenario(forms.move_field)
def a_question_is_moved() -> Command:
    manager, given = _draft("Why", "Where")
    return lambda: forms.move_field(manager, **given, field="where", key="click")


@scenario(forms.remove_field)
def a_question_is_taken_out() -> Command:
    manager, given = _draft("Why", "Where")
    return lambda: forms.remove_field(manager, **given, field="where", key="click")


@scenario(forms.publish_form)
def a_form_is_put_into_use() -> Command:
    manager, given = _draft("Why")
    return lambda: forms.publish_form(manager, **given, key="click")


@scenario(forms.retire_form)
def a_form_is_given_up() -> Command:
    manager, given = _draft("Why")
    return lambda: forms.retire_form(manager, **given, key="click")
