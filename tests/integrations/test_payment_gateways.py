"""One suite for every payment gateway: the sandbox, and Stripe as localstripe plays it.

What differs between the two stands in `DIFFERENCES`, and nowhere else.
"""

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from portal_app.core import clock as clock_module
from portal_app.integrations.sandbox_gateway import SandboxGateway
from portal_app.integrations.stripe_gateway import StripeGateway
from portal_app.ports import PortRefused, PortUnavailable
from portal_app.ports.payments import ChargeOrder, DeclineReason, SetupOrder
from tests import stripe_stand_in as stripe_in
from tests.servers import free_port

SETUP = SetupOrder(
    reference="setup-1",
    contract_number="R-77120",
    holder="Rosa Delgado",
    currency="EUR",
    return_url="http://localhost:8100/contracts/R-77120?payments=back",
)
WHY = DeclineReason
# A method, as each gateway knows it: the sandbox's choice; what is entered on Stripe's page.
METHODS = {
    "works": ("visa", stripe_in.WORKS, ""),
    WHY.LIMIT_EXCEEDED: ("over-limit", stripe_in.DECLINES, "card_velocity_exceeded"),
    WHY.INSUFFICIENT_FUNDS: ("no-funds", stripe_in.DECLINES, "insufficient_funds"),
    WHY.EXPIRED: ("expired", stripe_in.DECLINES, "expired_card"),
    WHY.AUTHENTICATION_REQUIRED: ("needs-approval", stripe_in.ASKS_OWNER, ""),
    WHY.METHOD_GONE: ("gone", stripe_in.DECLINES, "pickup_card"),
    WHY.DECLINED: ("refused", stripe_in.DECLINES, "generic_decline"),
    "silent": ("no-answer", stripe_in.WORKS, ""),
    "account": ("account", stripe_in.ACCOUNT, ""),
    "account fails": ("account-no-funds", stripe_in.ACCOUNT_FAILS, ""),
}
# What is not alike: localstripe does not know why a debit comes back, and says at once that one has
# arrived; a second caller, while the first is still being served, is asked by Stripe to come again.
DIFFERENCES = {
    "sandbox": {"returned": WHY.INSUFFICIENT_FUNDS, "is_under_way": True, "may_be_busy": False},
    "stripe": {"returned": WHY.DECLINED, "is_under_way": False, "may_be_busy": True},
}


class Sandbox:
    """The embedded sandbox with a clock that stands still."""

    def __init__(self, folder, clock):
        self.file, self.clock = folder / "sandbox.db", clock
        self.start()

    def start(self):
        self.gateway = SandboxGateway(self.file, secret="s" * 40, now=clock_module.now)

    def add(self, which, reference="setup-1"):
        page = self.gateway.begin_setup(replace(SETUP, reference=reference))
        assert self.gateway.choose(page.gateway_reference, METHODS[which][0])
        return self.gateway.finished_setup(page.gateway_reference)

    def misbehave(self):
        """The card does so by itself."""

    def settle(self):
        self.clock.advance(minutes=3)

    def taken(self):
        with sqlite3.connect(self.file) as file:
            rows = file.execute("SELECT declined FROM charge WHERE is_heard").fetchall()
        file.close()
        return sum(declined == "" for (declined,) in rows)

    def away(self):
        return SandboxGateway(self.file / "inside-a-file", secret="s" * 40, now=clock_module.now)

    def close(self):
        pass


class Stripe:
    """The adapter for Stripe, speaking to localstripe through what stands before it."""

    def __init__(self, stand_in):
        self.stand_in = stand_in
        self.before = len(stand_in.intents())
        self.start()

    def start(self, url=""):
        self.gateway = StripeGateway(
            self.stand_in.key, webhook_secret="whsec_test", api=url or self.stand_in.url
        )

    def add(self, which, reference="setup-1"):
        page = self.gateway.begin_setup(replace(SETUP, reference=reference + str(self.before)))
        _, number, code = METHODS[which]
        self.stand_in.finish(page.gateway_reference, number=number, code=code, name=SETUP.holder)
        return self.gateway.finished_setup(page.gateway_reference)

    def misbehave(self):
        self.stand_in.is_silent_once = True

    def settle(self):
        time.sleep(0.7)

    def taken(self):
        now = self.stand_in.intents()[self.before :]
        return sum(intent["status"] == "succeeded" for intent in now)

    def away(self):
        return StripeGateway("sk_test_1", webhook_secret="w", api=f"http://127.0.0.1:{free_port()}")

    def close(self):
        self.gateway.close()


@pytest.fixture(scope="module")
def stand_in():
    with stripe_in.localstripe() as behind, stripe_in.standing_in(behind) as running:
        yield running


@pytest.fixture(params=["sandbox", "stripe"])
def bench(request, tmp_path, clock):
    if request.param == "sandbox":
        yield Sandbox(tmp_path, clock)
        return
    running = Stripe(request.getfixturevalue("stand_in"))
    yield running
    running.close()


@pytest.fixture
def differs(bench):
    return DIFFERENCES[bench.gateway.name]


def order(method, key="charge-1", amount=12_500):
    mark = f"{key}-{method.token[-12:]}"  # one server plays Stripe for all tests
    return ChargeOrder(mark, method.token, amount, "EUR", "R-77120, instalment 3")


def test_the_same_reference_is_the_same_page(bench):
    first = bench.gateway.begin_setup(SETUP)
    assert bench.gateway.begin_setup(SETUP) == first
    assert first.url.startswith("http")
    other = bench.gateway.begin_setup(replace(SETUP, reference="setup-2"))
    assert other.gateway_reference != first.gateway_reference


def test_nothing_is_added_before_somebody_has_chosen(bench):
    page = bench.gateway.begin_setup(replace(SETUP, reference="setup-3"))
    assert bench.gateway.finished_setup(page.gateway_reference) is None


def test_a_card_comes_back_with_what_may_be_known_and_no_number(bench):
    added = bench.add("works")
    assert (added.kind, added.brand, added.last4) == ("card", "Visa", "4242")
    assert added.holder == SETUP.holder
    assert added.exp_month == 12 and added.exp_year >= 2030
    assert "4242424242424242" not in str(added)


def test_an_account_comes_back_without_a_date(bench):
    added = bench.add("account")
    assert (added.kind, added.exp_month, added.exp_year) == ("bank_account", None, None)
    assert len(added.last4) == 4 and added.brand


def test_the_same_card_has_the_same_fingerprint(bench):
    first, second = bench.add("works", "a"), bench.add("works", "b")
    assert first.fingerprint == second.fingerprint
    assert first.token != second.token


def test_a_charge_asked_for_again_is_the_same_charge(bench):
    wanted = order(bench.add("works"))
    first = bench.gateway.charge(wanted)
    bench.start()
    assert bench.gateway.charge(wanted) == first
    assert bench.gateway.find(wanted) == first
    assert (first.declined, first.is_pending) == (None, False)
    assert bench.taken() == 1


def test_another_key_is_another_charge(bench):
    card = bench.add("works")
    first, second = (bench.gateway.charge(order(card, key)) for key in ("a", "b"))
    assert first.gateway_reference != second.gateway_reference
    assert bench.taken() == 2


@pytest.mark.parametrize(
    ("currency", "amount", "counted"),
    [
        ("JPY", 9_990, 9_990),
        ("ISK", 9_990, 999_000),
        ("UGX", 500, 50_000),
        ("MGA", 50_000, 500),
        ("KWD", 10_120, 10_120),
    ],
)
def test_stripe_is_asked_for_the_same_money_where_it_counts_otherwise(
    stand_in, currency, amount, counted
):
    bench = Stripe(stand_in)
    wanted = replace(order(bench.add("works"), currency, amount), currency=currency)
    bench.gateway.charge(wanted)
    assert stand_in.intents()[-1]["amount"] == counted
    bench.close()


@pytest.mark.parametrize(("currency", "amount"), [("KWD", 10_125), ("TND", 1), ("MGA", 50_050)])
def test_stripe_is_never_asked_for_what_it_could_only_round(stand_in, currency, amount):
    bench = Stripe(stand_in)
    wanted = replace(order(bench.add("works"), currency, amount), currency=currency)
    with pytest.raises(PortRefused):
        bench.gateway.charge(wanted)
    assert bench.taken() == 0
    bench.close()


@pytest.mark.parametrize("changes", [{"amount_minor": 99_900}, {"currency": "USD"}])
def test_a_key_belongs_to_one_charge_only(bench, changes):
    wanted = order(bench.add("works"))
    bench.gateway.charge(wanted)
    with pytest.raises(PortRefused):
        bench.gateway.charge(replace(wanted, **changes))
    assert bench.taken() == 1


def test_an_amount_of_nothing_is_refused(bench):
    with pytest.raises(PortRefused):
        bench.gateway.charge(order(bench.add("works"), amount=0))


@pytest.mark.requirement("S0-19")
@pytest.mark.parametrize("reason", list(WHY))
def test_a_decline_says_why_and_says_so_again(bench, reason):
    wanted = order(bench.add(reason))
    declined = bench.gateway.charge(wanted)
    assert (declined.declined, declined.is_pending) == (reason, False)
    assert declined.gateway_reference
    assert bench.gateway.charge(wanted) == declined
    assert bench.gateway.find(wanted).gateway_reference == declined.gateway_reference
    assert bench.gateway.find(wanted).declined is not None
    assert bench.taken() == 0


def test_a_charge_that_never_arrived_is_not_found(bench):
    card = bench.add("works")
    bench.gateway.charge(order(card))
    assert bench.gateway.find(order(card, "never")) is None


@pytest.mark.asvs("2.3.3")
def test_an_answer_that_is_lost_costs_nothing_twice(bench):
    wanted = order(bench.add("silent"))
    bench.misbehave()
    with pytest.raises(PortUnavailable):
        bench.gateway.charge(wanted)
    assert bench.taken() == 1
    found = bench.gateway.find(wanted)
    assert found.declined is None
    assert bench.gateway.charge(wanted) == found
    assert bench.taken() == 1


@pytest.mark.asvs("2.3.4")
def test_fifty_at_once_take_the_money_once(bench, differs):
    wanted = order(bench.add("works"))

    def charge(_):
        try:
            return bench.gateway.charge(wanted)
        except PortUnavailable:
            return None
        finally:
            bench.close()

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(charge, range(50)))
    found = bench.gateway.find(wanted)
    assert found in answers
    assert set(answers) <= {found, None}
    assert None not in answers or differs["may_be_busy"]
    assert bench.gateway.charge(wanted) == found
    assert bench.taken() == 1


def test_a_debit_is_under_way_before_it_arrives(bench, differs):
    wanted = order(bench.add("account"))
    assert bench.gateway.charge(wanted).is_pending is differs["is_under_way"]
    assert bench.gateway.find(wanted).is_pending is differs["is_under_way"]
    bench.settle()
    settled = bench.gateway.find(wanted)
    assert (settled.declined, settled.is_pending) == (None, False)


def test_a_debit_may_come_back(bench, differs):
    wanted = order(bench.add("account fails"))
    assert bench.gateway.charge(wanted).is_pending
    assert bench.gateway.find(wanted).is_pending
    bench.settle()
    back = bench.gateway.find(wanted)
    assert (back.declined, back.is_pending) == (differs["returned"], False)


def test_a_method_that_was_forgotten_is_gone(bench):
    card = bench.add("works")
    for _ in range(2):
        bench.gateway.detach(card.token)
    assert bench.gateway.charge(order(card)).declined is WHY.METHOD_GONE
    bench.gateway.detach("no-such-token")
    assert bench.taken() == 0


def test_a_gateway_that_is_away_is_unavailable_whatever_is_asked(bench):
    away, wanted = bench.away(), order(bench.add("works"))
    for ask in (
        lambda: away.begin_setup(SETUP),
        lambda: away.finished_setup("x"),
        lambda: away.charge(wanted),
        lambda: away.find(wanted),
        lambda: away.detach(wanted.token),
    ):
        with pytest.raises(PortUnavailable):
            ask()
    assert bench.taken() == 0
