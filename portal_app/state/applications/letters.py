"""The letter that invites, as staff write it."""

from dataclasses import dataclass, field, replace

from portal_app.services import applications
from portal_app.services.templates import Choice, kind_of
from portal_app.state.applications.words import Option
from portal_app.state.base import load_key
from portal_app.state.formats import plural
from portal_app.state.templates.views import TagChip, chips


@dataclass(frozen=True)
class LetterForm:
    """The letter that is being written, or looked at before it goes; closed while not `is_open`."""

    is_open: bool = False
    template: str = ""
    templates: list[Option] = field(default_factory=list)
    subject: str = ""
    text: str = ""
    key: str = ""
    drawn: str = ""
    chosen: list[str] = field(default_factory=list)
    preview_subject: str = ""
    preview_text: str = ""
    readers: str = ""
    tags: list[TagChip] = field(default_factory=list)

    @classmethod
    def begun(cls, choices: tuple[Choice, ...], template: str = "") -> "LetterForm":
        """Begin with the words of a template, the usual ones unless another is named."""
        words = next((one for one in choices if one.id == template), choices[0])
        return cls(
            is_open=True,
            template=words.id,
            templates=[Option(one.id, one.name) for one in choices],
            subject=words.wording.subject,
            text=words.wording.text,
            key=load_key(),
            drawn=load_key(),
            tags=chips(kind_of(applications.KIND)),
        )

    def to_mend(self) -> "LetterForm":
        """Go back from the preview to the words and the readers, as they were written."""
        return replace(self, preview_subject="", preview_text="")

    def checked(self, shown: applications.Draft, chosen: list[str]) -> "LetterForm":
        """Show the letter as one of its readers will see it."""
        return replace(
            self,
            subject=shown.subject,
            text=shown.text,
            chosen=chosen,
            drawn=load_key(),
            preview_subject=shown.preview_subject,
            preview_text=shown.preview_text,
            readers=plural(len(chosen), "letter"),
        )
