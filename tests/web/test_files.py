"""The addresses of PDFs, asked as a browser asks them."""

from datetime import date

import httpx
import pytest
from starlette.applications import Starlette

from portal_app import models as m
from portal_app import wiring
from portal_app.core.actor import ANONYMOUS
from portal_app.services import payments
from portal_app.services.identity import Caller
from portal_app.web import files
from portal_app.web.failures import HANDLERS
from tests import factories as f
from tests.services.payments.gateway import FakeGateway
from tests.services.payments.plans import SYSTEM, add_instalments, add_method, take_payments


class Edge:
    """Stands where the gate stands: says who is asking."""

    def __init__(self, app):
        self.app = app
        self.actor = ANONYMOUS

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http":
            caller = Caller(self.actor, session_id=self.actor.user_id)
            scope.setdefault("state", {})["caller"] = caller
        await self.app(scope, receive, send)


@pytest.fixture
def edge():
    return Edge(Starlette(routes=files.ROUTES, exception_handlers=HANDLERS))


@pytest.fixture
def ask(edge):
    transport = httpx.ASGITransport(edge, raise_app_exceptions=False)

    async def asking(actor, path):
        edge.actor = actor
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.get(path)

    return asking


@pytest.fixture
def account(db, licensed, clock):
    wiring.rate_limiter.cache_clear()
    return f.account()


@pytest.fixture
def paths(account):
    contract = f.contract(account, number='R-1 "Søn"/7')
    invoice = f.invoice(account, 100, date(2026, 1, 2))
    f.entry(account, 100, date(2026, 1, 2))
    taken = taken_payment(contract)
    return [
        f"/files/contracts/{contract.id}",
        f"/files/invoices/{invoice.id}",
        f"/files/statements/{account.id}/2026-01-31",
        f"/files/receipts/{taken}",
    ]


def taken_payment(contract):
    add_method(contract)
    add_instalments(contract, [date(2026, 11, 20)])
    take_payments()
    payments.collect(SYSTEM, contract=contract.id, gateway=FakeGateway())
    return f.fetch(m.Instalment, contract_id=contract.id).id


@pytest.mark.requirement("S3-03")
@pytest.mark.requirement("S3-23")
@pytest.mark.asvs("3.2.1")
async def test_a_document_comes_as_a_pdf_that_can_do_nothing(ask, account, paths):
    for actor in (f.consumer_actor(account), f.staff_actor()):
        for path in paths:
            answer = await ask(actor, path)
            assert answer.status_code == 200
            assert answer.content.startswith(b"%PDF")
            assert answer.headers["content-type"] == "application/pdf"
            assert answer.headers["content-disposition"].startswith("attachment; filename=")
            assert answer.headers["cache-control"] == "no-store"
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "sandbox" in answer.headers["content-security-policy"]


@pytest.mark.asvs("5.4.2")
async def test_the_name_of_a_file_is_encoded(ask, account, paths):
    header = (await ask(f.consumer_actor(account), paths[0])).headers["content-disposition"]
    assert header == (
        'attachment; filename="Rental contract R-1 S?n 7.pdf"; '
        "filename*=UTF-8''Rental%20contract%20R-1%20S%C3%B8n%207.pdf"
    )


@pytest.mark.requirement("S3-23")
@pytest.mark.asvs("8.2.2")
async def test_a_stranger_is_told_that_there_is_no_such_page(ask, account, paths):
    other = f.brand(key="orchard", name="Orchard")
    strangers = [
        f.consumer_actor(f.account()),
        f.consumer_actor(account, ends_on=date(2026, 11, 19)),
        f.staff_actor(brand_id=other.id),
    ]
    for stranger in strangers:
        for path in paths:
            answer = await ask(stranger, path)
            assert answer.status_code == 404
            assert "Page not found" in answer.text
            assert account.number not in answer.text


async def test_nobody_is_sent_to_sign_in(ask, paths):
    for path in paths:
        answer = await ask(ANONYMOUS, path)
        assert answer.status_code == 303
        assert answer.headers["location"] == f"/sign-in?next={path}"


@pytest.mark.parametrize(
    "path",
    [
        "/files/contracts/nothing",
        "/files/contracts/%00",
        "/files/contracts/%ED%A0%80",
        "/files/contracts/..%2f..%2fetc",
        "/files/contracts/" + "x" * 5000,
        "/files/invoices/' OR 1=1",
        "/files/receipts/nothing",
        "/files/receipts/%00",
        "/files/statements/{account}/2027-01-31",
        "/files/statements/{account}/2026-02-30",
        "/files/statements/{account}/today",
        "/files/statements/{account}/%00",
        "/files/statements/nothing/2026-01-31",
        "/files/statements/{account}",
        "/files/",
    ],
)
async def test_a_bad_address_is_not_found_and_shows_no_traceback(ask, account, path):
    answer = await ask(f.consumer_actor(account), path.format(account=account.id))
    assert answer.status_code == 404
    assert "Traceback" not in answer.text


async def test_one_session_cannot_have_documents_printed_without_end(
    ask, account, paths, monkeypatch
):
    monkeypatch.setattr(files, "A_MINUTE", 2)
    actor = f.consumer_actor(account)
    assert [(await ask(actor, paths[1])).status_code for _ in range(3)] == [200, 200, 429]
    assert (await ask(f.consumer_actor(account), paths[1])).status_code == 200


@pytest.mark.requirement("S3-04")
async def test_without_a_licence_papers_stay_with_the_store(ask, account, paths, monkeypatch):
    monkeypatch.setenv("PORTAL_LICENCE_FILE", "")
    for path in paths[:-1]:  # a receipt is no paper of a rental
        answer = await ask(f.consumer_actor(account), path)
        assert answer.status_code == 403
        assert "not licensed" in answer.text
        assert (await ask(f.staff_actor(), path)).content.startswith(b"%PDF")


@pytest.mark.requirement("S3-04")
async def test_the_paper_of_a_service_contract_needs_no_rental_licence(ask, account, monkeypatch):
    monkeypatch.setenv("PORTAL_LICENCE_FILE", "")
    cover = f.contract(account, kind=m.ContractKind.SERVICE_CONTRACT)
    answer = await ask(f.consumer_actor(account), f"/files/contracts/{cover.id}")
    assert answer.content.startswith(b"%PDF")
    stranger = f.consumer_actor(f.account())
    assert (await ask(stranger, f"/files/contracts/{cover.id}")).status_code == 404
