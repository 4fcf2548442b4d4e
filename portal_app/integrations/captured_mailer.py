"""Mail that stays here: for laptops and tests, where nothing may reach a real person."""

from portal_app.integrations.mime_letter import mime_letter
from portal_app.ports import Email


class CapturedMailer:
    """Fulfils `ports.Mailer`: takes every letter that could be sent, and sends none.

    The words stay in the outbox, where staff and `python -m portal_app outbox` read them.
    """

    def send(self, email: Email) -> None:
        """Refuse what a real carrier would refuse for its form; let the rest be."""
        mime_letter(email)

    def check(self) -> None:
        """Return: nothing outside is needed."""
