"""Feeds: read from a folder, uploaded, checked, given up."""

import io
from pathlib import Path

from portal_app import models as m
from portal_app.core.actor import Actor, Role
from portal_app.core.settings import settings
from portal_app.services import imports
from tests import factories as f
from tests.faults.scenarios.registry import Command, scenario
from tests.services.imports import feeding as feed

# An import is many commits, each complete in itself; a run that was cut off stays on record.
RUNS = ("sync_run", "sync_refusal", "audit_event", "change_signal")
GIVEN_UP = "The job engine does it once, in one transaction with the end of the job."
EACH_IS_A_RUN = "Each import is a run on record, also when it finds nothing to change."


def _feed(accounts: int = 4) -> dict[str, str]:
    rows = "".join(f"A-{n},{100 + n},Firm {n},account\n" for n in range(1, accounts + 1))
    head = "external_id,number,name,account_type\n"
    return {"accounts": head + rows + "A-9,,Nobody,account\n", "ledger": feed.LEDGER}


# Each run has buyers greeted by a job of its own; who was greeted before hears nothing.
@scenario(imports.import_folder, anew=EACH_IS_A_RUN, leaves=(*RUNS, "job"))
def a_folder_is_imported() -> Command:
    folder = feed.write(Path(settings().upload_folder).parents[1] / "feed", **_feed())
    actor = feed.system()
    return lambda: imports.import_folder(actor, path=folder)


def _admin() -> Actor:
    return f.staff_actor(Role.ADMIN)


@scenario(imports.receive_feed)
def a_feed_is_uploaded() -> Command:
    actor, content = _admin(), _feed()["accounts"].encode()
    given = {"name": "accounts.csv", "dry_run": False, "key": "click"}
    return lambda: imports.receive_feed(actor, content=io.BytesIO(content), **given)


def _uploaded(*, dry_run: bool) -> tuple[Actor, str]:
    actor, content = _admin(), io.BytesIO(_feed()["accounts"].encode())
    given = {"name": "accounts.csv", "dry_run": dry_run, "key": "earlier"}
    return actor, imports.receive_feed(actor, content=content, **given)


@scenario(imports.import_upload, leaves=RUNS)
def an_upload_is_imported() -> Command:
    _, run = _uploaded(dry_run=False)
    actor = feed.system()
    return lambda: imports.import_upload(actor, run=run)


@scenario(imports.import_checked)
def a_checked_feed_is_imported() -> Command:
    actor, run = _uploaded(dry_run=True)
    imports.import_upload(feed.system(), run=run)
    return lambda: imports.import_checked(actor, run=run, key="click")


@scenario(imports.give_up_upload, anew=GIVEN_UP)
def an_upload_is_given_up() -> Command:
    _, run = _uploaded(dry_run=False)
    actor = feed.system()
    assert f.fetch(m.SyncRun, id=run).state == imports.RunState.WAITING
    return lambda: imports.give_up_upload(actor, run=run, reason="The disk was full.")
