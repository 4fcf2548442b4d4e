"""Every way in, from the addresses that are registered."""

from docs.make import addresses
from docs.make.markdown import code, document, items, table
from portal_app.routes import ROUTES
from portal_app.services.identity.rules import codes, passwords
from portal_app.web.gate import ALIASES

_PAGES = ("/sign-in", "/register", "/reset", "/choose-account", "/activate", "/security")


def page() -> str:
    """Return docs/sign-in.md."""
    return document(
        "Signing in",
        "## Every way in",
        "A session is opened, raised or ended by these addresses and by nothing else. Each takes "
        "a form from the portal's own pages only; none changes anything when it is merely opened, "
        "so a mail scanner that follows a link uses nothing up.",
        table(("Method", "Address", "Open to", "What it does"), addresses.rows("/auth/")),
        "The pages that lead there: "
        + ", ".join(code(route.path) for route in ROUTES if route.path.startswith(_PAGES))
        + ". "
        + " and ".join(code(alias) for alias in ALIASES)
        + " lead to `/sign-in`.",
        "## Who is asked for what",
        table(
            ("Who", "First", "Then"),
            (
                (
                    "customer, at registration",
                    "phone number, email and postal code as the store holds them",
                    f"a code of {codes.DIGITS} digits, sent to the email address on record",
                ),
                (
                    "customer",
                    "phone number or email, and password",
                    "a second factor if switched on, or if the brand demands one",
                ),
                ("staff", "email and password", "an authenticator app, always"),
                (
                    "either, for a change to how they sign in",
                    "their password again",
                    "their second factor again, if they have one",
                ),
            ),
        ),
        "Staff, and customers of a brand that demands it, set the second factor up before they "
        "see anything. A lost one is made good by a recovery code; without one, by a manager, "
        "who writes down how they checked who it is.",
        "## Passwords",
        items(
            (
                f"At least {passwords.SHORTEST} characters; {passwords.SHORTEST_ALONE} where the "
                f"password is all that is asked for; at most {passwords.LONGEST}. Any character "
                "counts, none has to be of a certain kind, nothing is cut off, and pasting works.",
                f"The {len(passwords.common()):,} passwords that are guessed first are refused, "
                "and so are runs and repetitions.",
                "A password is refused when little is left of it once these words are taken out: "
                "the person's name, phone number, email address and postal code, and the name of "
                "the brand.",
                "No password expires, and none has to be changed because of its age: a forced "
                "change makes people choose worse ones.",
                "The words typed twice, phone number and phone number again, are never a "
                "password: they only open the registration page.",
            )
        ),
        "## No secret questions",
        "Nothing that others may know lets anybody in. Phone number, email address and postal "
        "code say who somebody claims to be; what proves it is the code sent to the address "
        "that the store already holds.",
        "## What an outsider learns",
        "Registration and a forgotten password answer the same whether or not there is such a "
        "customer. Wrong passwords read the same for everybody and take the same time. How often "
        "something may be tried is in [Limits](limits.md).",
    )
