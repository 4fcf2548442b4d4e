"""The sandbox's own page, with no browser and no JavaScript: plain requests to a running portal."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from html import unescape
from types import SimpleNamespace

import pytest

from portal_app.core import clock
from portal_app.core.settings import Settings
from portal_app.integrations.no_gateway import NoGateway
from portal_app.integrations.sandbox_gateway import SandboxGateway
from portal_app.integrations.sandbox_methods import METHODS
from portal_app.ports import PortRefused
from portal_app.ports.payments import ChargeOrder, SetupOrder
from portal_app.web import sandbox_page
from portal_app.web.headers import PagePolicies
from tests.asking import ask

SETUP = SetupOrder(
    "r-1", "R-77120", "Rosa <b>Delgado</b>", "USD", "http://localhost:1/contracts/R-77120?setup=r-1"
)
BACK = "/contracts/R-77120?setup=r-1"


@pytest.fixture
def gateway(portal):
    return SandboxGateway(portal.log.parent / "sandbox.db", secret="s" * 40, now=clock.now)


@pytest.fixture
def page(gateway, request):
    begun = gateway.begin_setup(replace(SETUP, reference=request.node.name))
    return begun.gateway_reference


def look(portal, page):
    return ask(portal, "GET", f"/sandbox-gateway/{page}")


def choose(portal, page, method, **more):
    headers = {"origin": portal.address, **more}
    return ask(portal, "POST", f"/sandbox-gateway/{page}", headers=headers, data={"method": method})


def test_the_page_says_that_it_is_a_test_and_offers_everything_there_is(portal, page):
    answer = look(portal, page)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "This is a test page." in answer.text
    text = unescape(answer.text)
    for method in METHODS.values():
        assert f'value="{method.key}"' in text
        assert method.name in text and method.says in text


def test_what_somebody_is_called_stays_text(portal, page):
    assert "Rosa &lt;b&gt;Delgado&lt;/b&gt;" in look(portal, page).text


@pytest.mark.requirement("S0-16")
def test_there_is_no_field_that_a_number_could_be_typed_into(portal, page):
    text = look(portal, page).text
    assert text.count("<input") == text.count('<input type="radio"') == len(METHODS)
    assert "<textarea" not in text


def test_a_choice_leads_back_and_is_kept(portal, gateway, page):
    answer = choose(portal, page, "visa")
    assert (answer.status_code, answer.headers["location"]) == (303, BACK)
    assert gateway.finished_setup(page).last4 == "4242"
    assert look(portal, page).headers["location"] == BACK


def test_pressed_ten_times_at_once_adds_one_card(portal, gateway, page):
    with ThreadPoolExecutor(10) as pool:
        choices = ["visa", "mastercard"] * 5
        answers = list(pool.map(lambda method: choose(portal, page, method), choices))
    assert {answer.status_code for answer in answers} == {303}
    first = gateway.finished_setup(page)
    choose(portal, page, "expired")
    assert gateway.finished_setup(page) == first
    with gateway._store.writing() as file:
        holder = file.execute("SELECT token FROM page WHERE id = ?", (page,)).fetchone()["token"]
    assert holder == first.token


@pytest.mark.parametrize("method", ["", "4242424242424242", "visa ", "no-such", "\x00", "v" * 999])
def test_no_choice_keeps_the_page_and_says_what_to_do(portal, gateway, page, method):
    answer = choose(portal, page, method)
    assert answer.status_code == 422
    assert sandbox_page.CHOOSE in answer.text
    assert "4242424242424242" not in answer.text
    assert gateway.finished_setup(page) is None


@pytest.mark.asvs("3.5.1")
@pytest.mark.parametrize("origin", ["https://evil.example", "null", ""])
def test_a_choice_sent_from_elsewhere_is_refused(portal, gateway, page, origin):
    assert choose(portal, page, "visa", origin=origin).status_code == 403
    assert gateway.finished_setup(page) is None


@pytest.mark.parametrize(
    "page",
    [
        "x",
        "x" * 43,
        "%00",
        "..%2f..%2fetc",
        "' OR 1=1 --",
        "a" * 3000,
        "%ff%fe",
        "{{7777*7777}}",
        "%25",
    ],
)
def test_a_page_that_is_none_is_not_found(portal, page):
    for answer in (look(portal, page), choose(portal, page, "visa")):
        assert answer.status_code in {400, 404, 405}
        assert "60481729" not in answer.text.partition("<body")[2][:400]


def test_a_form_that_is_too_large_is_refused(portal, gateway, page):
    assert choose(portal, page, "v" * 20_000).status_code == 413
    assert gateway.finished_setup(page) is None


@pytest.mark.parametrize(
    ("given", "leads"),
    [
        ("https://evil.example/contracts/1?x=2", "/contracts/1?x=2"),
        ("//evil.example//evil.example", "/"),
        ("/contracts/1", "/contracts/1"),
        ("javascript:alert(1)", "/"),
        ("https://evil.example", "/"),
        ("/auth/sign-out", "/"),
    ],
)
@pytest.mark.asvs("3.7.2")
def test_the_way_back_stays_in_the_portal(given, leads):
    assert sandbox_page._way_back(given) == leads


def test_there_is_no_page_where_the_sandbox_is_not_used(monkeypatch):
    from portal_app.core.errors import NotFound

    monkeypatch.setattr(sandbox_page.wiring, "payment_gateway", NoGateway)
    request = SimpleNamespace(path_params={"page": "x"}, method="GET")
    with pytest.raises(NotFound):
        sandbox_page._answer(request, {})


def test_without_a_gateway_everything_is_refused():
    nobody, order = NoGateway(), ChargeOrder("k", "t", 1, "USD", "")
    for ask_for in (
        lambda: nobody.begin_setup(SETUP),
        lambda: nobody.charge(order),
        lambda: nobody.find(order),
        lambda: nobody.notice(b"{}", {}),
    ):
        with pytest.raises(PortRefused):
            ask_for()
    assert nobody.finished_setup("x") is None
    assert nobody.detach("x") is None


@pytest.mark.asvs("3.4.3")
def test_forms_may_lead_to_the_gateways_page_and_nowhere_else():
    for payments, rule in (
        ("sandbox", "form-action 'self';"),
        ("none", "form-action 'self';"),
        ("stripe", "form-action 'self' https://checkout.stripe.com;"),
    ):
        policy = PagePolicies().policy("/", Settings(_env_file=None, payments=payments))
        assert rule in policy
