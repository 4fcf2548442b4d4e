"""The operator's own system: it sends a contract of three payments, with what it knows of each."""

from datetime import date

from portal_app import models as m
from portal_app.services import payments
from tests import factories as f
from tests.services.imports.feeding import ACCOUNT, feed
from tests.services.payments.gateway import FakeGateway
from tests.services.payments.plans import SYSTEM

CONTRACTS = "external_id,number,kind,status,account\nC-1,SD-1,service_contract,active,A-1\n"
METHODS = (
    "external_id,contract,kind,brand,last4,exp_month,exp_year,gateway_token,is_default\n"
    "M-1,C-1,card,Visa,4242,10,2030,tok-1,true\n"
)
DAYS = (date(2026, 11, 20), date(2026, 12, 20), date(2027, 1, 20))


class Master:
    """The operator's own system: it sends the whole schedule, with what it knows of each."""

    def __init__(self, folder):
        self.folder, self.sent, self.gateway = folder, 0, FakeGateway()

    def send(self, *states, amounts=("100.00",) * 3, deleted=()):
        rows = zip(range(1, 4), DAYS, amounts, (*states, "", "", "")[:3], strict=True)
        plan = "external_id,contract,sequence,due_on,amount,state,deleted\n" + "".join(
            f"I-{n},C-1,{n},{day},{amount},{state},{str(n in deleted).lower()}\n"
            for n, day, amount, state in rows
        )
        self.sent += 1
        others = {"accounts": ACCOUNT, "contracts": CONTRACTS, "payment_methods": METHODS}
        return feed(self.folder / str(self.sent), instalments=plan, **others)

    @property
    def contract(self):
        return f.fetch(m.Contract, external_id="C-1")

    def run(self):
        payments.collect(SYSTEM, contract=self.contract.id, gateway=self.gateway)

    def follow(self):
        for job in f.fetch_all(m.Job, name="follow_payment_feed"):
            payments.follow_feed(SYSTEM, contract=job.args["contract_id"])

    def states(self):
        rows = f.fetch_all(m.Instalment, contract_id=self.contract.id)
        return [row.state.value for row in sorted(rows, key=lambda row: row.sequence)]


LEDGER = "external_id,account,contract,kind,amount,effective_on,reference\n"


def at_the_counter(master: Master, *rows: str):
    """Let the master's ledger name these payments."""
    return feed(master.folder / "ledger", ledger=LEDGER + "".join(f"{row}\n" for row in rows))
