"""What is written about an application, and the documents that are asked for on it."""

import tempfile
from pathlib import Path

from portal_app import models as m
from portal_app.core import clock
from portal_app.core.ids import new_id
from portal_app.integrations.disk_store import DiskStore
from portal_app.services import proposals, uploads
from portal_app.services.uploads.rules.keys import wrap
from tests import factories as f
from tests.faults.scenarios.registry import Command, scenario
from tests.permissions.proposals_world import KEY, PAPER, Kept
from tests.services.proposals.conftest import LABEL, Deal, make_deal
from tests.services.uploads import rows
from tests.services.uploads.conftest import SYSTEM, Finds
from tests.services.uploads.memory import Memory


def _deal() -> Deal:
    folder = Path(tempfile.gettempdir()) / "none is written here"
    return make_deal(DiskStore(folder, secret="s" * 40, now=clock.now))


def _kept(deal: Deal) -> str:
    document = new_id()
    given = PAPER | {"id": document, "wrapped_key": wrap(KEY, document), "label": LABEL}
    state = rows.State.IMPORTED
    return rows.upload(deal.application, deal.rosa.user_id, state, **given, is_visible=False)


def _asked(deal: Deal, state: m.AskedState) -> str:
    now = clock.now()
    row = m.DocumentRequest(
        application_id=deal.application.id, label=LABEL, state=state, asked_at=now, changed_at=now
    )
    return f._save(row).id


@scenario(proposals.send_message)
def a_customer_writes_about_an_application() -> Command:
    deal = _deal()
    return lambda: deal.say("When is it ready?", key="click")


@scenario(proposals.send_message)
def staff_answer_about_an_application() -> Command:
    deal = _deal()
    return lambda: deal.say("On Friday.", deal.clerk, key="click")


@scenario(proposals.ask_for)
def a_document_is_asked_for() -> Command:
    deal = _deal()
    given = {"number": deal.number, "label": LABEL}
    return lambda: proposals.ask_for(deal.clerk, **given, key="click")


@scenario(proposals.decide)
def a_document_is_turned_down() -> Command:
    deal = _deal()
    given = {"request": _asked(deal, m.AskedState.RECEIVED), "is_accepted": False}
    return lambda: proposals.decide(deal.clerk, **given, reason="Too dark.", key="click")


@scenario(proposals.withdraw_ask)
def a_document_is_needed_no_more() -> Command:
    deal = _deal()
    request = _asked(deal, m.AskedState.REQUESTED)
    return lambda: proposals.withdraw_ask(deal.clerk, request=request, key="click")


@scenario(uploads.check, leaves=("change_signal", "document"))
def a_document_that_was_asked_for_does_not_pass_the_check() -> Command:
    deal = _deal()
    _asked(deal, m.AskedState.RECEIVED)
    given = PAPER | {"label": LABEL}
    document = rows.upload(deal.application, deal.rosa.user_id, rows.State.RECEIVED, **given)
    landing = f.fetch(m.UploadSession, document_id=document).landing_key
    sent = {"document": document, "store": Memory(**{landing: rows.PHOTO}), "scanner": Finds()}
    return lambda: uploads.check(SYSTEM, **sent)


@scenario(uploads.show)
def a_document_is_shown_to_customers() -> Command:
    deal = _deal()
    document = _kept(deal)
    return lambda: uploads.show(deal.clerk, document=document, is_visible=True, key="click")


@scenario(uploads.bundle, anew="Whoever takes the documents again is written down again.")
def the_documents_of_an_application_are_exported() -> Command:
    deal = _deal()
    _kept(deal)
    given = {"purpose": "application_document", "owner": deal.number, "store": Kept(rows.PHOTO)}
    return lambda: uploads.bundle(deal.clerk, **given).name
