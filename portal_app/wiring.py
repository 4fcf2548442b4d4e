"""Which adapter stands behind each port, chosen from the settings."""

from functools import cache

from portal_app.core import clock
from portal_app.integrations.typst_pdf import TypstPdf
from portal_app.ports import PdfRenderer


@cache
def pdf_renderer() -> PdfRenderer:
    """Return what makes PDFs; one a process, since it limits how many are made at once."""
    return TypstPdf(now=clock.now)
