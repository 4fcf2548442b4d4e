"""An application of the owner's, with somebody beside them who came in by a link."""

from typing import Any

from portal_app import models as m
from portal_app.core.actor import Actor, Role
from portal_app.core.ids import new_id
from portal_app.services import applications, forms, identity
from portal_app.services.transaction import transaction
from tests import factories as f
from tests.people import database_at
from tests.permissions.world import World

Arguments = dict[str, Any]


def guest_cookie(world: World) -> str:
    """Open a session of the guest's, as after their link and the code; return its token."""
    with database_at(world.url), transaction(Actor.system("tests")) as tx:
        _, token = identity.open_session(
            tx,
            brand_id=world.brand,
            user_id=None,
            stage=m.SessionStage.APPLICATION,
            factors=2,
            invitation_id=world.guest_link,
        )
        return token


def application(**more: Any):
    """Name the application, with a key for this click."""
    return lambda world: {"number": world.application, "key": new_id(), **more}


def looking(**more: Any):
    """Name the application for a reading."""
    return lambda world: {"number": world.application, **more}


def party(**more: Any):
    """Name the owner's part in the application."""
    return lambda world: application(**more)(world) | {"party": world.party}


def place(**more: Any):
    """Name a form of the owner's in the application."""
    return lambda world: looking(**more)(world) | {"form": "employment", "party": world.party}


def edit(**more: Any):
    """Name a form of the owner's, with a key for this click."""
    return lambda world: place(**more)(world) | {"key": new_id()}


def draft(**more: Any):
    """Make a draft of a form with a question in it, and name it."""

    def arguments(world: World) -> Arguments:
        manager = f.staff_actor(Role.MANAGER, brand_id=world.brand)
        given = {"title": f"Form {new_id()[-8:]}", "kind": "questionnaire", "key": new_id()}
        made = forms.start_form(manager, **given)
        asked = {"label": "Why", "kind": "text"}
        forms.put_field(manager, template=made, question=asked, version=1, key=new_id())
        return {"template": made, "version": 2, "key": new_id(), **more}

    return arguments


def sheet(world: World) -> Arguments:
    """Name a form to look at."""
    return {"template": draft()(world)["template"]}


def letter(world: World) -> Arguments:
    """A letter to the owner."""
    words = {"subject": "Hello", "text": "Open it: {{ portal_link }}"}
    return application()(world) | {"parties": [world.party], **words}


def preview(world: World) -> Arguments:
    """The same letter, to look at."""
    words = {"subject": "Hello", "text": "Open it: {{ portal_link }}"}
    return {"number": world.application, "parties": [world.party], **words}


PROBES = {
    "applications.tasks": (applications.tasks, looking()),
    "applications.filling": (applications.filling, place()),
    "applications.edits": (applications.edits, place(field="status")),
    "applications.save_answer": (
        applications.save_answer, edit(field="status", value="employed", version=0),
    ),
    "applications.add_row": (applications.add_row, edit(group="jobs")),
    "applications.remove_row": (applications.remove_row, edit(group="jobs", row=1)),
    "applications.submit": (applications.submit, application()),
    "applications.answers": (applications.answers, looking()),
    "applications.application_desk": (applications.application_desk, looking()),
    "applications.application_history": (applications.application_history, looking()),
    "applications.invitation_words": (applications.invitation_words, looking()),
    "applications.invitation_preview": (applications.invitation_preview, preview),
    "applications.send_invitations": (applications.send_invitations, letter),
    "applications.copy_access_link": (applications.copy_access_link, party()),
    "applications.set_access": (applications.set_access, party(is_on=True)),
    "applications.set_wish_aside": (applications.set_wish_aside, party()),
    "applications.share_form": (
        applications.share_form, application(form="income", is_on=True),
    ),
    "applications.set_sharing": (applications.set_sharing, application(mode="shared")),
    "applications.reopen": (applications.reopen, application(form="")),
    "forms.form_sheet": (forms.form_sheet, sheet),
    "forms.edit_form": (forms.edit_form, lambda w: sheet(w) | {"key": new_id()}),
    "forms.change_form": (
        forms.change_form, draft(title="Why", introduction="", per_person=True),
    ),
    "forms.put_field": (
        forms.put_field, draft(question={"label": "Where", "kind": "text"}),
    ),
    "forms.move_field": (forms.move_field, draft(field="why")),
    "forms.remove_field": (forms.remove_field, draft(field="why")),
    "forms.publish_form": (forms.publish_form, draft()),
    "forms.retire_form": (forms.retire_form, draft()),
}  # fmt: skip
OF_ONES_OWN = {
    "applications.applications": (applications.applications, lambda world: {}),
    "applications.waiting": (applications.waiting, lambda world: {}),
    "applications.wishes": (applications.wishes, lambda world: {}),
    "forms.form_rows": (forms.form_rows, lambda world: {}),
    "forms.prepare_forms": (forms.prepare_forms, lambda world: {}),
    "forms.start_form": (
        forms.start_form,
        lambda world: {"title": "House", "kind": "questionnaire", "key": new_id()},
    ),
}
