"""The demo people are what their roles promise."""

from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal

import phonenumbers
import pytest

REFERENCE = date(2026, 11, 20)
OUT = {"active", "past_due"}


def lines_out(feed, number: str) -> dict[str, list[dict[str, str]]]:
    out: dict[str, list[dict[str, str]]] = defaultdict(list)
    live = {row["number"] for row in feed.of(number, "contracts") if row["status"] in OUT}
    for line in feed["contract_lines"]:
        if line["contract"] in live and int(line["quantity"]) > int(line["quantity_returned"]):
            out[line["contract"]].append(line)
    return out


def missing_for_access(feed, number: str) -> set[str]:
    """What still keeps an account from registering, judged from the feed alone."""
    account = next(row for row in feed["accounts"] if row["number"] == number)
    contacts = feed.of(number, "account_contacts")
    owner = [row for row in contacts if row["role"] == "owner" and not row["ends_on"]]
    person = next(
        (p for p in feed["people"] if owner and p["external_id"] == owner[0]["person"]), {}
    )
    phones = Counter(phone_of(row) for row in feed["accounts"])
    checks = {
        "account type": account["account_type"] == "account",
        "phone": bool(account["main_phone"]),
        "unique phone": phones[phone_of(account)] == 1 or not account["main_phone"],
        "email": bool(account["email"] or person.get("email")),
        "zip": bool(account["postal_code"] or person.get("postal_code")),
        "owner": bool(owner),
        "portal": account["web_portal_enabled"] == "true",
        "history": bool(feed.of(number, "contracts")),
    }
    return {name for name, there in checks.items() if not there}


def phone_of(account: dict[str, str]) -> str:
    if not account["main_phone"]:
        return ""
    parsed = phonenumbers.parse(account["main_phone"], account["country"])
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


@pytest.mark.parametrize(
    ("key", "reasons"),
    [
        ("rental_customer", set()),
        ("big_rental_customer", set()),
        ("unregistered", set()),
        ("unregistered_second", set()),
        ("stranger", set()),
        ("not_published", set()),
        ("no_payment_yet", set()),
        ("in_credit", set()),
        ("two_accounts", set()),
        ("united_kingdom", set()),
        ("canada", set()),
        ("not_ready_no_zip", {"zip"}),
        ("not_ready_no_email", {"email"}),
        ("not_ready_portal_off", {"portal"}),
        ("not_ready_no_history", {"history"}),
        ("not_ready_shared_phone", {"unique phone"}),
        ("not_ready_shared_phone_second", {"unique phone"}),
        ("not_ready_no_phone", {"phone"}),
        ("not_ready_no_owner", {"owner"}),
        ("cash_only", {"account type"}),
    ],
)
def test_each_role_lacks_exactly_what_it_is_there_to_show(harbourline, people, key, reasons):
    assert missing_for_access(harbourline, people[key]["account"]) == reasons


def test_orchard_has_a_customer_who_can_register_and_one_who_cannot(orchard, people):
    assert missing_for_access(orchard, people["orchard_customer"]["account"]) == set()
    assert missing_for_access(orchard, people["orchard_unregistered"]["account"]) == set()
    assert missing_for_access(orchard, people["orchard_portal_off"]["account"]) == {"portal"}


def test_rental_customer_has_one_partial_return_and_one_overdue_hire(harbourline):
    out = lines_out(harbourline, "10427")
    assert set(out) == {"R-77120", "R-77068"}
    assert any(int(line["quantity_returned"]) for line in out["R-77120"])
    due = {number: {line["due_back_at"][:10] for line in lines} for number, lines in out.items()}
    assert max(due["R-77068"]) < REFERENCE.isoformat()
    assert min(due["R-77120"]) > REFERENCE.isoformat()


def test_rental_customer_owes_something_in_every_ageing_bucket(harbourline):
    buckets: Counter[int] = Counter()
    for invoice in harbourline.of("10427", "invoices"):
        if Decimal(invoice["open_amount"]):
            age = (REFERENCE - date.fromisoformat(invoice["due_on"])).days
            buckets[min(4, -(-max(age, 0) // 30))] += 1
    assert set(buckets) == {0, 1, 2, 3, 4}
    kinds = Counter(row["kind"] for row in harbourline.of("10427", "ledger"))
    assert kinds["credit"] == kinds["fee"] == 1
    statuses = Counter(row["status"] for row in harbourline.of("10427", "contracts"))
    assert statuses["returned"] + statuses["closed"] == 24
    assert statuses["quote"] >= 3
    assert statuses["reservation"] == 2


def test_big_rental_customer_has_three_thousand_contracts(harbourline):
    contracts = harbourline.of("30205", "contracts")
    statuses = Counter(row["status"] for row in contracts if row["number"].startswith("R-"))
    assert sum(statuses.values()) == 3000
    assert statuses["active"] == 40
    assert 380 <= len(harbourline.of("30205", "ledger")) <= 420
    with_lines = {line["contract"] for line in harbourline["contract_lines"]}
    assert {row["number"] for row in contracts} <= with_lines


def test_balances_show_credit_and_a_customer_who_never_paid(harbourline):
    in_credit = harbourline.of("10471", "ledger")
    assert sum(Decimal(row["amount"]) for row in in_credit) < 0
    assert not harbourline.of("10440", "ledger")
    assert harbourline.of("10440", "contracts")


def test_two_accounts_have_the_same_owner(harbourline):
    owners = {
        row["person"]
        for number in ("20150", "20151")
        for row in harbourline.of(number, "account_contacts")
    }
    assert len(owners) == 1


def test_private_customers_hold_service_and_finance_contracts(harbourline):
    kinds = {
        number: Counter(row["kind"] for row in harbourline.of(number, "contracts"))
        for number in ("10502", "10503", "40352")
    }
    assert kinds["10502"] == {"service_contract": 3}
    assert kinds["10503"] == {"service_contract": 1}
    assert kinds["40352"] == {"finance": 1}
    vehicles = {row["asset"] for row in harbourline.of("10502", "contracts")}
    assert len(vehicles) == 2
