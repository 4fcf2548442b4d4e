"""What a bad feed gets: each fault by file, line, field, value and what to do."""

import pytest

from portal_app.models import Account, ContractLine, LedgerEntry
from tests import factories as f
from tests.services.imports import feeding as feed

A = "external_id,number,name,account_type,main_phone,email,country,currency,timezone,store"
P = "external_id,given_name,family_name,email,mobile,date_of_birth,country,locale"
C = "external_id,number,kind,status,account,starts_on,ends_on,missed_payment_fee,currency"
L = "external_id,contract,description,quantity,quantity_returned,rate,rate_period,out_at"
E = "external_id,account,kind,amount,effective_on,contract,currency,updated_at,deleted"

GOOD = {"accounts": feed.ACCOUNT, "contracts": feed.CONTRACT}

FAULTS = [
    # file, header, row, the field at fault, and a part of the sentence
    ("accounts", A, ",101,Acme,account,,,,,,", "external_id", "Give every row"),
    ("accounts", A, f"{'x' * 81},101,Acme,account,,,,,,", "external_id", "Shorten it to 80"),
    ("accounts", A, "A-1,,Acme,account,,,,,,", "number", "Fill it in"),
    ("accounts", A, "A-1,101,Acme,prepaid,,,,,,", "account_type", "account, cash_only"),
    ("accounts", A, "A-1,101,Acme,account,call us,,,,,", "main_phone", "not a telephone number"),
    ("accounts", A, "A-1,101,Acme,account,,nobody,,,,", "email", "office@example.com"),
    ("accounts", A, "A-1,101,Acme,account,,,USA,,,", "country", "two letters"),
    ("accounts", A, "A-1,101,Acme,account,,,,US$,,", "currency", "three letters"),
    ("accounts", A, "A-1,101,Acme,account,,,,,Mars/Base,", "timezone", "IANA"),
    ("accounts", A, "A-1,101,Acme,account,,,,,,S-9", "store", "no such record in stores"),
    ("accounts", A, f"A-1,101,{'x' * 161},account,,,,,,", "name", "Shorten it to 160"),
    ("accounts", A, "A-1,101,Ac\x07me,account,,,,,,", "name", "do not print"),
    ("accounts", A, "A-1,101,Acme,account", "", "4 cells here and 10 columns"),
    ("accounts", A, "A-1,101,Acme,account,,,,,,,", "", "11 cells here and 10 columns"),
    ("accounts", A, 'A-1,101,"Acme" Inc,account,,,,,,', "", "quotation marks"),
    ("people", P, "P-1,Rosa,,,,,,", "family_name", "Fill it in"),
    ("people", P, "P-1,Rosa,Lind,,555,,,", "mobile", "not a telephone number in US"),
    ("people", P, "P-1,Rosa,Lind,,,2099-01-01,,", "date_of_birth", "has not come yet"),
    ("people", P, "P-1,Rosa,Lind,,,1026-01-01,,", "date_of_birth", "between 1900 and 2199"),
    ("people", P, "P-1,Rosa,Lind,,,,,english", "locale", "such as en"),
    ("contracts", C, "C-9,R-9,rental,open,A-1,,,,", "status", "quote, reservation, active"),
    ("contracts", C, "C-9,R-9,rental,active,A-7,,,,", "account", "no such record in accounts"),
    ("contracts", C, "C-9,R-9,rental,active,A-1,2026-02-30,,,", "starts_on", "no such day"),
    ("contracts", C, "C-9,R-9,rental,active,A-1,11/20/2026,,,", "starts_on", "YYYY-MM-DD"),
    ("contracts", C, "C-9,R-9,rental,active,A-1,20261120,,,", "starts_on", "YYYY-MM-DD"),
    ("contracts", C, "C-9,R-9,rental,active,A-1,2026-02-02,2026-02-01,,", "ends_on", "before"),
    ("contracts", C, "C-9,R-9,rental,active,A-1,,,-1.00,", "missed_payment_fee", "less than 0"),
    ("contracts", C, "C-9,R-9,rental,active,A-1,,,,EUR", "currency", "kept in USD"),
    ("contract_lines", L, "C-1-2,C-1,Lift,-1,,,,", "quantity", "less than 0"),
    ("contract_lines", L, "C-1-2,C-1,Lift,1.5,,,,", "quantity", "whole number"),
    ("contract_lines", L, "C-1-2,C-1,Lift,9999999999,,,,", "quantity", "nine digits"),
    ("contract_lines", L, "C-1-2,C-1,Lift,1,2,,,", "quantity_returned", "2 came back of 1"),
    ("contract_lines", L, 'C-1-2,C-1,Lift,1,,"1,50",,', "rate", "such as 1234.50"),
    ("contract_lines", L, "C-1-2,C-1,Lift,1,,,hour,", "rate_period", "day, week, month, flat"),
    ("contract_lines", L, "C-1-2,C-1,Lift,1,,,,2026-11-20 10:00", "out_at", "Add the offset"),
    ("contract_lines", L, "C-1-2,C-1,Lift,1,,,,2026-11-20T10:00:00", "out_at", "Add the offset"),
    ("contract_lines", L, "C-1-2,C-1,Lift,1,,,,2026-02-30T10:00:00Z", "out_at", "no such moment"),
    ("contract_lines", L, "C-1-2,C-1,Lift,1,,,,yesterday", "out_at", "2026-11-20T15:00:00Z"),
    ("contract_lines", L, "C-1-2,C-7,Lift,1,,,,", "contract", "no such record in contracts"),
    ("ledger", E, "L-9,A-1,charge,12.345,2026-11-20,,,,", "amount", "such as 1234.50"),
    ("ledger", E, "L-9,A-1,charge,NaN,2026-11-20,,,,", "amount", "such as 1234.50"),
    ("ledger", E, "L-9,A-1,charge,1e3,2026-11-20,,,,", "amount", "such as 1234.50"),
    ("ledger", E, "L-9,A-1,charge,$12,2026-11-20,,,,", "amount", "such as 1234.50"),
    ("ledger", E, "L-9,A-1,charge,9999999999999,2026-11-20,,,,", "amount", "such as 1234.50"),
    ("ledger", E, "L-9,A-1,tip,1,2026-11-20,,,,", "kind", "opening, charge, payment"),
    ("ledger", E, "L-9,A-1,charge,1,2026-11-20,,EUR,,", "currency", "kept in USD"),
    ("ledger", E, "L-9,A-1,charge,1,2026-11-20,,,soon,", "updated_at", "2026-11-20T15:00:00Z"),
    ("ledger", E, "L-9,A-1,charge,1,2026-11-20,,,2026-11-20T15:00:00,", "updated_at", "offset"),
    ("ledger", E, "L-9,A-1,charge,1,2026-11-20,,,,maybe", "deleted", "true or false"),
]


@pytest.mark.parametrize(
    ("file", "header", "row", "field", "sentence"),
    FAULTS,
    ids=[f"{one[0]}-{one[3]}-{one[4]}" for one in FAULTS],
)
def test_a_row_that_cannot_be_read_is_refused_with_what_to_do(
    db, tmp_path, file, header, row, field, sentence
):
    feed.load(feed.write(tmp_path / "good", **GOOD))
    before = feed.contents()
    report = feed.feed(tmp_path / "bad", **{file: f"{header}\n{row}\n"})
    refused = [one for one in report.refusals if not one.is_warning]
    assert [(one.file, one.line, one.field) for one in refused] == [(f"{file}.csv", 2, field)]
    assert sentence in refused[0].sentence
    assert refused[0].sentence.endswith((".", "…Z."))
    assert feed.counts(report, file) == {"refused": 1}
    assert not report.is_clean
    assert feed.contents() == before


def test_a_refused_row_keeps_nobody_else_out(db, tmp_path):
    rows = "\n".join(f"L-{n},A-1,charge,{'x' if n == 3 else n},2026-11-02" for n in range(1, 6))
    ledger = f"external_id,account,kind,amount,effective_on\n{rows}\n"
    report = feed.feed(tmp_path, accounts=feed.ACCOUNT, ledger=ledger)
    assert feed.refusals(report) == [("ledger.csv", 4, "amount")]
    assert sorted(row.external_id for row in f.fetch_all(LedgerEntry)) == [
        "L-1",
        "L-2",
        "L-4",
        "L-5",
    ]


def test_every_faulty_cell_of_a_row_is_named_and_the_row_counted_once(db, tmp_path):
    report = feed.feed(tmp_path, people=f"{P}\nP-1,Rosa,Lind,nobody,call me,2026-13-01,XX,en\n")
    assert [field for _, _, field in feed.refusals(report)] == [
        "email", "mobile", "country", "date_of_birth"
    ]  # fmt: skip
    assert feed.counts(report, "people") == {"refused": 1}


def test_the_same_external_id_twice_in_a_file_goes_in_once(db, tmp_path):
    twice = f"{feed.ACCOUNT}A-1,102,Another,account\n"
    report = feed.feed(tmp_path, accounts=twice)
    assert feed.refusals(report) == [("accounts.csv", 3, "external_id")]
    assert "Line 2 has this external_id already" in report.refusals[0].sentence
    assert f.fetch(Account).name == "Lindqvist Roofing"


def test_the_same_id_twice_is_noticed_across_batches(db, tmp_path, monkeypatch):
    monkeypatch.setattr("portal_app.services.imports.commands.feeds._BATCH", 2)
    rows = "".join(f"A-{n},{n},Acme,account\n" for n in (1, 2, 3, 4, 1))
    report = feed.feed(tmp_path, accounts=f"external_id,number,name,account_type\n{rows}")
    assert feed.refusals(report) == [("accounts.csv", 6, "external_id")]


def test_a_number_that_another_record_has_is_refused(any_db, tmp_path):
    report = feed.feed(tmp_path / "1", accounts=f"{feed.ACCOUNT}A-2,101,Another,account\n")
    assert feed.refusals(report) == [("accounts.csv", 3, "number")]
    assert "A-1 has this number already" in report.refusals[0].sentence
    second = feed.ACCOUNT.replace("A-1", "A-3")
    assert feed.refusals(feed.feed(tmp_path / "2", accounts=second)) == [
        ("accounts.csv", 2, "number")
    ]


def test_a_number_that_is_given_up_may_be_taken_in_the_same_feed(any_db, tmp_path):
    head = "external_id,number,name,account_type\n"
    feed.feed(tmp_path / "1", accounts=f"{head}A-1,101,One,account\n")
    later = f"{head}A-1,102,One,account\nA-2,101,Two,account\n"
    assert feed.feed(tmp_path / "2", accounts=later).is_clean
    assert f.fetch(Account, external_id="A-2").number == "101"


def test_a_contract_of_another_account_is_refused(db, tmp_path):
    accounts = f"{feed.ACCOUNT}A-2,102,Another,account\n"
    header = "external_id,account,contract,kind,amount,effective_on"
    ledger = f"{header}\nL-1,A-2,C-1,charge,1.00,2026-11-02\n"
    report = feed.feed(tmp_path, accounts=accounts, contracts=feed.CONTRACT, ledger=ledger)
    assert feed.refusals(report) == [("ledger.csv", 2, "contract")]


def test_the_currency_of_an_account_with_amounts_stays(db, tmp_path):
    with_currency = feed.ACCOUNT.replace("type", "type,currency").replace(
        ",account\n", ",account,{}\n"
    )
    feed.feed(tmp_path / "1", accounts=with_currency.format("EUR"))
    # Nothing is in euros yet.
    assert feed.feed(tmp_path / "2", accounts=with_currency.format("GBP")).is_clean
    feed.feed(tmp_path / "3", ledger=feed.LEDGER)
    report = feed.feed(tmp_path / "4", accounts=with_currency.format("USD"))
    assert feed.refusals(report) == [("accounts.csv", 2, "currency")]
    assert f.fetch(Account).currency == "GBP"


def test_a_line_cannot_come_back_more_often_than_it_is_held_to_have_gone_out(db, tmp_path):
    good = {"accounts": feed.ACCOUNT, "contracts": feed.CONTRACT}
    feed.feed(tmp_path / "1", **good, contract_lines=feed.LINE.replace("3,1", "3,3"))
    fewer = "external_id,contract,description,quantity\nC-1-1,C-1,Scissor lift,2\n"
    report = feed.feed(tmp_path / "2", contract_lines=fewer)
    assert feed.refusals(report) == [("contract_lines.csv", 2, "quantity_returned")]
    assert f.fetch(ContractLine).quantity == 3


def test_personal_values_are_shortened_in_the_report(db, tmp_path):
    row = "P-1,Rosa,Lind,rosa.lindqvist(at)example.com,813555012345678,,,"
    report = feed.feed(tmp_path, people=f"{P}\n{row}\n")
    assert {one.field: one.value for one in report.refusals} == {"email": "ros…", "mobile": "813…"}


def test_other_values_are_shown_up_to_sixty_letters(db, tmp_path):
    report = feed.feed(tmp_path, contracts=f"{C}\nC-9,R-9,rental,{'z' * 90},A-1,,,,\n")
    shown = next(one.value for one in report.refusals if one.field == "status")
    assert shown == "z" * 59 + "…"


def test_refusals_beyond_ten_thousand_are_counted_and_not_kept(db, tmp_path, monkeypatch):
    monkeypatch.setattr("portal_app.services.imports.commands.tally.MOST_REFUSALS_KEPT", 50)
    rows = "".join(f"A-{n},{n},Acme,prepaid\n" for n in range(70))
    report = feed.feed(tmp_path, accounts=f"external_id,number,name,account_type\n{rows}")
    assert (len(report.refusals), report.not_kept, report.run.refused) == (50, 20, 70)
