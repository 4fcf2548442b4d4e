"""Attacks by events: handlers that are not meant for this caller, or not meant like this."""

import json

from reflex_base.registry import RegistrationContext

from portal_app.models import RequestState
from portal_app.state.base import PortalState
from tests.holdings import changes, holdings
from tests.permissions.attacks import attack
from tests.permissions.operations import long_name, operations, parameters
from tests.permissions.table import OPERATIONS
from tests.permissions.world import FIRM
from tests.tab import Tab, data_of, was_refused

BASE = "reflex___state____state.portal_app___state___base____portal_state"
SIGNS_OF_A_FAULT = ("Traceback", "TypeError", "ValueError", "sqlalchemy", "on our side")


def broke(frames) -> bool:
    text = json.dumps(frames)
    return any(sign in text for sign in SIGNS_OF_A_FAULT)


@attack("8.2.1")
def setting_a_variable_through_a_setter(server, world):
    names = [n for n in RegistrationContext.get().event_handlers if n.endswith(".setvar")]
    assert len(names) > 2
    with Tab(server, cookie=world.people["stranger"].cookie) as tab:
        tab.open("/help")
        forged = {"var_name": "notice", "value": {"title": "hacked"}}
        frames = tab.send_all((name, forged) for name in names)
        refused = [frame for frame in frames if was_refused([frame])]
        return len(refused) != len(names) or "hacked" in json.dumps(frames)


@attack("8.2.1", "3.3.4")
def writing_variables_through_browser_storage(server, world):
    state = "reflex___state____state.reflex___state____update_vars_internal_state"
    target = "reflex___state____state.portal_app___state___shell____shell_state.shell"
    with Tab(server, cookie=world.people["stranger"].cookie) as tab:
        tab.open("/help")
        forged = {"vars": {target: {"is_admin": True, "name": "hacked"}}}
        tab.send(f"{state}.update_vars_internal", forged)
        return "hacked" in json.dumps(tab.open("/help"))


@attack("8.2.1")
def calling_a_private_helper(server, world):
    with Tab(server, cookie=world.people["stranger"].cookie) as tab:
        tab.open("/help")
        found = [tab.send(f"{BASE}.{name}", {}) for name in ("_ask", "_send", "_caller", "_go")]
        return any("delta" in frame for frames in found for frame in frames)


@attack("8.2.1")
def calling_every_method_that_is_no_event(server, world):
    """Reflex offers each public method of a state to every client."""
    states = [PortalState, *PortalState.get_substates()]
    inherited = {name for name in dir(PortalState) if callable(getattr(PortalState, name, None))}
    names = [f"{PortalState.get_full_name()}.{name}" for name in inherited]
    names += [
        f"{state.get_full_name()}.{name}"
        for state in states
        for name in set(dir(state)) - inherited
        if callable(getattr(state, name, None))
    ]
    tried = sorted(set(names) - set(RegistrationContext.get().event_handlers))
    assert len(tried) > 100
    with Tab(server, cookie=world.people["stranger"].cookie) as tab:
        tab.open("/help")
        return any(frame.get("delta") for frame in tab.send_all((name, {}) for name in tried))


@attack("8.2.1")
def calling_reflexs_own_base_handlers(server, world):
    with Tab(server) as tab:
        tab.open("/sign-in")
        told = [
            tab.send(f"reflex___state____state.{name}", {})
            for name in ("setvar", "reset", "dict", "get_state", "_clean")
        ]
        # What cannot be read is answered with a sentence, and with nothing else.
        return any(
            "delta" in frame and "could not be read" not in json.dumps(frame)
            for frames in told
            for frame in frames
        )


def disguises(name):
    """The name of a handler as somebody might write it past a list of names."""
    state, _, handler = name.rpartition(".")
    return (
        name.upper(), f" {name}", f"{name} ", f"{name}\x00", f"{name}.", f"{state}..{handler}",
        f"{state}/{handler}", handler, f"state.{handler}", f"{state}.{handler}\n",
    )  # fmt: skip


@attack("8.2.1", "1.1.1")
def a_handler_of_staff_under_a_disguised_name(server, world):
    with Tab(server, cookie=world.people["owner"].cookie) as tab:
        tab.open("/help")
        answers = [tab.send(name, {}) for name in disguises(long_name("audit_state.load"))]
        return any("Signed in" in json.dumps(a) or "entries" in json.dumps(a) for a in answers)


EXTRA = {
    "is_admin": True, "role": "admin", "actor": {"kind": "staff", "roles": ["admin"]},
    "brand_id": "x", "account_id": "x", "balance": 0, "self": {}, "__class__": "Admin",
    "__proto__": {"is_admin": True}, "_caller": {}, "status": "completed", "version": 99,
}  # fmt: skip


def senseless(name):
    return [dict.fromkeys(parameters(name), value) for value in WRONG if parameters(name)]


def bombarded(server, world, who, payloads) -> bool:
    """Send each payload to every handler that is open to somebody; say whether anything gave."""
    before = holdings(world.url)
    with Tab(server, cookie=world.people[who].cookie) as tab:
        tab.open("/help")
        broken = [
            operation
            for operation, name in operations().items()
            if operation != "PortalState.say"  # by which a tab knows that its event is done
            if broke(tab.send_all((name, payload) for payload in payloads(name)))
        ]
    changed = changes(before, holdings(world.url))
    print(broken[:20], changed)
    return bool(broken or changed)


def with_extra(name):
    form = {parameter: dict(EXTRA) for parameter in parameters(name)}
    return [EXTRA, form | EXTRA] if form else [EXTRA]


@attack("15.3.3")
def more_arguments_than_a_handler_has_as_a_customer(server, world):
    return bombarded(server, world, "owner", with_extra)


@attack("15.3.3")
def more_arguments_than_a_handler_has_as_an_administrator(server, world):
    return bombarded(server, world, "admin", with_extra)


# As long as fits four times into the longest packet that the socket takes.
WRONG = (
    None, [{"a": []}], float("nan"), "x" * 12_000, "\x00\ud800",
    {"quantity": [1], "key": {}, "version": "NaN", "number": -1, "when": 1e308, "is_open": "yes"},
)  # fmt: skip


@attack("2.2.2", "15.3.5")
def values_of_every_wrong_type_as_a_customer(server, world):
    return bombarded(server, world, "owner", senseless)


@attack("2.2.2", "15.3.5")
def values_of_every_wrong_type_as_an_administrator(server, world):
    return bombarded(server, world, "admin", senseless)


def addresses(world, request):
    """The pages that show something of the account of `owner`, for customers."""
    return (
        f"/contracts/{world.contract_number}", f"/contracts/{world.contract}",
        f"/invoices/{world.invoice_number}", f"/items-out/{world.line}/off-rent",
        f"/requests/{request}",
    )  # fmt: skip


def shows_the_firm(frames) -> bool:
    text = json.dumps(data_of(frames))
    return any(words in text for words in (FIRM, "Scissor lift", "$123.00", "Pier 7"))


@attack("8.2.2")
def somebody_elses_pages_by_their_addresses(server, world):
    pages = addresses(world, world.request())
    with Tab(server, cookie=world.people["owner"].cookie) as tab:
        assert all(shows_the_firm(tab.open(path)) for path in pages)
    for who in ("stranger", "former", "suspended", "other_brand"):
        with Tab(server, cookie=world.people[who].cookie) as tab:
            if any(shows_the_firm(tab.open(path)) for path in pages):
                return True
    return False


@attack("8.2.2", "8.4.1")
def papers_of_another_brand_by_their_addresses(server, world):
    pages = (
        f"/staff/customers/{world.account_number}", f"/staff/imports/{world.run}",
        f"/staff/outbox?open={world.message}", f"/staff/rental-requests?open={world.request()}",
        "/staff/customers", "/staff/jobs", "/staff/settings/help", "/staff",
    )  # fmt: skip
    with Tab(server, cookie=world.people["other_staff"].cookie) as tab:
        shown = [data_of(tab.open(path)) for path in pages]
    theirs = (FIRM, world.run, world.message, world.job, "Where?")
    return any(words in json.dumps(shown) for words in theirs)


@attack("8.2.2", "8.4.1")
def deciding_about_a_request_of_another_brand(server, world):
    number = world.request()
    before = holdings(world.url)
    moves = {
        "rental_queue_state.acknowledge": {"off_rent_at": ""},
        "rental_queue_state.decline": {"reason": "Because."},
        "rental_queue_state.schedule": {"when": "2030-01-01T08:00"},
        "rental_queue_state.receive": {},
    }
    with Tab(server, cookie=world.people["other_staff"].cookie) as tab:
        tab.open(f"/staff/rental-requests?open={number}")
        for ending, typed in moves.items():
            form = {"number": number, "key": f"attack-{ending}", **typed}
            name = long_name(ending)
            tab.send(name, {p: form if p == "form" else number for p in parameters(name)})
    return holdings(world.url) != before


@attack("8.2.2")
def ending_a_device_of_somebody_else(server, world):
    victim = world.people["owner"]
    with Tab(server, cookie=world.people["stranger"].cookie) as tab:
        tab.open("/security")
        name = long_name("security_state.end_device")
        for given in (victim.session_id, {"device": victim.session_id}):
            tab.send(name, dict.fromkeys(parameters(name), given))
    with Tab(server, cookie=victim.cookie) as tab:
        return "Rosa" not in json.dumps(tab.open("/help"))


@attack("7.5.1")
def changing_how_one_signs_in_without_proving_it_again(server, world):
    """A browser that was left open: everything but the password is at hand."""
    before = holdings(world.url)
    with Tab(server, cookie=world.people["owner"].cookie) as tab:
        tab.open("/security")
        shown = [
            tab.send(long_name(f"security_state.{name}"), {})
            for name in ("start_app", "make_codes")
        ]
    return "otpauth" in json.dumps(shown) or holdings(world.url) != before


@attack("2.3.1")
def moving_a_request_past_its_steps(server, world):
    """An agent completes what was never acknowledged, and reopens what is over."""
    asked = world.request()
    over = [world.request(state) for state in (RequestState.COMPLETED, RequestState.DECLINED)]
    before = holdings(world.url)
    with Tab(server, cookie=world.people["agent"].cookie) as tab:
        for number in (asked, *over):
            tab.open(f"/staff/rental-requests?open={number}")
            endings = ["check_in"] if number == asked else ["acknowledge", "schedule", "receive"]
            for ending in endings:
                name = long_name(f"rental_queue_state.{ending}")
                form = {
                    "number": number, "key": f"skip-{number}-{ending}", "quantity": "1",
                    "when": "2030-01-01T08:00",
                }  # fmt: skip
                tab.send(name, {p: form if p == "form" else number for p in parameters(name)})
    return holdings(world.url) != before


@attack("1.2.4", "1.2.9")
def signs_of_sql_and_of_patterns_in_every_search(server, world):
    """A search finds what holds the words: signs that mean something elsewhere find nothing."""
    signs = ("' OR '1'='1", "%", "_%", '" OR 1=1 --', ".*", "(?:", "[", "\\", "');--")
    searches = [name for name in operations() if name.endswith(".look_for")]
    assert len(searches) >= 5
    for operation in searches:
        kind = OPERATIONS[operation].value
        who = {"consumer": "owner", "staff": "agent", "public": "owner"}.get(kind, "admin")
        with Tab(server, cookie=world.people[who].cookie) as tab:
            tab.open("/help")
            name = operations()[operation]
            for sign in signs:
                frames = tab.send(name, dict.fromkeys(parameters(name), sign))
                if broke(frames) or shows_the_firm(frames):
                    return True
    return False
