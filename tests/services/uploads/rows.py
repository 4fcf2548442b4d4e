"""Uploads at any stage, made without sending anything."""

from datetime import timedelta
from uuid import uuid4

from portal_app import models as m
from portal_app.core import clock, sealing
from portal_app.core.ids import new_id
from portal_app.services.uploads.rules.keys import wrap
from tests import factories as f
from tests import files
from tests.services.uploads.memory import Full

PHOTO = files.picture()
State = m.UploadState


def upload(request, user_id, state=State.REQUESTED, **values) -> str:
    """Make a photo of a request, and return its id."""
    document = str(values.get("id") or new_id())
    now = clock.now()
    given = {
        "id": document, "brand_id": request.brand_id, "owner_type": "rental_request",
        "owner_id": request.id, "purpose": "rental_request_photo", "name": "lift.jpg",
        "media_type": files.JPEG, "size": len(PHOTO), "state": state, "is_visible": True,
        "sha256": files.fingerprint(PHOTO), "uploaded_by": user_id, "created_at": now,
        "changed_at": now, "wrapped_key": wrap(sealing.new_key(), document),
        "storage_key": f"sealed/{uuid4()}" if state is State.IMPORTED else "",
    }  # fmt: skip
    f._save(m.Document(**given | values))
    way = {"document_id": document, "landing_key": f"landing/{uuid4()}"}
    f._save(m.UploadSession(**way, expires_at=now + timedelta(minutes=10)))
    return document


def store() -> Full:
    return Full(PHOTO)
