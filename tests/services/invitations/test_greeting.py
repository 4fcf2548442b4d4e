"""Writing to the holders of new contracts by itself (S0-07)."""

from datetime import date, timedelta

import pytest

from portal_app import models as m
from portal_app.core.actor import Actor, Role
from portal_app.core.errors import Invalid, NotFound
from portal_app.jobs.catalogue import JOBS
from portal_app.jobs.worker import Worker
from portal_app.services import branding, invitations
from tests import factories as f
from tests.services.access.customers import change
from tests.services.imports import feeding as feed
from tests.services.invitations.world import (
    activated,
    covered,
    letters,
    newest_token,
    service,
    settle,
)

CUTOVER = date(2026, 11, 16)
ADDED = "invitation.contract_added"
ACCOUNTS = (
    "external_id,number,name,account_type,web_portal_enabled\n"
    "A-1,101,Acme,account,true\nA-2,102,Bell,account,true\nA-3,103,Cole,account,true\n"
)
PEOPLE = (
    "external_id,given_name,family_name,email\n"
    "P-1,Ada,Ost,ada@example.com\nP-2,Ben,Ode,ben@example.com\nP-3,Cyd,Orr,cyd@example.com\n"
)
CONTRACTS = (
    "external_id,number,kind,status,account,holder,purchased_on,starts_on\n"
    "C-15,SD-15,service_contract,active,A-1,P-1,2026-11-15,2026-11-15\n"
    "C-16,SD-16,service_contract,active,A-2,P-2,2026-11-16,2026-11-16\n"
    "C-17,SD-17,finance,active,A-3,P-3,2026-11-17,2026-11-17\n"
)
FEED = {"accounts": ACCOUNTS, "people": PEOPLE, "contracts": CONTRACTS}


def cut_over(on=CUTOVER):
    settings = f.fetch(m.PortalSettings, brand_id=f.brand().id)
    change(settings, cutover_date=on)


def greet():
    return invitations.greet_holders(Actor.system("greet_holders", brand=f.brand().id))


def run_jobs():
    """Run what imports have left to do; letters stay where they are."""
    Worker({"greet_holders": JOBS["greet_holders"]}).run_due()


@pytest.mark.requirement("S0-07")
def test_of_15_16_and_17_november_the_last_two_are_invited(any_db, clock, tmp_path):
    cut_over()
    feed.feed(tmp_path, **FEED)
    run_jobs()
    assert sorted(letter.recipient for letter in letters()) == [
        "ben@example.com", "cyd@example.com",
    ]  # fmt: skip
    assert "SD-16" in letters(recipient="ben@example.com")[0].text
    assert "finance agreement SD-17" in letters(recipient="cyd@example.com")[0].text
    # The same feed, a changed one, and a publication send nothing more.
    feed.feed(tmp_path, **FEED)
    feed.feed(tmp_path, **FEED | {"contracts": CONTRACTS.replace("active", "past_due")})
    run_jobs()
    assert len(letters()) == 2
    clock.advance(days=30)
    feed.feed(tmp_path, **FEED)
    run_jobs()
    assert len(letters()) == 2


@pytest.mark.requirement("S0-07")
def test_without_a_cut_over_date_nobody_is_written_to(any_db, clock, tmp_path):
    feed.feed(tmp_path, **FEED)
    run_jobs()
    assert letters() == []
    assert f.fetch_all(m.ContractGreeting) == []


@pytest.mark.requirement("S0-07")
def test_a_holder_who_signs_in_already_is_told_of_the_contract_instead(any_db, clock, limiter):
    cover = covered()
    cut_over()
    assert greet().invited == 1
    activated(newest_token(), limiter)
    added = service(cover.account, cover.holder, number="SD-NEW")
    settle(cover.account)
    greeted = greet()
    assert (greeted.invited, greeted.told) == (0, 1)
    (letter,) = letters(ADDED)
    assert "service contract SD-NEW" in letter.text
    (notice,) = f.fetch_all(m.Notification, person_id=cover.holder.id)
    assert notice.link == f"/contracts/{added.id}"
    assert len(letters()) == 1
    assert len(f.fetch_all(m.PortalUser, person_id=cover.holder.id)) == 1
    assert greet().told == 0


@pytest.mark.requirement("S0-07")
def test_a_holder_of_two_new_contracts_gets_one_letter(any_db, clock):
    cover = covered()
    service(cover.account, cover.holder, number="SD-SECOND")
    cut_over()
    assert greet().invited == 1
    (letter,) = letters()
    assert "and 1 more contract" in letter.text
    assert len(f.fetch_all(m.ContractGreeting)) == 2


def test_whoever_has_a_live_link_is_not_sent_another_for_a_further_contract(any_db, clock):
    cover = covered()
    cover.invite()
    cut_over()
    assert greet().invited == 0
    assert [row.kind for row in f.fetch_all(m.ContractGreeting)] == [m.GreetingKind.COVERED]
    clock.advance(days=30)
    assert greet().invited == 0
    service(cover.account, cover.holder, number="SD-LATER")
    assert greet().invited == 1


@pytest.mark.parametrize(
    "values",
    [
        {"kind": m.ContractKind.RENTAL},
        {"status": m.ContractStatus.CANCELLED},
        {"status": m.ContractStatus.QUOTE},
        {"purchased_on": None},
        {"purchased_on": CUTOVER - timedelta(days=1)},
    ],
)
def test_other_contracts_are_not_written_about(any_db, clock, values):
    cover = covered()
    change(cover.contract, purchased_on=CUTOVER - timedelta(days=90))
    service(cover.account, cover.holder, number="SD-X", **values)
    cut_over()
    greeted = greet()
    assert (greeted.invited, greeted.told, letters()) == (0, 0, [])


@pytest.mark.parametrize(
    ("row", "lacking", "present"),
    [
        ("holder", {"email": ""}, {"email": "late@example.com"}),
        ("account", {"web_portal_enabled": False}, {"web_portal_enabled": True}),
        ("account", {"account_type": m.AccountType.CASH_ONLY}, {"account_type": "account"}),
    ],
)
def test_who_cannot_be_written_to_yet_is_written_to_once_they_can(
    any_db, clock, row, lacking, present
):
    cover = covered()
    cut_over()
    change(getattr(cover, row), **lacking)
    assert greet().invited == 0
    assert f.fetch_all(m.ContractGreeting) == []
    change(getattr(cover, row), **present)
    assert greet().invited == 1


def test_a_closed_portal_invites_nobody_until_it_opens(any_db, clock):
    covered()
    cut_over()
    settings = f.fetch(m.PortalSettings, brand_id=f.brand().id)
    change(settings, is_open=False)
    assert greet().invited == 0
    change(settings, is_open=True)
    assert greet().invited == 1


def test_more_holders_than_one_batch_holds_are_all_written_to(db, clock, monkeypatch):
    monkeypatch.setattr("portal_app.services.invitations.commands.greeting.BATCH", 2)
    for _ in range(5):
        covered()
    cut_over()
    assert greet().invited == 5
    assert len({letter.recipient for letter in letters()}) == 5


def test_each_brand_has_its_own_day(any_db, clock):
    elsewhere = f.brand(key="orchard", name="Orchard")
    covered(brand_id=elsewhere.id)
    covered()
    cut_over()
    assert greet().invited == 1
    there = Actor.system("greet_holders", brand=elsewhere.id)
    assert invitations.greet_holders(there).invited == 0


def test_only_the_portal_itself_greets(db, clock):
    for who in (f.staff_actor(Role.ADMIN), f.consumer_actor(f.account())):
        with pytest.raises(NotFound):
            invitations.greet_holders(who)
        with pytest.raises(NotFound):
            invitations.expire_invitations(who)


@pytest.mark.requirement("S0-07")
def test_an_admin_sets_the_day_and_takes_it_back(any_db, clock):
    admin = f.staff_actor(Role.ADMIN)

    def save(value, key):
        version = branding.settings_of(admin, brand=admin.brand).version
        changes = {"cutover_date": value}
        return branding.update_settings(admin, changes=changes, version=version, key=key)

    save("2026-11-16", "one")
    assert branding.settings_of(admin, brand=admin.brand).cutover_date == CUTOVER
    for junk in ("16 November", "2026-02-30", "2026-11-16T00:00"):
        with pytest.raises(Invalid) as refused:
            save(junk, "junk")
        assert set(refused.value.fields) == {"cutover_date"}
    save("", "two")
    assert branding.settings_of(admin, brand=admin.brand).cutover_date is None
