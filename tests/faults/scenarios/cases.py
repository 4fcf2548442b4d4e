"""Cases: opened, talked about, decided; and what staff and the portal do with them."""

from portal_app.core.actor import Actor
from portal_app.services import cases, uploads
from portal_app.services.cases.rules.forms import form_of
from tests import factories as f
from tests.faults.scenarios.registry import Command, later, scenario
from tests.services.cases.conftest import Home, make_home
from tests.services.uploads import rows

WORDS = {"words": "It is the second one."}


def _at(state: str) -> tuple[Home, str]:
    home = make_home()
    return home, home.at(state)


@scenario(cases.open_case)
def a_head_opens_a_case_for_a_child() -> Command:
    home = make_home()
    return lambda: home.open("head", about="child", key="click")


@scenario(cases.open_case)
def a_case_is_opened_with_a_file_that_came_with_its_form() -> Command:
    home = make_home()
    who = home.who("member")
    form = uploads.Owner(form_of(who, "click"), who.brand)
    rows.upload(form, who.user_id, rows.State.IMPORTED, owner_type="case_form",
                purpose=cases.WITH_FORM.key, is_visible=False)  # fmt: skip
    return lambda: home.open("member", key="click")


@scenario(uploads.take_off)
def a_file_is_taken_off_the_form_it_came_with() -> Command:
    home = make_home()
    who = home.who("member")
    form = uploads.Owner(form_of(who, "click"), who.brand)
    document = rows.upload(form, who.user_id, rows.State.IMPORTED, owner_type="case_form",
                           purpose=cases.WITH_FORM.key, is_visible=False)  # fmt: skip
    return lambda: uploads.take_off(who, document=document)


@scenario(cases.follow_up)
def a_closed_case_is_followed_up() -> Command:
    home, number = _at("closed")
    return lambda: home.do(cases.follow_up, number, "member", key="click", **WORDS)


@scenario(cases.add_comment)
def a_question_is_answered() -> Command:
    home, number = _at("awaiting_info")
    return lambda: home.do(cases.add_comment, number, "member", key="click", **WORDS)


@scenario(cases.add_note)
def staff_write_a_note() -> Command:
    home, number = _at("open")
    return lambda: home.do(cases.add_note, number, key="click", **WORDS)


@scenario(cases.accept_solution)
def a_solution_is_accepted() -> Command:
    home, number = _at("resolved")
    return lambda: home.do(cases.accept_solution, number, "member", key="click")


@scenario(cases.reject_solution)
def a_solution_is_rejected() -> Command:
    home, number = _at("resolved")
    reason = "It is not done."
    return lambda: home.do(cases.reject_solution, number, "member", reason=reason, key="click")


@scenario(cases.close_case)
def a_case_is_closed() -> Command:
    home, number = _at("open")
    return lambda: home.do(cases.close_case, number, "member", key="click")


@scenario(cases.rate)
def a_customer_says_how_it_went() -> Command:
    home, number = _at("closed")
    return lambda: home.do(cases.rate, number, "member", rating=5, key="click")


@scenario(cases.assign)
def a_case_is_given_to_a_colleague() -> Command:
    home, number = _at("new")
    return lambda: home.do(cases.assign, number, user=home.manager.user_id, key="click")


@scenario(cases.set_priority)
def a_case_becomes_urgent() -> Command:
    home, number = _at("open")
    return lambda: home.do(cases.set_priority, number, priority="urgent", key="click")


@scenario(cases.take_up)
def a_case_is_taken_up() -> Command:
    home, number = _at("new")
    return lambda: home.do(cases.take_up, number, key="click")


@scenario(cases.request_info)
def a_customer_is_asked_something() -> Command:
    home, number = _at("open")
    return lambda: home.do(cases.request_info, number, key="click", **WORDS)


@scenario(cases.propose_solution)
def a_solution_is_proposed() -> Command:
    home, number = _at("open")
    solved = {"resolution": "solved", "notes": "We have paid one of them back."}
    return lambda: home.do(cases.propose_solution, number, key="click", **solved)


@scenario(cases.merge)
def a_duplicate_is_merged() -> Command:
    home, number = _at("open")
    other = home.open()
    return lambda: home.do(cases.merge, other, into=number, key="click")


@scenario(cases.save_template)
def a_template_is_written() -> Command:
    home = make_home()
    given = {"title": "Paid back", "words": "We have paid it back."}
    return lambda: cases.save_template(home.manager, **given, key="click")


@scenario(cases.delete_template)
def a_template_is_taken_away() -> Command:
    home = make_home()
    given = {"title": "Paid back", "words": "We have paid it back."}
    one = cases.save_template(home.manager, **given, key="earlier")
    return lambda: cases.delete_template(home.manager, template=one, key="click")


@scenario(cases.set_policy)
def a_brand_lets_heads_alone_see() -> Command:
    admin = f.staff_actor(f.Role.ADMIN)
    given = {"visibility": "head", "auto_close_days": 7, "version": 0}
    return lambda: cases.set_policy(admin, **given, key="click")


@scenario(cases.choose_reader)
def a_member_is_chosen_to_see() -> Command:
    home = make_home()
    whom = {"household": home.household.id, "person": home.people["child"].id}
    return lambda: cases.choose_reader(home.actors["head"], **whom, is_chosen=True, key="click")


@scenario(cases.close_unanswered)
def what_nobody_answers_is_closed() -> Command:
    home, _ = _at("resolved")
    home.mode("everyone", days=7)
    later(days=5)
    cases.close_unanswered(Actor.system("cases"))
    later(days=3)
    return lambda: cases.close_unanswered(Actor.system("cases"))
