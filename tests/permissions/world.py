"""A small world with everybody in it who may ask: two brands, every relation, every role."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from portal_app import models as m
from portal_app.core import clock
from portal_app.core.actor import Actor, ActorKind, Role
from portal_app.services import applications
from tests import factories as f
from tests.people import SignedIn, database_at, sign_in

TODAY = clock.today()  # the server under test reads the real clock
FIRM = "Lindqvist Roofing"  # seeing it without being of the firm or of its brand is a leak


@dataclass(frozen=True)
class World:
    """Browsers by who they are, and the things that belong to the account of `owner`."""

    url: str
    people: dict[str, SignedIn]
    brand: str
    account: str
    account_number: str
    contract: str
    contract_number: str
    line: str
    invoice: str
    invoice_number: str
    run: str
    message: str
    job: str
    article: str
    notification: str
    dormant_contract: str  # of the account of `suspended`
    household: str  # `owner` heads it
    membership: str  # of somebody else in it
    application: str  # of `owner`, who is let in, and of a guest
    party: str  # the owner's part in it
    guest_link: str

    def request(self, state: m.RequestState = m.RequestState.SUBMITTED) -> str:
        """Make a request about the account's line, as its owner; return its number."""
        with database_at(self.url):
            now = clock.now()
            made = f._save(
                m.RentalRequest(
                    brand_id=self.brand, number=f"OR-{secrets.token_hex(5).upper()}", state=state,
                    account_id=self.account, contract_line_id=self.line, quantity=1,
                    requested_by=self.people["owner"].user_id, requested_for=now,
                    method=m.ReturnMethod.PICKUP, place="Pier 7", contact_name="Rosa Lindqvist",
                    contact_phone="+1 813-555-0111", created_at=now, changed_at=now,
                )
            )  # fmt: skip
            return made.number


def _holding(
    brand_id: str, name: str, **values: object
) -> tuple[m.Account, m.Contract, m.ContractLine, m.Invoice]:
    store = f.store(brand_id=brand_id)
    account = f.account(brand_id=brand_id, name=name, store_id=store.id, **values)
    contract = f.contract(account, store_id=store.id, listed_on=TODAY, starts_on=TODAY)
    line = f.line(contract, quantity=900, out_at=clock.now() - timedelta(days=3), site="Pier 7")
    bill = f.invoice(account, 12_300, TODAY)
    f.entry(account, 12_300, TODAY, reference=bill.number)
    return account, contract, line, bill


def _contact(account: m.Account, *, status: str = m.UserStatus.ACTIVE, **values: object) -> str:
    who = f.person(brand_id=account.brand_id)
    f.contact(account, who, **values)
    return f.user(who, status=status).id


def _papers(brand_id: str, person_id: str) -> dict[str, str]:
    """Return the ids of what the brand's staff look after."""
    now = clock.now()
    run = m.SyncRun(
        brand_id=brand_id, kind="import", trigger="staff", started_at=now, finished_at=now,
        state="finished",
    )  # fmt: skip
    message = m.OutboundMessage(
        brand_id=brand_id, channel="email", recipient="office@example.com", topic="rental.test",
        subject=f"About {FIRM}", text="Words", dedupe_key="world", created_at=now,
    )  # fmt: skip
    job = m.Job(
        name="send_message", args={"message_id": "x"}, status="dead", run_at=now, created_at=now,
        brand_id=brand_id, finished_at=now,
    )  # fmt: skip
    article = m.HelpArticle(
        brand_id=brand_id, question="Where?", answer="There.", audience="staff",
    )  # fmt: skip
    told = m.Notification(
        person_id=person_id, topic="rental.test", title=f"For {FIRM}", created_at=now
    )
    made = {"run": run, "message": message, "job": job, "article": article, "notification": told}
    return {name: f._save(row).id for name, row in made.items()}


def _family(brand_id: str, person_id: str) -> dict[str, str]:
    """Return the ids of a household that this person heads, and of a membership in it."""
    home = f.household(brand_id=brand_id, name=f"{FIRM} family")
    head = f.fetch(m.Person, id=person_id)
    f.membership(home, head, role=m.MemberRole.HEAD)
    child = f.membership(home, f.person(brand_id=brand_id), relationship="Daughter")
    return {"household": home.id, "membership": child.id}


def _applied(owner: str, agent: str) -> dict[str, str]:
    """Return an application of the owner and of somebody who has a link to it."""
    who = f.fetch(m.Person, id=owner)
    f.give(who, mobile_e164="+18135550111")
    made = f.application(brand_id=who.brand_id, stage=f"For {FIRM}")
    guest = f.person(brand_id=who.brand_id, mobile_e164="+18135550112")
    parts = [f.party(made, who), f.party(made, guest, role=m.PartyRole.GUARANTOR)]
    staff = Actor(ActorKind.STAFF, agent, "", "Dana", who.brand_id, frozenset({Role.AGENT}))
    for part in parts:
        given = {"number": made.number, "party": part.id}
        applications.copy_access_link(staff, **given, key=f"copy-{part.id}"[:40])
    link = f.fetch(m.Invitation, person_id=guest.id).id
    return {"application": made.number, "party": parts[0].id, "guest_link": link}


def build(url: str) -> World:
    """Fill the database at `url`, and sign everybody in."""
    with database_at(url):
        ours, theirs = (
            f.brand(),
            f.brand(key="orchard", name="Orchard & Vale", hosts=["orchard.localhost"]),
        )
        account, contract, line, bill = _holding(ours.id, FIRM)
        other, *_ = _holding(ours.id, "Strange Ltd")
        elsewhere, *_ = _holding(ours.id, "Moved On Ltd")
        beyond, *_ = _holding(theirs.id, "Vale Gardens")
        dormant, asleep, *_ = _holding(
            ours.id, "Dormant Ltd", web_portal_enabled=False, portal_access="suspended"
        )
        users = {
            "owner": _contact(account),
            "authorised": _contact(account, role=m.ContactRole.AUTHORISED),
            "billing": _contact(account, role=m.ContactRole.BILLING),
            "former": _contact(account, ends_on=TODAY - timedelta(days=2)),
            "suspended": _contact(dormant, status=m.UserStatus.SUSPENDED),
            "stranger": _contact(other),
            "other_brand": _contact(beyond),
            "agent": f.staff(Role.AGENT, brand_id=ours.id).user_id,
            "manager": f.staff(Role.MANAGER, brand_id=ours.id).user_id,
            "admin": f.staff(Role.ADMIN, brand_id=ours.id).user_id,
            "other_staff": f.staff(Role.ADMIN, brand_id=theirs.id).user_id,
        }
        # Whoever has left every account is signed out; this one has moved on to another.
        left = f.fetch(m.PortalUser, id=users["former"])
        f.contact(elsewhere, f.fetch(m.Person, id=left.person_id))
        owner = f.fetch(m.PortalUser, id=users["owner"])
        applied = _applied(str(owner.person_id), users["agent"])
        papers = _papers(ours.id, str(owner.person_id)) | _family(ours.id, str(owner.person_id))
    people = {name: sign_in(url, user) for name, user in users.items()}
    return World(
        url, people, ours.id, account.id, account.number, contract.id, contract.number, line.id,
        bill.id, bill.number, **papers, **applied, dormant_contract=asleep.id,
    )  # fmt: skip
