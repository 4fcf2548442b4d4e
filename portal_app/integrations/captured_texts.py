"""Text messages that stay here: for laptops and tests."""

import re

from portal_app.ports import PortRefused, TextMessage

_NUMBER = re.compile(r"\+[1-9]\d{6,14}")


class CapturedTexts:
    """Fulfils `ports.TextSender`: takes every message that could be sent, and sends none."""

    def send(self, message: TextMessage) -> None:
        """Refuse a number that is none; let the rest be."""
        if not _NUMBER.fullmatch(message.recipient):
            raise PortRefused("This is not a number that a text message can be sent to.")
