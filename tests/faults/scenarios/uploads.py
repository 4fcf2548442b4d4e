"""A file on its way in: asked for, arrived, checked, handed out, and put right."""

from datetime import timedelta

from portal_app import models as m
from portal_app.core import clock
from portal_app.core.ids import new_id
from portal_app.services import uploads
from tests import factories as f
from tests.faults.scenarios.registry import Command, later, scenario
from tests.files import JPEG, fingerprint
from tests.services.rentals.conftest import Hire, make_hire
from tests.services.uploads.conftest import SYSTEM, Nobody
from tests.services.uploads.memory import Memory
from tests.services.uploads.rows import PHOTO, State, store, upload


def _sent(state: m.UploadState = State.REQUESTED, **values: object) -> tuple[Hire, str]:
    hire = make_hire()
    request = hire.request(hire.ask())
    return hire, upload(request, hire.owner.user_id, state, **values)


@scenario(uploads.begin)
def a_place_for_a_photo_is_asked_for() -> Command:
    hire = make_hire()
    asked = {"purpose": "rental_request_photo", "owner": hire.ask(), "name": "lift.jpg"}
    asked |= {"media_type": JPEG, "size": len(PHOTO), "sha256": fingerprint(PHOTO)}
    return lambda: uploads.begin(hire.owner, **asked, key="click", store=Memory())


@scenario(uploads.part_addresses)
def the_parts_of_a_large_photo_are_asked_for() -> Command:
    hire, document = _sent(size=9_000_000)
    given = {"document": document, "store": Memory()}
    return lambda: uploads.part_addresses(hire.owner, **given)


@scenario(uploads.confirm)
def a_photo_has_arrived() -> Command:
    hire, document = _sent()
    return lambda: uploads.confirm(hire.owner, document=document, store=store())


@scenario(uploads.cancel)
def a_photo_is_given_up() -> Command:
    hire, document = _sent()
    return lambda: uploads.cancel(hire.owner, document=document)


@scenario(uploads.check, leaves=("change_signal", "document"))
def a_photo_is_checked_and_kept() -> Command:
    _, document = _sent(State.RECEIVED)
    landing = f.fetch(m.UploadSession, document_id=document).landing_key
    given = {"document": document, "store": Memory(**{landing: PHOTO}), "scanner": Nobody()}
    return lambda: uploads.check(SYSTEM, **given)


@scenario(uploads.empty_landing)
def the_landing_place_is_emptied() -> Command:
    _, document = _sent(State.ABANDONED)
    return lambda: uploads.empty_landing(SYSTEM, document=document, store=Memory())


@scenario(uploads.reconcile)
def what_was_left_behind_is_put_right() -> Command:
    hire, _ = _sent(State.RECEIVED, changed_at=clock.now() - timedelta(hours=2))
    left = {"owner_type": "case_form", "purpose": "case_form_attachment"}
    left |= {"created_at": clock.now() - timedelta(days=2)}
    form = uploads.Owner(new_id(), hire.owner.brand)
    dropped = upload(form, hire.owner.user_id, State.ABANDONED, **left)
    f.give(f.fetch(m.UploadSession, document_id=dropped), emptied_at=clock.now())
    later(hours=1)
    return lambda: uploads.reconcile(SYSTEM, slot="an hour", store=Memory())


@scenario(uploads.download, anew="Each download is written down.")
def a_photo_is_handed_out() -> Command:
    hire, document = _sent(State.IMPORTED)
    return lambda: uploads.download(hire.owner, document=document, store=store())
