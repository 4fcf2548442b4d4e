"""What somebody took away is gone from an open tab of the other's, without a reload (S1-09)."""

import statistics
import time

import pytest

from portal_app import models as m
from portal_app.core.ids import new_id
from portal_app.state.households.openness import OpennessState
from tests import factories as f
from tests.people import database_at, sign_in
from tests.results import record
from tests.tab import Tab

TRIES = 20


@pytest.fixture
def people(server):
    """Idris with a contract, Wanda with nothing, and the two as browsers."""
    with database_at(server.database):
        idris, wanda = (
            f.person(given_name="Idris", family_name="Aldous"),
            f.person(given_name="Wanda", family_name="Crowe"),
        )
        account = f.account(has_service_contracts=True)
        f.contact(account, idris)
        kind = m.ContractKind.SERVICE_CONTRACT
        contract = f.contract(account, holder_id=idris.id, kind=kind)
        users = [f.user(who).id for who in (idris, wanda)]
    idris_browser, wanda_browser = (sign_in(server.database, one) for one in users)
    return idris, wanda, contract, idris_browser.cookie, wanda_browser.cookie


@pytest.mark.requirement("S1-09")
def test_open_contract_closes_when_it_is_taken_away(server, people):
    idris, wanda, contract, giver, receiver = people
    took = []
    with Tab(server, cookie=giver) as theirs, Tab(server, cookie=receiver) as tab:
        theirs.open("/access")
        for _ in range(TRIES):
            with database_at(server.database):
                grant = f.grant(idris, wanda, areas={"contracts": "view"}).id
            assert contract.number in str(tab.open(f"/contracts/{contract.number}"))
            begun = time.monotonic()
            theirs.call(OpennessState.revoke, grant=grant, key=new_id())
            tab.wait_for("Page not found", 10)
            took.append(time.monotonic() - begun)
            tab.open("/access")
    record(
        "live", {"trust_ended_one_worker_ms": round(statistics.quantiles(took, n=20)[-1] * 1000)}
    )
