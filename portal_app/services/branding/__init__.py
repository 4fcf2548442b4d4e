"""How an operator's portal looks: themes, texts, logo, fonts."""

from portal_app.services.branding.rules import brand_css, palette

__all__ = ["brand_css", "palette"]
