"""The demo's feed keeps to the published format and adds up."""

from collections import Counter, defaultdict
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import phonenumbers

from demo.make_feed import make_feeds

DEMO = Path(__file__).parents[2] / "demo"
FEEDS = ["feed", "feed_orchard"]
REFERENCE = date(2026, 11, 20)

# The published format: required fields first, then the optional ones.
FORMAT = {
    "people": (
        "external_id given_name family_name",
        "email mobile phone address_line1 address_line2 city region postal_code country"
        " date_of_birth locale timezone",
    ),
    "accounts": (
        "external_id number name account_type",
        "main_phone email postal_code country currency timezone web_portal_enabled store",
    ),
    "account_contacts": ("external_id account person role", "starts_on ends_on"),
    "stores": ("external_id name", "email phone address timezone"),
    "assets": (
        "external_id kind",
        "description make model variant fuel colour doors transmission engine_size mileage"
        " registration vin serial",
    ),
    "contracts": (
        "external_id number kind status account",
        "holder store asset purchased_on starts_on ends_on po_number missed_payment_fee currency",
    ),
    "contract_lines": (
        "external_id contract description quantity",
        "asset quantity_returned rate rate_period out_at due_back_at site",
    ),
    "invoices": (
        "external_id number account issued_on total",
        "contract due_on open_amount currency",
    ),
    "invoice_lines": ("external_id invoice description amount", "quantity unit_price"),
    "instalments": (
        "external_id contract sequence due_on amount",
        "state fee retry_on",
    ),
    "payment_methods": (
        "external_id contract kind last4",
        "brand exp_month exp_year holder gateway_token is_default",
    ),
    "ledger": (
        "external_id account kind amount effective_on",
        "contract reference method_label",
    ),
    "households": ("external_id name", "address timezone"),
    "household_memberships": (
        "external_id household person role",
        "relationship starts_on ends_on is_primary",
    ),
    "grants": ("external_id grantor grantee responsibility", "starts_on ends_on"),
    "applications": (
        "external_id number kind",
        "stage account asset finance_type rate term_months total_cash_price deposit part_exchange"
        " cash settlement balance_to_finance registration_fee balloon currency",
    ),
    "application_parties": ("external_id application person role", ""),
}
# Only where there are agreements that are paid by a schedule, or families.
SELDOM = {
    "instalments", "payment_methods", "households", "household_memberships", "grants",
    "applications", "application_parties",
}  # fmt: skip
WORDS = {
    ("accounts", "account_type"): "account cash_only",
    ("accounts", "web_portal_enabled"): "true false",
    ("account_contacts", "role"): "owner authorised billing",
    ("assets", "kind"): "vehicle rental_item product",
    ("contracts", "kind"): "service_contract rental finance",
    ("contracts", "status"): "quote reservation active past_due pending_cancellation cancelled"
    " returned closed expired",
    ("contract_lines", "rate_period"): "day week month flat",
    ("instalments", "state"): "paid",
    ("payment_methods", "kind"): "card bank_account",
    ("payment_methods", "is_default"): "true false",
    ("household_memberships", "role"): "head member",
    ("household_memberships", "is_primary"): "true false",
    ("grants", "responsibility"): "authorized_representative",
    ("application_parties", "role"): "primary_applicant applicant guarantor other",
    ("ledger", "kind"): "opening charge payment fee credit refund",
}
REFERENCES = {
    "account": "accounts",
    "person": "people",
    "holder": "people",
    "store": "stores",
    "asset": "assets",
    "contract": "contracts",
    "invoice": "invoices",
    "household": "households",
    "grantor": "people",
    "grantee": "people",
    "application": "applications",
}
OUT = {"active", "past_due"}


def test_headers_are_the_published_fields_and_required_cells_are_filled(feed):
    assert set(feed) | SELDOM == set(FORMAT)
    for record, (required, optional) in FORMAT.items():
        if record in SELDOM and record not in feed:
            continue
        assert feed[record], record
        assert set(feed[record][0]) == set(f"{required} {optional}".split()), record
        for row in feed[record]:
            assert all(row[name] for name in required.split()), (record, row)


def test_ids_are_unique_in_each_feed_and_never_shared_between_brands(harbourline, orchard):
    for record in set(FORMAT) - SELDOM:
        ids = [row["external_id"] for row in harbourline[record] + orchard[record]]
        assert len(ids) == len(set(ids)), record


def test_every_reference_leads_to_a_record(feed):
    ids = {record: {row["external_id"] for row in rows} for record, rows in feed.items()}
    for record, rows in feed.items():
        for row in rows:
            for column, target in REFERENCES.items():
                if (record, column) == ("payment_methods", "holder"):
                    continue  # the name on the card, and nobody's id
                assert not row.get(column) or row[column] in ids[target], (record, column, row)


def test_enumerated_cells_hold_only_known_words(feed):
    for (record, column), words in WORDS.items():
        assert {row[column] for row in feed.get(record, ()) if row[column]} <= set(words.split())


def test_dates_moments_and_quantities_are_possible(feed):
    for contract in feed["contracts"]:
        assert date.fromisoformat(contract["starts_on"]) < date.fromisoformat(contract["ends_on"])
    for line in feed["contract_lines"]:
        assert 0 <= int(line["quantity_returned"]) <= int(line["quantity"])
        if line["out_at"]:
            out, back = (datetime.fromisoformat(line[name]) for name in ("out_at", "due_back_at"))
            assert out.tzinfo
            assert out < back
    for invoice in feed["invoices"]:
        assert invoice["issued_on"] <= REFERENCE.isoformat()
        assert invoice["issued_on"] <= invoice["due_on"]
    assert all(entry["effective_on"] <= REFERENCE.isoformat() for entry in feed["ledger"])


def test_what_is_out_or_back_agrees_with_the_contracts_status(feed):
    status = {row["number"]: row["status"] for row in feed["contracts"] if row["kind"] == "rental"}
    for line in feed["contract_lines"]:
        all_back = line["quantity"] == line["quantity_returned"]
        if line["contract"] in status:
            assert all_back == (status[line["contract"]] in {"returned", "closed"}), line
    begins = {row["number"]: row["starts_on"] for row in feed["contracts"]}
    for number, word in status.items():
        if word in {"quote", "reservation"}:
            assert begins[number] > REFERENCE.isoformat()
        elif word in OUT:
            assert begins[number] <= REFERENCE.isoformat()


def test_a_numbered_machine_is_on_one_contract_at_a_time(feed):
    numbered = {row["external_id"] for row in feed["assets"] if row["serial"] or row["vin"]}
    spans = defaultdict(list)
    for line in feed["contract_lines"]:
        if line["asset"] in numbered and line["out_at"]:
            out, back = (datetime.fromisoformat(line[name]) for name in ("out_at", "due_back_at"))
            spans[line["asset"]].append((out, back))
            assert line["quantity"] == "1"
    assert spans
    for times in spans.values():
        times.sort()
        assert all(one[1] < two[0] for one, two in pairwise(times))


def test_invoice_lines_add_up_to_the_invoice(feed):
    sums: Counter[str] = Counter()
    for line in feed["invoice_lines"]:
        assert Decimal(line["quantity"]) * Decimal(line["unit_price"]) == Decimal(line["amount"])
        sums[line["invoice"]] += Decimal(line["amount"])
    assert sums == {row["number"]: Decimal(row["total"]) for row in feed["invoices"]}


def test_every_invoice_is_charged_once_in_its_accounts_ledger(feed):
    columns = ("reference", "account", "contract", "amount", "effective_on")
    charges = [tuple(row[c] for c in columns) for row in feed["ledger"] if row["kind"] == "charge"]
    columns = ("number", "account", "contract", "total", "issued_on")
    assert sorted(charges) == sorted(tuple(row[c] for c in columns) for row in feed["invoices"])
    others = {row["reference"] for row in feed["ledger"] if row["kind"] != "charge"}
    assert not others & {row["number"] for row in feed["invoices"]}


def test_signs_follow_the_kind_of_entry(feed):
    for entry in feed["ledger"]:
        lowers = entry["kind"] in {"payment", "credit"}
        assert (Decimal(entry["amount"]) < 0) == lowers, entry
        assert bool(entry["method_label"]) == (entry["kind"] in {"payment", "refund"}), entry


def test_open_amounts_are_what_clearing_the_oldest_debits_first_leaves(feed):
    for account in feed["accounts"]:
        entries = feed.of(account["number"], "ledger")
        debits = sorted(
            (row["effective_on"], row["reference"], Decimal(row["amount"]))
            for row in entries
            if not row["amount"].startswith("-")
        )
        assert len({day for day, _, _ in debits}) == len(debits), "two debits on a day: no oldest"
        left = -sum(Decimal(row["amount"]) for row in entries if row["amount"].startswith("-"))
        still_open = {}
        for _, reference, amount in debits:
            cleared = min(left, amount)
            left -= cleared
            still_open[reference] = amount - cleared
        for invoice in feed.of(account["number"], "invoices"):
            assert Decimal(invoice["open_amount"]) == still_open[invoice["number"]], invoice


def test_one_contract_names_no_store_and_its_account_does(harbourline):
    without = [row for row in harbourline["contracts"] if not row["store"]]
    assert [(row["number"], row["status"]) for row in without] == [("R-76982", "active")]
    stores = {row["external_id"]: row["store"] for row in harbourline["accounts"]}
    assert stores[without[0]["account"]]


def test_an_account_has_one_currency(feed):
    currency = {row["external_id"]: row["currency"] for row in feed["accounts"]}
    for row in [*feed["contracts"], *feed["invoices"]]:
        assert row["currency"] in {"", currency[row["account"]]}


def test_phones_are_valid_and_addresses_belong_to_nobody(feed):
    for row in [*feed["people"], *feed["accounts"], *feed["stores"]]:
        for column in ("main_phone", "phone", "mobile"):
            if row.get(column):
                region = row.get("country", "US")
                number = phonenumbers.parse(row[column], region)
                assert phonenumbers.is_valid_number_for_region(number, region), row
                national = str(number.national_number)
                assert national[3:8] == "55501" or national.startswith("1174960"), row
        if row.get("email"):
            domain = row["email"].partition("@")[2]
            assert domain.split(".")[-2:] in [["example", top] for top in ("com", "net", "org")]


def test_the_feeds_stay_small():
    sizes = [path.stat().st_size for folder in FEEDS for path in (DEMO / folder).glob("*.csv")]
    assert sum(sizes) < 2_000_000


def test_making_the_feed_again_gives_the_same_bytes(tmp_path: Path):
    make_feeds(tmp_path)
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.*")}
    kept = {path: (DEMO / path).read_bytes() for path in made}
    assert made == kept
    for folder in FEEDS:
        assert set((DEMO / folder).iterdir()) == {DEMO / p for p in made if p.parts[0] == folder}
        assert (DEMO / folder / "reference_date.txt").read_text() == f"{REFERENCE}\n"
