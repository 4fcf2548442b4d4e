"""One letter as MIME: plain text always, HTML beside it, headers that nothing can break out of."""

from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from portal_app.ports import Email, PortRefused


def mime_letter(email: Email) -> EmailMessage:
    """Return the letter; raises `PortRefused` when its addresses are not addresses.

    The Message-ID comes from the message's own id: a letter that is sent twice can be told.
    """
    letter = EmailMessage(policy=SMTP)
    domain = email.sender.rpartition("@")[2]
    try:
        letter["From"] = _address(email.sender, _one_line(email.sender_name))
        letter["To"] = _address(email.recipient)
        letter["Subject"] = _one_line(email.subject)
        letter["Date"] = format_datetime(email.written_at)
        letter["Message-ID"] = f"<{_one_line(email.message_id)}@{domain}>"
        # Asks out-of-office replies and loops to stay away.
        letter["Auto-Submitted"] = "auto-generated"
    except (ValueError, IndexError, HeaderParseError) as error:
        raise PortRefused("This is not an address that a letter can be sent to.") from error
    letter.set_content(email.text, cte="quoted-printable")
    if email.html:
        letter.add_alternative(email.html, subtype="html", cte="quoted-printable")
    return letter


def _address(address: str, name: str = "") -> Address:
    if _one_line(address) != address or address.count("@") != 1:
        raise PortRefused("This is not an address that a letter can be sent to.")
    local, _, domain = address.partition("@")
    if local.isascii():
        return Address(display_name=name, addr_spec=f"{local}@{_host(domain)}")
    # The parser refuses what RFC 6531 allows, so it is shown the rest: the form must be right.
    Address(addr_spec=f"{''.join(c if c.isascii() else 'x' for c in local)}@{_host(domain)}")
    return Address(name, local, _host(domain))


def _host(domain: str) -> str:
    """Return a domain as every server knows it; as it stands where that would name another one."""
    if domain.isascii():
        return domain
    known = domain.encode("idna").decode()
    return known if known.encode().decode("idna") == domain.lower() else domain


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
