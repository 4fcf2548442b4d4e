"""What a good feed does to what is held already."""

import zipfile
from datetime import UTC, date, datetime

import pytest

from portal_app.core.actor import Actor
from portal_app.models import (
    Account,
    AccountContact,
    Contract,
    ContractLine,
    ContractPhase,
    LedgerEntry,
    Person,
    PortalAccess,
    Store,
)
from tests import factories as f
from tests.services.imports import feeding as feed

EVERYTHING = {
    "accounts": feed.ACCOUNT,
    "contracts": feed.CONTRACT,
    "contract_lines": feed.LINE,
    "invoices": feed.INVOICE,
    "ledger": feed.LEDGER,
    "people": "external_id,given_name,family_name\nP-1,Rosa,Lindqvist\nP-2,Ada,Crowe\n",
    "account_contacts": "external_id,account,person,role\nK-1,A-1,P-1,owner\n",
    "invoice_lines": "external_id,invoice,description,amount\nI-1-1,I-1,Scissor lift,1234.50\n",
    "stores": "external_id,name\nS-1,Dockside\n",
    "assets": "external_id,kind\nT-1,rental_item\n",
    "instalments": "external_id,contract,sequence,due_on,amount\nN-1,C-1,1,2026-12-01,99.50\n",
    "payment_methods": (
        "external_id,contract,kind,last4,exp_month,exp_year\nM-1,C-1,card,4242,12,2030\n"
    ),
    "households": "external_id,name\nH-1,Lindqvist family\n",
    "household_memberships": "external_id,household,person,role\nB-1,H-1,P-1,head\n",
    "grants": (
        "external_id,grantor,grantee,responsibility\nG-1,P-1,P-2,authorized_representative\n"
    ),
    "applications": "external_id,number,kind,rate,deposit\nM-1,MA-1,mortgage,6.125,82400.00\n",
    "application_parties": (
        "external_id,application,person,role\nM-1-1,M-1,P-1,primary_applicant\n"
    ),
}
STAMPED = "external_id,name,updated_at\nS-1,{},{}\n"


def test_every_type_goes_in_and_the_same_again_writes_nothing(any_db, tmp_path):
    first = feed.feed(tmp_path, **EVERYTHING)
    before = feed.contents()
    second = feed.load(tmp_path)
    assert (first.run.written, first.is_clean) == (18, True)
    assert (second.run.written, second.is_clean) == (0, True)
    assert all(
        feed.counts(second, name) == {"unchanged": 1 + (name == "people")} for name in EVERYTHING
    )
    assert feed.contents() == before
    assert f.fetch(Account).version == 1


def test_the_same_record_in_another_form_writes_nothing(db, tmp_path):
    feed.feed(tmp_path / "csv", accounts=feed.ACCOUNT)
    name = '"name": "Lindqvist Roofing"'
    line = f'{{"account_type": "account", {name}, "number": 101, "external_id": "A-1"}}'
    report = feed.feed(tmp_path / "json", accounts_jsonl=line)
    assert feed.counts(report, "accounts") == {"unchanged": 1}


@pytest.mark.parametrize("order", [sorted, lambda names: sorted(names, reverse=True)])
def test_records_refer_to_each_other_whatever_the_order_of_files_and_rows(db, tmp_path, order):
    more = {"accounts": "A-0,100,Zed,account\n", "ledger": "L-0,A-0,fee,1.00,2026-11-02\n"}
    path = tmp_path / "feed.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in order(EVERYTHING):
            header, *rows = (EVERYTHING[name] + more.get(name, "")).splitlines()
            archive.writestr(f"{name}.csv", "\n".join([header, *order(rows)]))
    report = feed.load(path)
    assert (report.is_clean, report.run.written) == (True, 20)


def test_references_are_found_in_the_portal_when_the_feed_lacks_them(db, tmp_path):
    feed.feed(tmp_path / "1", accounts=feed.ACCOUNT)
    assert feed.feed(tmp_path / "2", ledger=feed.LEDGER).is_clean
    assert f.fetch(LedgerEntry).account_id == f.fetch(Account).id


def test_a_record_of_another_brand_cannot_be_referred_to(any_db, tmp_path):
    other = Actor.system("tests", brand=f.brand(key="other", name="Other").id)
    feed.load(feed.write(tmp_path / "1", accounts=feed.ACCOUNT), actor=other)
    report = feed.feed(tmp_path / "2", ledger=feed.LEDGER)
    assert feed.refusals(report) == [("ledger.csv", 2, "account")]


def test_two_brands_may_use_the_same_ids(any_db, tmp_path):
    folder = feed.write(tmp_path, **EVERYTHING)
    other = Actor.system("tests", brand=f.brand(key="other", name="Other").id)
    assert feed.load(folder).is_clean
    assert feed.load(folder, actor=other).run.written == 18


@pytest.mark.requirement("S0-14")
def test_a_newer_record_is_shown_and_an_older_one_ignored(any_db, tmp_path):
    feed.feed(tmp_path / "1", stores=STAMPED.format("Monday", "2026-11-02T08:00:00Z"))
    newer = feed.feed(tmp_path / "2", stores=STAMPED.format("Tuesday", "2026-11-03T08:00:00Z"))
    assert feed.counts(newer, "stores") == {"changed": 1}
    older = feed.feed(tmp_path / "3", stores=STAMPED.format("Sunday", "2026-11-01T08:00:00-05:00"))
    assert feed.counts(older, "stores") == {"stale": 1}
    held = f.fetch(Store)
    assert (held.name, held.version) == ("Tuesday", 2)
    assert held.source_updated_at == datetime(2026, 11, 3, 8, tzinfo=UTC)
    assert held.synced_at is not None
    assert (held.source_system, held.external_id) == ("feed", "S-1")


def test_a_record_confirmed_later_is_unchanged_and_makes_older_ones_stale(db, tmp_path):
    feed.feed(tmp_path / "1", stores=STAMPED.format("Dock", "2026-11-02T08:00:00Z"))
    again = feed.feed(tmp_path / "2", stores=STAMPED.format("Dock", "2026-11-05T08:00:00Z"))
    assert (feed.counts(again, "stores"), again.run.written) == ({"unchanged": 1}, 0)
    older = feed.feed(tmp_path / "3", stores=STAMPED.format("Pier", "2026-11-04T08:00:00Z"))
    assert feed.counts(older, "stores") == {"stale": 1}
    assert f.fetch(Store).version == 1


@pytest.mark.requirement("S0-14")
def test_what_changed_in_the_portal_stays_until_the_master_says_something_new(any_db, tmp_path):
    stamped = "external_id,contract,description,quantity,quantity_returned,updated_at\n"
    line = stamped + "C-1-1,C-1,Lift,3,{},{}\n"
    basis = {"accounts": feed.ACCOUNT, "contracts": feed.CONTRACT}
    monday = line.format(0, "2026-11-02T08:00:00Z")
    feed.feed(tmp_path / "1", **basis, contract_lines=monday)
    _check_in(2)
    feed.feed(tmp_path / "2", contract_lines=monday)
    assert f.fetch(ContractLine).quantity_returned == 2
    feed.feed(tmp_path / "3", contract_lines=line.format(0, "2026-11-03T08:00:00Z"))
    assert f.fetch(ContractLine).quantity_returned == 0


def _check_in(quantity: int) -> None:
    from portal_app.models import database

    with database.writing_session() as session, session.begin():
        line = session.merge(f.fetch(ContractLine))
        line.quantity_returned = quantity


def test_an_empty_cell_keeps_what_is_held(db, tmp_path):
    header = "external_id,number,name,account_type,email,web_portal_enabled,currency\n"
    feed.feed(tmp_path / "1", accounts=f"{header}A-1,101,One,account,a@example.com,true,EUR\n")
    feed.feed(tmp_path / "2", accounts=f"{header}A-1,101,Two,account,,,\n")
    held = f.fetch(Account)
    assert (held.name, held.email, held.web_portal_enabled, held.currency) == (
        "Two", "a@example.com", True, "EUR"
    )  # fmt: skip


def test_a_feed_leaves_alone_what_belongs_to_the_portal(db, tmp_path):
    held = f.account(external_id="A-1", number="101", portal_access=PortalAccess.REGISTERED)
    feed.feed(tmp_path, accounts=feed.ACCOUNT)
    assert f.fetch(Account, id=held.id).portal_access is PortalAccess.REGISTERED


def test_deleted_ends_a_record_keeps_it_and_may_be_taken_back(any_db, tmp_path):
    feed.feed(tmp_path / "1", **EVERYTHING)
    ended = feed.feed(tmp_path / "2", ledger=_deleted(feed.LEDGER, "true"))
    assert feed.counts(ended, "ledger") == {"ended": 1}
    entry = f.fetch(LedgerEntry)
    assert (entry.ended_at is not None, entry.amount_minor) == (True, 123450)
    again = feed.feed(tmp_path / "3", ledger=_deleted(feed.LEDGER, "1"))
    assert feed.counts(again, "ledger") == {"unchanged": 1}
    back = feed.feed(tmp_path / "4", ledger=feed.LEDGER)
    assert feed.counts(back, "ledger") == {"changed": 1}
    assert f.fetch(LedgerEntry).ended_at is None


def _deleted(text: str, word: str) -> str:
    header, row = text.splitlines()
    return f"{header},deleted\n{row},{word}\n"


def test_deleting_what_is_not_there_or_names_nothing_else_is_no_fault(db, tmp_path):
    feed.feed(tmp_path / "1", accounts=feed.ACCOUNT)
    short = '{"external_id": "A-1", "deleted": true}\n{"external_id": "A-7", "deleted": "yes"}\n'
    report = feed.feed(tmp_path / "2", accounts_jsonl=short)
    assert feed.counts(report, "accounts") == {"ended": 1, "unchanged": 1}


@pytest.mark.requirement("S3-05")
def test_a_main_phone_is_held_as_written_and_in_the_form_that_is_compared(db, tmp_path):
    header = "external_id,number,name,account_type,main_phone,country\n"
    rows = (
        "A-1,1,One,account,(813) 555-1234,\n"
        "A-2,2,Two,account,0117 496 0123,GB\n"
        "A-3,3,Three,account,+49 30 123456,US\n"
    )
    assert feed.feed(tmp_path, accounts=header + rows).is_clean
    held = {row.external_id: (row.main_phone, row.main_phone_e164) for row in f.fetch_all(Account)}
    assert held == {
        "A-1": ("(813) 555-1234", "+18135551234"),
        "A-2": ("0117 496 0123", "+441174960123"),
        "A-3": ("+49 30 123456", "+4930123456"),
    }


@pytest.mark.requirement("S3-05")
@pytest.mark.parametrize("where", ["same feed", "portal", "dry run"])
def test_a_main_phone_on_two_accounts_is_accepted_with_a_warning(any_db, tmp_path, where):
    header = "external_id,number,name,account_type,main_phone\n"
    one, two = "A-1,101,One,account,(813) 555-1234\n", "A-2,102,Two,account,813-555-1234\n"
    if where == "portal":
        feed.feed(tmp_path / "1", accounts=header + one)
        one = ""
    report = feed.feed(tmp_path / "2", accounts=header + one + two)
    if where == "dry run":
        report = feed.load(tmp_path / "2", dry_run=True)
    warned = [one for one in report.refusals if one.is_warning]
    assert (report.is_clean, report.warnings) == (True, 1 if where == "portal" else 2)
    assert {one.field for one in warned} == {"main_phone"}
    assert "Account 101 has the same main phone" in warned[-1].sentence


def test_a_main_phone_that_moves_to_another_account_is_no_warning(db, tmp_path):
    header = "external_id,number,name,account_type,main_phone\n"
    first = "A-1,1,One,account,813-555-1234\nA-2,2,Two,account,813-555-9999\n"
    feed.feed(tmp_path / "1", accounts=header + first)
    swapped = "A-1,1,One,account,813-555-9999\nA-2,2,Two,account,813-555-1234\n"
    for dry_run in (True, False):
        report = feed.load(feed.write(tmp_path / "2", accounts=header + swapped), dry_run=dry_run)
        assert report.warnings == 0


def test_peoples_phones_follow_their_country(db, tmp_path):
    header = "external_id,given_name,family_name,mobile,phone,country\n"
    feed.feed(tmp_path, people=f"{header}P-1,A,B,07700 900123,0117 496 0123,gb\n")
    held = f.fetch(Person)
    assert (held.mobile_e164, held.phone_e164, held.country) == (
        "+447700900123", "+441174960123", "GB"
    )  # fmt: skip


def test_a_contract_gets_its_list_its_day_and_its_currency(db, tmp_path, clock):
    clock.at(2026, 11, 20, 12, 0)
    accounts = "external_id,number,name,account_type,currency\nA-1,1,One,account,GBP\n"
    header = "external_id,number,kind,status,account,purchased_on,starts_on\n"
    rows = (
        "C-1,R-1,rental,quote,A-1,2026-01-05,\n"
        "C-2,R-2,rental,past_due,A-1,2026-01-05,2026-02-06\n"
        "C-3,R-3,rental,returned,A-1,,\n"
    )
    feed.feed(tmp_path, accounts=accounts, contracts=header + rows)
    held = {row.external_id: row for row in f.fetch_all(Contract)}
    assert [(row.phase, row.listed_on, row.currency) for row in held.values()] == [
        (ContractPhase.QUOTE, date(2026, 1, 5), "GBP"),
        (ContractPhase.CURRENT, date(2026, 2, 6), "GBP"),
        (ContractPhase.ENDED, date(2026, 11, 20), "GBP"),
    ]
    clock.at(2026, 12, 24, 12, 0)
    feed.feed(tmp_path / "2", contracts=f"{header}C-3,R-3,rental,closed,A-1,,\n")
    assert f.fetch(Contract, external_id="C-3").listed_on == date(2026, 11, 20)


def test_amounts_follow_the_currency_of_the_account(db, tmp_path):
    accounts = "external_id,number,name,account_type,currency\nA-1,1,One,account,JPY\n"
    ledger = "external_id,account,kind,amount,effective_on\nL-1,A-1,payment,-1500,2026-11-02\n"
    assert feed.feed(tmp_path / "1", accounts=accounts, ledger=ledger).is_clean
    assert f.fetch(LedgerEntry).amount_minor == -1500
    report = feed.feed(tmp_path / "2", ledger=ledger.replace("-1500", "-15.00"))
    assert feed.refusals(report) == [("ledger.csv", 2, "amount")]
    assert "JPY" in report.refusals[0].sentence


def test_moments_are_kept_in_utc(db, tmp_path):
    header = "external_id,contract,description,quantity,out_at\n"
    line = f"{header}C-1-1,C-1,Lift,1,2026-11-20T07:30:00.25-05:00\n"
    feed.feed(tmp_path, accounts=feed.ACCOUNT, contracts=feed.CONTRACT, contract_lines=line)
    assert f.fetch(ContractLine).out_at == datetime(2026, 11, 20, 12, 30, 0, 250_000, tzinfo=UTC)


def test_a_role_that_ends_is_kept_with_its_day(db, tmp_path):
    contacts = "external_id,account,person,role,ends_on\nK-1,A-1,P-1,owner,2026-11-19\n"
    feed.feed(tmp_path, **{**EVERYTHING, "account_contacts": contacts})
    assert f.fetch(AccountContact).ends_on == date(2026, 11, 19)
