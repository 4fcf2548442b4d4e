"""Thousands of calls with ids of other people's things: each is answered as if there were none.

Whoever asks learns nothing, not even that there is such a thing, and nothing changes.
"""

import inspect
import json
import re
from urllib.parse import quote

import pytest

from portal_app.core.errors import NotAllowed, NotFound
from portal_app.core.ids import new_id
from portal_app.models import PortalSession
from portal_app.routes import ROUTES
from portal_app.services.identity.policy import SIGN_IN_AGAIN
from portal_app.web.endpoints import ENDPOINTS
from portal_app.web.frames import parameters_of
from tests import holdings as holdings_module
from tests.asking import ask, said
from tests.factories import fetch
from tests.holdings import changes, holdings
from tests.people import database_at, sign_in
from tests.permissions import cases_world
from tests.permissions.foreign import ids_of, in_parts, made_up
from tests.permissions.operations import operations
from tests.permissions.probes import PROBES
from tests.permissions.table import CUSTOMERS, RULE_OF
from tests.permissions.test_matrix import actor_of
from tests.permissions.world import FIRM
from tests.results import record
from tests.tab import Tab, data_of

# What names a thing, among the arguments of all services, handlers and addresses.
NAMING = frozenset({
    "account", "article", "consumer", "contract", "delivery_id", "device", "document",
    "endpoint", "event_id", "grant", "household", "instalment", "into", "invoice", "job_id", "line",
    "membership", "message_id", "notification_id", "number", "owner", "parties", "party",
    "payment_method", "person", "receipt", "reference", "request", "run", "schedule", "template",
    "token", "user", "whom",
})  # fmt: skip
NOT_NAMING = frozenset({
    "answer", "as_of", "auto_close_days", "body", "brand", "changes", "channel", "contact_name",
    "contact_phone", "contracts", "description", "due_on", "email", "ends_on", "entered",
    "family_name", "field", "fix", "form", "gateway", "given", "given_name", "group", "headers",
    "idempotency_key", "introduction", "is_accepted", "is_active", "is_chosen", "is_enabled",
    "is_on", "is_paused", "is_visible", "key", "kind", "label", "letters", "mailer",
    "media_type", "method", "mode", "name", "name_in_addresses", "note", "notes", "off_rent_at",
    "password", "password_hash", "per_person", "phone", "place", "postal_code", "priority",
    "purpose", "quantity", "question", "rating", "reason", "relationship", "renderer",
    "requested_for", "resolution", "role", "row", "scanner", "secret", "sender", "sha256",
    "size", "slot", "store", "subject", "text", "texts", "title", "topic", "up", "value",
    "values", "version", "visibility", "when", "words",
})  # fmt: skip
SECRETS = (FIRM, "Scissor lift", "$123.00", "Pier 7", "office@example.com")
STRANGERS = ("stranger", "other_brand", "other_staff")
# Of what is written by mere asking, a session is written by the edge alone.
BY_ASKING = holdings_module.BY_ASKING - {"portal_session"}


def note(tried, wrong):
    record("attacks", {"foreign_ids_tried": tried, "foreign_ids_answered": len(wrong)})


def naming(service, arguments):
    return [name for name in arguments if name in NAMING]


def test_each_argument_of_a_probe_is_known_to_name_a_thing_or_not(world_apart):
    with database_at(world_apart.url):
        given = {name for _, arguments in PROBES.values() for name in arguments(world_apart)}
    assert given - NAMING - NOT_NAMING == set()


def answer_of(service, actor, given) -> tuple[str, str]:
    """Say how a call ended: what a stranger could tell one ending from another by."""
    try:
        result = service(actor, **given)
        if inspect.isgenerator(result):
            result = list(result)
    except (NotFound, NotAllowed) as refusal:
        return type(refusal).__name__, refusal.message
    return "answered", repr(result)


@pytest.mark.asvs("8.2.2")
@pytest.mark.asvs("8.4.1")
@pytest.mark.parametrize("caller", STRANGERS)
def test_no_service_tells_a_foreign_id_from_one_that_nothing_has(world_apart, caller):
    world, tried, wrong = world_apart, 0, []
    with database_at(world.url):
        asked = {name: (s, arguments(world)) for name, (s, arguments) in PROBES.items()}
        cases_world.affairs(world)
        foreign = ids_of(world)
        actor, before = actor_of(world, caller), holdings(world.url, but=BY_ASKING)
        for name, (service, arguments) in asked.items():
            for parameter in naming(service, arguments):
                (expected,) = {
                    answer_of(service, actor, arguments | {parameter: one})
                    for one in made_up(foreign)
                }
                for one in foreign:
                    given = arguments | {parameter: one} | _fresh(arguments)
                    found = answer_of(service, actor, given)
                    tried += 1
                    if found != expected or not is_nothing(name, found):
                        wrong.append((name, parameter, one, found))
        assert changes(before, holdings(world.url, but=BY_ASKING)) == []
    note(tried, wrong)
    assert wrong == []
    assert tried > 5_000  # by each of three, so that all of this file comes to 10,000 and more


def _fresh(arguments):
    return {"key": new_id()} if "key" in arguments else {}


def is_nothing(name, found) -> bool:
    """Say whether an answer is that there is nothing, or that nobody at all may ask for this."""
    kind, words = found
    return kind == "NotFound" or words == SIGN_IN_AGAIN or not RULE_OF[name].may


FORM = {
    "quantity": "1", "requested_for": "now", "when": "now", "method": "pickup", "place": "Gate 4",
    "contact_name": "Ben", "contact_phone": "(813) 555-0111", "notes": "", "as_of": "2026-10-31",
    "step": "1", "kind": "name", "code": "123456", "version": "1", "value": "x",
}  # fmt: skip


def payloads(name, one):
    """An event with an id wherever it takes words, and in a form wherever one could stand."""
    given = {}
    for parameter, (_, kinds) in parameters_of(name).items():
        form = FORM | dict.fromkeys(NAMING, one)
        given[parameter] = form | {"key": new_id()} if dict in kinds else one
    return given | ({"key": new_id()} if "key" in given else {})


def gives_away(text) -> bool:
    return any(words in text for words in SECRETS)


@pytest.mark.asvs("8.2.2")
@pytest.mark.parametrize("caller", ["stranger", "other_brand"])
def test_no_event_of_a_customer_answers_a_foreign_id(world_portal, caller):
    server, world = world_portal
    world.request()
    with database_at(world.url):
        cases_world.affairs(world)
    ids = ids_of(world)
    ids += made_up(ids)
    events = [
        name for short, name in operations().items()
        if RULE_OF[short].kind >= CUSTOMERS and parameters_of(name) and short != "PortalState.say"
    ]  # fmt: skip
    before, wrong = holdings(world.url), []
    with Tab(server, cookie=sign_in(world.url, world.people[caller].user_id).cookie) as tab:
        tab.open("/contracts")
        for name in events:
            frames = tab.send_all((name, payloads(name, one)) for one in ids)
            text = json.dumps(data_of(frames))
            if gives_away(text) or "on our side" in text:
                wrong.append((name[-60:], text[-1500:]))
    assert changes(before, holdings(world.url)) == []
    note(len(events) * len(ids), wrong)
    assert wrong == []
    assert len(events) * len(ids) > 400


def filled(path, one):
    """An address with an id in the place of what names a thing, and a day where one is meant."""
    start, rest = re.split(r"[\[{]\w+[\]}]", path, maxsplit=1)
    return start + quote(one, safe="") + rest.replace("{day}", "2026-10-31")


@pytest.mark.asvs("8.2.2")
def test_no_page_of_a_customer_opens_at_a_foreign_id(world_portal):
    server, world = world_portal
    number = world.request()
    with database_at(world.url):
        cases_world.affairs(world)
    ids = ids_of(world)
    ids += made_up(ids)
    pages = [r.path for r in ROUTES if "[" in r.path and RULE_OF[r.path].kind == CUSTOMERS]
    paths = [filled(page, one) for page in pages for one in ids]
    before = holdings(world.url)
    with Tab(server, cookie=sign_in(world.url, world.people["owner"].user_id).cookie) as tab:
        assert gives_away(json.dumps(data_of(tab.open(f"/requests/{number}"))))
    with Tab(server, cookie=sign_in(world.url, world.people["stranger"].user_id).cookie) as tab:
        wrong = [path for path in paths if gives_away(json.dumps(data_of(tab.open(path))))]
    assert changes(before, holdings(world.url)) == []
    note(len(paths), wrong)
    assert wrong == []


@pytest.mark.asvs("8.2.2")
@pytest.mark.asvs("8.4.1")
@pytest.mark.parametrize("caller", STRANGERS)
def test_no_document_is_handed_out_for_a_foreign_id(world_portal, caller):
    server, world = world_portal
    ids = ids_of(world)
    ids = [*made_up(ids), *ids]
    before, tried, wrong = holdings(world.url), 0, []
    for path in (route.path for route in ENDPOINTS if route.path.startswith("/files/")):
        answers = [
            answer
            for some in in_parts(ids, 25)  # a session may fetch no more in a minute
            for answer in fetched(server, world, caller, [filled(path, one) for one in some])
        ]
        tried += len(answers)
        known = {(answer.status_code, said(answer)) for answer in answers}
        wrong += [path] if len(known) > 1 or answers[0].status_code not in {303, 404} else []
    assert changes(before, holdings(world.url)) == []
    note(tried, wrong)
    assert wrong == []


def fetched(server, world, caller, paths):
    cookie = sign_in(world.url, world.people[caller].user_id).cookie
    headers = {"cookie": f"__Host-portal={cookie}"}
    return [ask(server, "GET", path, headers=headers) for path in paths]


@pytest.mark.asvs("8.2.2")
def test_no_foreign_account_can_be_chosen(world_portal):
    server, world = world_portal
    ids, wrong = ids_of(world), []
    mine = sign_in(world.url, world.people["stranger"].user_id)
    headers = {"cookie": f"__Host-portal={mine.cookie}", "origin": server.address}
    with database_at(world.url):
        before = fetch(PortalSession, id=mine.session_id).account_id
        for one in ids:
            answer = ask(server, "POST", "/auth/account", headers=headers, data={"account": one})
            session = fetch(PortalSession, id=mine.session_id)
            if session.account_id != before or gives_away(answer.text):
                wrong.append(one)
    note(len(ids), wrong)
    assert wrong == []
