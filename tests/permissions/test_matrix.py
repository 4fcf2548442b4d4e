"""Every operation by every kind of caller: what the specification's table says, happens.

Events go over the raw socket, pages and addresses over HTTP, and each service is asked with a real
thing of one account of one brand.
"""

import importlib
import inspect
import pkgutil
from dataclasses import replace
from datetime import timedelta

import pytest

import portal_app.services
from portal_app.core import clock
from portal_app.core.actor import ANONYMOUS, Actor
from portal_app.core.errors import NotAllowed, NotFound, PortalError
from portal_app.core.secrets import fingerprint
from portal_app.routes import ROUTES
from portal_app.services import identity
from portal_app.services.identity.policy import SIGN_IN_AGAIN
from portal_app.state.access import MARK
from portal_app.web.endpoints import ENDPOINTS
from portal_app.web.guard import needed_access
from tests.asking import ask
from tests.people import database_at, sign_in
from tests.permissions import payments_world, table
from tests.permissions.applications_world import guest_cookie
from tests.permissions.kept import kept_file, kept_paper
from tests.permissions.operations import junk, operations
from tests.permissions.probes import NOT_ABOUT_A_THING, OF_ONES_OWN, PROBES, consent
from tests.permissions.table import EVERYBODY, GUESTS, MARKS, NOBODY, PARTIES, RULE_OF, RULES
from tests.results import record
from tests.tab import Tab, was_refused

CALLERS = sorted(EVERYBODY)


def note(executed, wrong):
    record("matrix", {"executed": executed, "wrong": len(wrong)})


def takes_an_actor(function):
    parameters = inspect.signature(function, eval_str=True).parameters.values()
    return [one.annotation for one in parameters][:1] == [Actor]


def offered_services():
    for package in pkgutil.iter_modules(portal_app.services.__path__):
        if package.ispkg:
            door = importlib.import_module(f"portal_app.services.{package.name}")
            for name in door.__all__:
                function = getattr(door, name)
                if inspect.isfunction(function) and takes_an_actor(function):
                    yield f"{package.name}.{name}"


@pytest.mark.asvs("8.2.1")
def test_each_event_page_address_and_service_stands_in_one_row_of_the_table():
    offered = [*operations(), *(route.path for route in ROUTES), *(e.path for e in ENDPOINTS)]
    written = [name for rule in RULES for name in (*rule.events, *rule.pages, *rule.addresses)]
    assert sorted(written) == sorted(offered)
    services = [name for rule in RULES for name in rule.services]
    assert sorted(services) == sorted(offered_services())


@pytest.mark.asvs("8.2.1")
def test_marks_in_the_code_follow_from_the_rows():
    wrong = [
        (name, found, MARKS[RULE_OF[name].kind])
        for name, found in (
            *((short, needed_access(long)) for short, long in operations().items()),
            *((route.path, route.access) for route in ROUTES),
            *((route.path, getattr(route.endpoint, MARK)) for route in ENDPOINTS),
        )
        if found is not MARKS[RULE_OF[name].kind]
    ]
    assert wrong == []


def cookie_of(world, caller):
    """A session of this test's own: others end those of everybody they try something with."""
    if caller in GUESTS:
        return guest_cookie(world)
    user = world.people[caller].user_id if caller in world.people else ""
    return sign_in(world.url, user).cookie if user else ""


@pytest.mark.asvs("8.2.1")
@pytest.mark.asvs("7.2.1")
@pytest.mark.parametrize("caller", CALLERS)
def test_each_event_is_taken_or_refused_as_the_table_says(world_portal, caller):
    server, world = world_portal
    wrong = []
    with Tab(server, cookie=cookie_of(world, caller)) as tab:
        tab.open("/sign-in")
        for operation, name in operations().items():
            frames = tab.send(name, junk(name))
            allowed = caller in RULE_OF[operation].kind
            if was_refused(frames) is allowed or "on our side" in str(frames):
                wrong.append((operation, "allowed" if allowed else "refused", str(frames)[:300]))
    note(len(operations()), wrong)
    assert wrong == []


KNOWN = {
    "contract": "x", "number": "R-1", "line_id": "x", "date": "2026-10-31", "run": "x",
    "token": "x" * 43, "form": "personal", "party": "x", "person": "x",
}  # fmt: skip


def filled(path):
    for name, value in KNOWN.items():
        path = path.replace(f"[{name}]", value)
    return path


def home_of(caller):
    """Where somebody is led who may not open something."""
    if caller in GUESTS:
        return "/applications"
    return "/sign-in" if caller in NOBODY else "/" if caller in table.CUSTOMERS else "/staff"


def where(answer):
    """Say where an answer leads: in, to the door, or back to where this caller belongs."""
    if answer.status_code != 303:
        return str(answer.status_code)
    return answer.headers["location"].partition("?")[0]


@pytest.mark.asvs("8.2.1")
@pytest.mark.parametrize("caller", CALLERS)
def test_each_page_opens_or_leads_back_as_the_table_says(world_portal, caller):
    server, world = world_portal
    headers = {"cookie": f"__Host-portal={cookie_of(world, caller)}"}
    home = home_of(caller)
    wrong = []
    for route in ROUTES:
        expected = "200" if caller in RULE_OF[route.path].kind else home
        if caller in NOBODY and RULE_OF[route.path].kind == PARTIES:
            expected = "/i/code"
        found = where(ask(server, "GET", filled(route.path), headers=headers))
        if found != expected:
            wrong.append((route.path, expected, found))
    note(len(ROUTES), wrong)
    assert wrong == []


@pytest.mark.asvs("8.2.1")
@pytest.mark.asvs("8.2.2")
@pytest.mark.parametrize("caller", CALLERS)
def test_each_document_is_given_or_not_as_the_table_says(world_portal, caller):
    server, world = world_portal
    headers = {"cookie": f"__Host-portal={cookie_of(world, caller)}"}
    with database_at(world.url):
        taken = payments_world.taken(world)
        agreed = consent(world)
    things = {
        "contract": world.contract, "invoice": world.invoice, "account": world.account,
        "day": "2026-10-31", "run": world.run, "instalment": taken,
        "receipt": agreed, "number": world.application,
        "document": kept_file(server, world),
    }  # fmt: skip
    kept_paper(server, world)
    status = {"allowed": "200", "refused": "403", "hidden": "404"}
    wrong = []
    addresses = [route.path for route in ENDPOINTS if route.path.startswith("/files/")]
    for path in addresses:
        expected = "/sign-in" if caller in NOBODY else status[RULE_OF[path].outcome(caller)]
        found = where(ask(server, "GET", path.format(**things), headers=headers))
        if found != expected:
            wrong.append((path, expected, found))
    note(len(addresses), wrong)
    assert wrong == []


@pytest.mark.asvs("8.2.1")
@pytest.mark.parametrize("caller", CALLERS)
def test_each_form_is_taken_or_sent_to_the_door_as_the_table_says(world_portal, caller):
    server, world = world_portal
    wrong = []
    forms = [
        route.path for route in ENDPOINTS
        if "POST" in route.methods and RULE_OF[route.path].kind != EVERYBODY
    ]  # fmt: skip
    for path in forms:
        # A session of its own for each, because some of these forms end it.
        cookie = cookie_of(world, caller)
        headers = {"origin": server.address, "cookie": f"__Host-portal={cookie}"}
        found = where(ask(server, "POST", path, headers=headers))
        # An address that a script asks says 401 for the door; a stranger's file is not found.
        # A guest, who is nobody elsewhere, is told that there is no such thing.
        is_elsewhere = caller in GUESTS - RULE_OF[path].kind
        out = {"/sign-in", "401", home_of(caller)} | ({"404"} if is_elsewhere else set())
        if (found in out) is (caller in RULE_OF[path].kind):
            wrong.append((path, found))
    note(len(forms), wrong)
    assert wrong == []


def actor_of(world, caller) -> Actor:
    """Return somebody as the portal knows them, who has just proved again who they are."""
    cookie = cookie_of(world, caller)
    actor = identity.caller_for(fingerprint(cookie)).actor if cookie else ANONYMOUS
    later = clock.now() + timedelta(minutes=5)
    return replace(actor, brand=actor.brand or world.brand, stepped_up_until=later)


def outcome_of(service, actor, given) -> str:
    try:
        service(actor, **given)
    except NotFound:
        return "hidden"
    except NotAllowed:
        return "refused"
    except PortalError as refusal:
        # The caller may, but the moment or the words are wrong; or has no session at all.
        return "hidden" if refusal.message == SIGN_IN_AGAIN else "allowed"
    return "allowed"


def test_each_service_that_is_about_a_thing_is_tried_with_one():
    at_the_door = set(RULES[0].services)
    tried = set(PROBES) | set(OF_ONES_OWN)
    assert tried | NOT_ABOUT_A_THING | at_the_door == set(offered_services())
    assert not tried & (NOT_ABOUT_A_THING | at_the_door)


@pytest.mark.asvs("8.2.2")
@pytest.mark.asvs("8.3.1")
@pytest.mark.asvs("8.4.1")
@pytest.mark.parametrize("caller", CALLERS)
def test_each_service_gives_hides_or_refuses_a_thing_as_the_table_says(world_apart, caller):
    world, wrong = world_apart, []
    with database_at(world.url):
        actor = actor_of(world, caller)
        for name, (service, arguments) in (PROBES | OF_ONES_OWN).items():
            found = outcome_of(service, actor, arguments(world))
            # Staff of another brand do the like for their own: there is nothing else to name.
            is_own = caller == "other_staff" and name in OF_ONES_OWN
            if not (found == "allowed" if is_own else RULE_OF[name].expects(caller, found)):
                wrong.append((name, RULE_OF[name].outcome(caller), found))
    note(len(PROBES) + len(OF_ONES_OWN), wrong)
    assert wrong == []
