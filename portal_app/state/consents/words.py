"""What people agreed to, as they and staff read it."""

from dataclasses import dataclass

from portal_app.services import consents
from portal_app.state.base import load_key
from portal_app.state.formats import moment


def receipt_address(receipt: str) -> str:
    """Return where the receipt of an answer is taken away; "" for none."""
    return f"/files/consents/{receipt}" if receipt else ""


@dataclass(frozen=True)
class WayRow:
    """One channel with its switch; `key` makes a repeated click the same click.

    `receipt` and `href` are of the answer that stands; "" where nobody has answered.
    """

    channel: str
    label: str
    words: str
    since: str
    is_on: bool
    key: str
    receipt: str = ""
    href: str = ""

    @classmethod
    def of(cls, one: consents.Preference, zone: str, *, for_staff: bool = False) -> "WayRow":
        """Say how a channel stands, and since when, to whom it is about or to staff."""
        since = f"{'They' if for_staff else 'You'} have not agreed to this."
        if one.last:
            verb = "On since" if one.given else "Off since"
            since = f"{verb} {moment(one.last.at, zone)}."
        receipt = one.last.receipt_no if one.last else ""
        return cls(
            channel=one.channel.value,
            label=one.label,
            words=one.words,
            since=since,
            is_on=one.given,
            key=load_key(),
            receipt=receipt,
            href=receipt_address(receipt),
        )


@dataclass(frozen=True)
class AnswerRow:
    """One answer in the history, with its receipt."""

    title: str
    meta: str
    note: str
    href: str
    receipt: str
    is_on: bool

    @classmethod
    def of(cls, one: consents.Answer, zone: str, *, for_staff: bool = False) -> "AnswerRow":
        """Say what was answered, when, by whom and where."""
        verb = "switched on" if one.given else "switched off"
        by_staff = one.source is consents.ConsentSource.STAFF
        who = "by you" if not for_staff else f"by {one.by_name}"
        if by_staff:
            who = f"written down by {one.by_name if for_staff else 'our staff'}"
        return cls(
            title=f"{consents.CHANNELS[one.channel].label} {verb}",
            meta=f"{moment(one.at, zone)}, {who}",
            note=f"How they told us: {one.note}" if for_staff and one.note else "",
            href=receipt_address(one.receipt_no),
            receipt=one.receipt_no,
            is_on=one.given,
        )
