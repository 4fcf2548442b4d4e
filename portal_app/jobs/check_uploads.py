"""What people send: looked at and kept, its landing place emptied, and all of it put right."""

from portal_app import wiring
from portal_app.core.actor import Actor
from portal_app.jobs.registry import job, periodic
from portal_app.services import uploads

SYSTEM = Actor.system("uploads")


# A scanner that is away for hours is waited for; the hourly look begins anew after that.
@job("check_upload", max_attempts=12, backoff=10, cap=1_800)
def check_upload(document_id: str) -> None:
    """Look at one file, then keep it sealed or refuse it."""
    uploads.check(
        SYSTEM, document=document_id, store=wiring.object_store(), scanner=wiring.scanner()
    )


@job("empty_landing", max_attempts=12, backoff=10, cap=3_600)
def empty_landing(document_id: str) -> None:
    """Remove what has landed of an upload that is over."""
    uploads.empty_landing(SYSTEM, document=document_id, store=wiring.object_store())


@periodic("35 * * * *", name="reconcile_uploads")
def reconcile_uploads(slot: str) -> None:
    """Leave nothing half done, and nothing that belongs to nobody."""
    uploads.reconcile(SYSTEM, slot=slot, store=wiring.object_store())
