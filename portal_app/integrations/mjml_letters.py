"""The HTML part of letters: MJML compiled once for each template, then filled by a sandbox."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import mrml
from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from portal_app.ports import PortRefused

TEMPLATES = Path(__file__).parent.parent / "templates" / "email"
_PLACE = "<!-- letter -->"


class MjmlLetters:
    """Fulfils `ports.LetterRenderer`."""

    def __init__(self, templates: Path = TEMPLATES) -> None:
        """Read the templates from `templates`, each once."""
        self._templates = templates
        self._environment = ImmutableSandboxedEnvironment(
            undefined=StrictUndefined, autoescape=True
        )
        self._compiled = cache(self._compile)

    def html(self, template: str, facts: Mapping[str, Any]) -> str:
        """Return the filled letter; see `ports.LetterRenderer`."""
        compiled = self._compiled(template)
        if compiled is None:
            return ""
        try:
            return compiled.render(facts)
        except TemplateError as error:
            raise PortRefused(f"The letter {template} cannot be filled: {error}") from error

    def _compile(self, template: str) -> Template | None:
        path = self._templates / f"{template}.mjml"
        if not path.is_file():
            return None
        # The placeholders pass through mrml as plain text and are filled only afterwards, so
        # nothing that a person typed is ever read as markup.
        frame = (self._templates / "layout.mjml").read_text(encoding="utf-8")
        source = frame.replace(_PLACE, path.read_text(encoding="utf-8"))
        try:
            return self._environment.from_string(mrml.to_html(source).content)
        except (OSError, ValueError, TemplateError) as error:
            raise PortRefused(f"The template {template} cannot be read: {error}") from error
