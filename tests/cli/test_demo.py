"""The demonstration, loaded as `make run` loads it."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from pyotp.totp import TOTP
from typer.testing import CliRunner

from portal_app.__main__ import app
from portal_app.cli import demo, demo_feed, demo_licence
from portal_app.core import clock as clock_module
from portal_app.core import settings as settings_module
from portal_app.core.actor import Actor, ActorKind
from portal_app.core.errors import NotAllowed, NotFound
from portal_app.models import (
    Account,
    Brand,
    CancellationRequest,
    Case,
    CaseState,
    CaseTemplate,
    Contract,
    HelpArticle,
    Invoice,
    PaymentAttempt,
    Person,
    PortalAccess,
    PortalSettings,
    PortalUser,
    StaffUser,
    SyncRefusal,
    SyncRun,
)
from portal_app.services import cases, licensing, payments
from portal_app.services import demo as demo_service
from tests import factories as f
from tests.conftest import SettableClock
from tests.people import database_at


@pytest.fixture(scope="module")
def prepared(sqlite_template, tmp_path_factory):
    """A database with the demo in it, its licence, and what was said while it was loaded."""
    folder = tmp_path_factory.mktemp("demo")
    said: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        _keep_the_licence_here(patch, folder)
        shutil.copy(sqlite_template, folder / "portal.db")
        address = f"sqlite:///{folder / 'portal.db'}"
        with clock_module.reading(SettableClock()), database_at(address):
            demo.load_once(said.append)
    settings_module.settings.cache_clear()
    return folder, said


def _keep_the_licence_here(patch: pytest.MonkeyPatch, folder: Path) -> None:
    patch.setattr(demo_licence, "FOLDER", folder / "licence")
    # So that what `use_licence` sets is put back.
    patch.setenv("PORTAL_LICENCE_FILE", "")
    patch.setenv("PORTAL_LICENCE_PUBLIC_KEYS", "{}")
    settings_module.settings.cache_clear()


@pytest.fixture
def loaded(prepared, db, clock, monkeypatch):
    """The demo, loaded, in a database of the test's own."""
    folder, said = prepared
    _keep_the_licence_here(monkeypatch, folder)
    db.dispose()
    shutil.copy(folder / "portal.db", db.url.database)
    demo_licence.use_licence()
    yield list(said)
    settings_module.settings.cache_clear()


def states() -> dict[str, PortalAccess]:
    return {account.number: account.portal_access for account in f.fetch_all(Account)}


def test_the_demo_is_what_its_guide_says(loaded, clock):
    assert loaded == [
        "Loading the demo people of Harbourline.",
        "Loading the demo people of Orchard & Vale.",
    ]
    assert [one for one in f.fetch_all(SyncRefusal) if not one.is_warning] == []
    assert {brand.key: brand.is_default for brand in f.fetch_all(Brand)} == {
        "harbourline": True,
        "orchard": False,
    }
    assert {one.role for one in f.fetch_all(StaffUser)} == {"agent", "manager", "admin"}
    now = states()
    people = {row["key"]: row["account"] for row in demo._people() if row["account"]}
    ready = {"unregistered", "unregistered_second", "orchard_unregistered"}
    assert {now[people[key]] for key in ready} == {PortalAccess.REGISTRABLE}
    assert now[people["not_published"]] is PortalAccess.READY_UNPUBLISHED
    for key, number in people.items():
        if key.startswith("not_ready") or key in {"cash_only", "orchard_portal_off"}:
            assert now[number] is PortalAccess.NOT_READY, key
    registered = ("rental_customer", "big_rental_customer", "stranger", "in_credit", "two_accounts")
    assert {now[people[key]] for key in registered} == {PortalAccess.REGISTERED}
    assert now["20151"] is PortalAccess.REGISTERED
    assert len(f.fetch_all(Contract, account_id=f.fetch(Account, number="30205").id)) >= 3000
    assert licensing.has_module("rental")


def test_its_days_end_today(loaded, clock):
    newest = max(invoice.issued_on for invoice in f.fetch_all(Invoice))
    assert 0 <= (clock.time.date() - newest).days < 7


def test_both_brands_have_words_of_their_own(loaded):
    for key, phone in (("harbourline", "(253) 555-0100"), ("orchard", "(541) 555-0100")):
        brand = f.fetch(Brand, key=key)
        assert f.fetch(PortalSettings, brand_id=brand.id).support_phone == phone
        articles = f.fetch_all(HelpArticle, brand_id=brand.id)
        audiences = [one.audience for one in articles if one.is_published]
        assert (audiences.count("consumer"), audiences.count("staff")) == (8, 4)
        assert not any("{" in one.answer for one in articles)


def test_a_second_start_changes_nothing(loaded, clock):
    counted = (Account, PortalUser, StaffUser, HelpArticle, SyncRun, Case, CaseTemplate)
    before = {model: len(f.fetch_all(model)) for model in counted}
    loaded.clear()
    clock.advance(days=3)
    demo.load_once(loaded.append)
    demo.load_all(loaded.append)
    assert loaded == []
    assert {model: len(f.fetch_all(model)) for model in counted} == before


def test_a_refresh_moves_its_days_on(loaded, clock, monkeypatch):
    orchard = [one for one in demo._brands() if one["key"] == "orchard"]
    monkeypatch.setattr(demo, "_brands", lambda: orchard)
    clock.advance(days=40)
    demo.load_all(loaded.append, refresh=True)
    brand = f.fetch(Brand, key="orchard")
    newest = max(one.issued_on for one in f.fetch_all(Invoice, brand_id=brand.id))
    assert 0 <= (clock.time.date() - newest).days < 7
    assert len(f.fetch_all(Brand)) == 2


def test_the_sign_ins_that_are_printed_count_now(loaded, clock):
    printed = demo.sign_ins()
    secret = "JBSWY3DPEHPK3PXPADMINHARBORDEMO4"
    assert f"code now {TOTP(secret).at(clock.time)}" in printed
    assert secret in printed
    assert "seven-quiet-herons-at-dusk" in printed
    assert "(253) 555-0142" in printed


def test_each_brands_sign_ins_are_printed_with_the_address_at_which_they_count(monkeypatch):
    settings = settings_module.Settings(port=8200)
    monkeypatch.setattr(demo, "settings", lambda: settings)
    first, _, second = demo.sign_ins().partition("Orchard & Vale, at ")
    assert first.startswith("Harbourline, at http://localhost:8200/sign-in\n")
    assert second.startswith("http://orchard.localhost:8200/sign-in\n")
    assert "agent@harbourline.example.com" in first
    assert "admin@orchardandvale.example.com" in second
    assert "Winifred Tsubota" in second
    public = settings_module.Settings(public_url="https://demo.example.com")
    monkeypatch.setattr(demo, "settings", lambda: public)
    assert "Harbourline, at https://demo.example.com/sign-in\n" in demo.sign_ins()
    assert "Orchard & Vale, at https://orchard.localhost/sign-in\n" in demo.sign_ins()


def test_the_demo_is_refused_in_production(db, monkeypatch):
    production = settings_module.Settings(env="production")
    for module in ("portal_app.cli.demo", "portal_app.services.demo.policy"):
        monkeypatch.setattr(f"{module}.settings", lambda: production)
    done = CliRunner().invoke(app, ["demo", "load"])
    assert (done.exit_code, "never loaded in production" in done.output) == (2, True)
    with pytest.raises(NotAllowed):
        demo_service.give_sign_in(
            Actor.system("demo", brand=f.brand().id),
            account="1",
            given_name="a",
            family_name="b",
            password_hash="x",
        )
    assert f.fetch_all(Account) == []


@pytest.mark.requirement("S1-14")
def test_cases_stand_in_every_state_and_a_household_sees_its_own(loaded):
    kept = f.fetch_all(Case)
    assert {one.state for one in kept} == set(CaseState)
    assert len({one.brand_id for one in kept}) == 2
    assert len(f.fetch_all(CaseTemplate)) == 2
    head = _head()
    seen = {one.subject: one for one in cases.cases_of(head).rows}
    assert len(seen) == 4
    assert seen["Juniper drives the second car from January"].consumer_name == "Juniper Aldous"
    assert seen["A copy of SD-41355 for the tax office"].opener_name == "Bettina Crowe"
    assert all(one.household_name == "Aldous household" for one in seen.values())
    (asked,) = cases.cases_of(head, view=cases.ListView.ACTION_NEEDED).rows
    assert cases.case_thread(head, number=asked.number).said[-1].title != ""


def test_nobody_acts_for_the_demos_people_but_the_demo(loaded):
    brand = f.fetch(Brand, key="harbourline").id
    system = Actor.system("demo", brand=brand)
    assert demo_service.stand_in(system, name="Petra Lindholm").is_staff
    with pytest.raises(NotFound):
        demo_service.stand_in(system, name="Nobody Known")
    with pytest.raises(NotAllowed):
        demo_service.stand_in(f.staff_actor("admin"), name="Petra Lindholm")


def test_nobody_but_the_portal_itself_gives_demo_sign_ins(db):
    with pytest.raises(NotAllowed):
        demo_service.give_sign_in(
            f.staff_actor("admin"), account="1", given_name="a", family_name="b", password_hash="x"
        )


def test_days_and_moments_move_and_birthdays_do_not(tmp_path):
    source = tmp_path / "feed"
    source.mkdir()
    (source / "reference_date.txt").write_text("2026-11-20\n")
    header = "external_id,number,date_of_birth,starts_on,out_at,web_portal_enabled\n"
    row = "A,7,1980-01-01,2026-11-19,2026-11-01T08:00:00-08:00,true\nB,8,,,,true\n"
    (source / "accounts.csv").write_text(header + row)
    with demo_feed.moved(source, to=date(2026, 12, 1), held_back={"8"}) as folder:
        assert (folder / "accounts.csv").read_text() == (
            header + "A,7,1980-01-01,2026-11-30,2026-11-12T08:00:00-08:00,true\nB,8,,,,false\n"
        )
    assert not Path(folder).exists()


def _head() -> Actor:
    person = f.fetch(Person, given_name="Margarethe", family_name="Aldous")
    user = f.fetch(PortalUser, person_id=person.id)
    return Actor(ActorKind.CONSUMER, user.id, person.id, person.name, person.brand_id)


def _standing(head: Actor) -> dict[str, tuple[str, list[str]]]:
    account = f.fetch(Account, number="10502")
    groups = payments.payments_overview(head, account=account.id)
    assert [len(group.contracts) for group in groups] == [2, 1]
    return {
        one.contract.number: (
            payments.contract_payments(head, contract=one.contract.id).status.value,
            [m.label for m in _methods(head, one.contract.id) if m.is_expired],
        )
        for group in groups
        for one in group.contracts
    }


def _methods(head: Actor, contract: str) -> tuple[payments.Method, ...]:
    return payments.contract_payments(head, contract=contract).methods


@pytest.mark.requirement("S0-18")
def test_head_of_household_has_every_case_of_payments_also_after_a_refresh(loaded, clock):
    head = _head()
    expected = {
        "SD-40118": ("active", ["Visa ending 4486"]),
        "SD-40119": ("past_due", ["Visa ending 4486"]),
        "SD-41207": ("pending_cancellation", []),
    }
    assert _standing(head) == expected
    contract = f.fetch(Contract, number="SD-40119")
    page = payments.contract_payments(head, contract=contract.id)
    assert page.missed is not None
    assert "expired" in page.missed.attempts[0].reason
    assert [one.label for one in page.choices] == ["Commencement Bank ending 6730"]
    assert [one.number for one in page.methods[0].elsewhere] == ["SD-40118"]
    before = f.fetch_all(PaymentAttempt)
    clock.advance(days=2)
    demo.load_all(lambda _line: None, refresh=True)
    assert _standing(head) == expected
    assert len(f.fetch_all(PaymentAttempt)) == len(before)
    assert len(f.fetch_all(CancellationRequest)) == 1
