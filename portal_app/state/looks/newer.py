"""Whether a brand looks different from when a tab was opened (S4-07)."""

from portal_app.services import branding
from portal_app.state.base import PortalState


class LookMixin(PortalState, mixin=True):
    """Remembers how the brand looked when this tab came: its pages bring that style sheet along."""

    _look: str = ""

    async def _newer(self, shown: str) -> str:
        """Name the brand's look once it is another one than the tab began with, else ""."""
        look = (await self._ask(branding.brand_for_host, host=self._host)).look
        self._look = self._look or look
        return look if shown or look != self._look else ""
