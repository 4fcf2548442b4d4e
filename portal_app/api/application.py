"""The API as an application of its own: nothing but what is listed, and no page that describes it.

docs/integrating.md describes it instead: what is not asked for by name is not told.
"""

from fastapi import FastAPI

from portal_app.api import events
from portal_app.api.failures import HANDLERS

PREFIX = "/api/v1"


def build_api() -> FastAPI:
    """Return the API; mounted under `PREFIX`."""
    api = FastAPI(
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        exception_handlers=HANDLERS,
    )
    for path, endpoint in events.READS.items():
        api.add_api_route(path, endpoint, methods=["GET"])
    return api
