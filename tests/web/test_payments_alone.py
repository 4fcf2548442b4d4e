"""Somebody trusted with payments alone is sent the payments of a contract, and nothing else."""

import json
from datetime import date, timedelta

import pytest

from portal_app import models as m
from portal_app.core import clock
from portal_app.core.ids import new_id
from portal_app.state.households.openness import OpennessState
from tests import factories as f
from tests.people import database_at, sign_in
from tests.services.payments.plans import add_instalments, add_method
from tests.tab import Tab, data_of

# What stands on the contract, its store and its lines, and belongs to the area of contracts.
OTHERS = (
    "PO-77-SECRET", "Gearbox and clutch", "Pier 7 depot", "depot@example.com", "12 Hidden Lane",
    "/files/contracts/",
)  # fmt: skip

# With its words: any four figures may stand in an id.
CARD = "ending 4242"


@pytest.fixture
def people(server):
    """Idris holds a contract with a card; Wanda holds nothing; as browsers."""
    soon = clock.today("UTC") + timedelta(days=9)
    with database_at(server.database):
        idris = f.person(given_name="Idris", family_name="Aldous")
        wanda = f.person(given_name="Wanda", family_name="Crowe")
        store = f.store(name="Pier 7 depot", email="depot@example.com")
        account = f.account(
            name="Aldous Holdings", has_service_contracts=True, store_id=store.id,
        )  # fmt: skip
        contract = f.contract(
            account, holder_id=idris.id, kind=m.ContractKind.SERVICE_CONTRACT, store_id=store.id,
            po_number="PO-77-SECRET", starts_on=date(2020, 1, 1),
        )  # fmt: skip
        f.line(contract, description="Gearbox and clutch", site="12 Hidden Lane")
        add_instalments(contract, [soon, soon + timedelta(days=30)])
        add_method(contract)
        users = [f.user(who).id for who in (idris, wanda)]
    cookies = [sign_in(server.database, one).cookie for one in users]
    return idris, wanda, contract, *cookies


def trust(server, giver, receiver, **areas):
    with database_at(server.database):
        for one in f.fetch_all(m.Grant, grantee_id=receiver.id):
            f.give(one, revoked_at=clock.now())
        return f.grant(giver, receiver, areas=areas).id


@pytest.mark.requirement("S1-09")
@pytest.mark.requirement("S0-27")
@pytest.mark.asvs("8.2.3")
def test_the_page_holds_the_payments_and_nothing_else_leaves_the_server(server, people):
    idris, wanda, contract, giver, cookie = people
    path = f"/contracts/{contract.number}"
    with Tab(server, cookie=giver) as own:
        sent = json.dumps(own.open(path))
        assert [words for words in OTHERS if words not in sent] == []
    with Tab(server, cookie=cookie) as tab:
        assert "Page not found" in str(tab.open(path))

        grant = trust(server, idris, wanda, payments="view")
        frames = tab.open(path)
        sent = json.dumps(frames)
        assert [words for words in OTHERS if words in sent] == []
        shown = json.dumps(data_of(frames))
        assert contract.number in shown
        assert "$" in shown
        assert CARD not in shown, "seeing is not seeing to how it is paid"

        with Tab(server, cookie=giver) as theirs:
            theirs.open("/access")
            theirs.call(OpennessState.revoke, grant=grant, key=new_id())
        tab.wait_for("Page not found", 10)


@pytest.mark.requirement("S1-09")
@pytest.mark.asvs("8.2.3")
def test_who_may_act_in_payments_sees_the_methods_too(server, people):
    idris, wanda, contract, _, cookie = people
    trust(server, idris, wanda, payments="act")
    with Tab(server, cookie=cookie) as tab:
        sent = json.dumps(tab.open(f"/contracts/{contract.number}"))
        assert [words for words in OTHERS if words in sent] == []
        assert CARD in sent
