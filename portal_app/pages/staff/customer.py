"""One customer, for staff: why they get in, or do not, and what to do about it."""

import reflex as rx

from portal_app.components.buttons import button, submit_button
from portal_app.components.choices import checkbox
from portal_app.components.controls import hidden_input, text_input
from portal_app.components.feedback import alert, loading
from portal_app.components.forms import error_summary, field, form
from portal_app.components.lists import plain_row
from portal_app.components.overlays import confirm, disclosure
from portal_app.components.page import card, columns, page_head, paragraph, stack
from portal_app.components.skeletons import skeleton
from portal_app.components.status import status_tag
from portal_app.components.steps import checklist, checklist_item
from portal_app.layout.shell import staff_page
from portal_app.pages.staff.customer_payments import payments_card
from portal_app.pages.staff.customer_people import people_card, person_sheet
from portal_app.state.customers.detail import (
    AttemptRow,
    CheckRow,
    CustomerState,
)
from portal_app.state.invitations.people import PeopleState

PAGE = CustomerState.page
LABELS = {
    "phone": "Main phone number",
    "email": "Email address",
    "postal_code": "ZIP or postal code",
    "is_enabled": "Customer web portal",
    "note": "How did you check who this is?",
}


def customer_page() -> rx.Component:
    """Show one customer."""
    # The people stand above other cards: both come at once, so that nothing is pushed down.
    is_loaded = CustomerState.is_loaded & PeopleState.is_loaded
    return staff_page(
        loading(is_loaded, customer(), skeleton("detail", 6)),
        person_sheet(),
        active="/staff/customers",
    )


def customer() -> rx.Component:
    """Set the checklist beside what can be changed."""
    return rx.fragment(
        page_head(
            PAGE.name,
            sub=PAGE.sub,
            crumb=("Customers", "/staff/customers"),
            tag=status_tag(PAGE.label, PAGE.tone),
        ),
        error_summary(CustomerState.problem, CustomerState.field_problems, LABELS),
        rx.cond(PAGE.is_locked, locked(), rx.fragment()),
        columns(
            stack(readiness(), details(), attempts()),
            stack(people_card(), sessions(), payments_card()),
        ),
    )


def locked() -> rx.Component:
    """Offer to unlock a registration."""
    return alert(
        "Registration is locked",
        rx.fragment(PAGE.next_step, " ", PAGE.locked_words, "."),
        action=button("Unlock", on_click=CustomerState.unlock, tone="primary"),
        tone="warn",
        id="locked",
    )


def readiness() -> rx.Component:
    """List what the account needs, each with the click that mends it."""
    return card(
        stack(
            paragraph(PAGE.next_step),
            rx.cond(PAGE.may_publish, publication(), rx.fragment()),
            checklist(rx.foreach(PAGE.checks, check)),
            tight=True,
        ),
        rx.cond(
            PAGE.published != "", paragraph("Published ", PAGE.published, quiet=True), rx.fragment()
        ),
        title="Why can this customer get in, or not?",
        action=rx.el.span(PAGE.missing, class_name="muted"),
        id="readiness",
    )


def publication() -> rx.Component:
    """Offer not to wait for the night."""
    publish = CustomerState.publish(PAGE.publish_key)
    return rx.fragment(
        rx.el.div(button("Publish now", on_click=publish, tone="primary")),
        paragraph("Everybody else who is ready gets in as well.", quiet=True),
    )


def check(row: CheckRow) -> rx.Component:
    """Show one item."""
    mend = rx.cond(
        row.fix != "",
        button(
            row.fix_label,
            on_click=CustomerState.fix(row.fix, row.key),
            small=True,
            suffix=row.label,
        ),
        rx.fragment(),
    )
    return checklist_item(row.label, done=row.is_met, hint=row.hint, action=mend)


def details() -> rx.Component:
    """Change how the account is reached, and the switch (S3-05 to S3-07)."""
    # Drawn anew for another customer, and once this one was changed, so that nothing typed or
    # ticked for somebody else, or before, is sent.
    drawn = rx.el.div(details_form(), key=PAGE.number + " " + PAGE.version)
    return card(drawn, title="Account", id="account")


def details_form() -> rx.Component:
    """Send the whole of what may be changed, with the version that was seen."""
    return form(
        typed("phone", PAGE.phone, "It is their username. Each account needs its own.", "tel"),
        typed("email", PAGE.email, "Empty: the owner's address counts.", "email"),
        typed("postal_code", PAGE.postal_code, "Empty: the owner's counts.", "text"),
        checkbox(
            LABELS["is_enabled"],
            "is_enabled",
            checked=PAGE.is_enabled,
            hint="Off ends access at once. The password is kept.",
        ),
        hidden_input("version", PAGE.version),
        hidden_input("key", PAGE.key),
        submit_button("Save", busy=CustomerState.busy),
        on_submit=CustomerState.save,
    )


def typed(name: str, value: rx.Var[str], hint: str, mode: str) -> rx.Component:
    """Take one line."""
    return field(
        LABELS[name],
        text_input(name, value=value, input_mode=mode, auto_complete="off"),
        id=name,
        hint=hint,
        error=CustomerState.field_problems[name],
    )


def attempts() -> rx.Component:
    """Show the last tries to register with this phone number (S3-13)."""
    listed = rx.el.ul(rx.foreach(PAGE.attempts, attempt), class_name="list", role="list")
    none = paragraph("Nobody has tried to register with this number.", quiet=True)
    return card(
        rx.cond(PAGE.has_attempts, listed, none),
        title="Tries to register",
        id="attempts",
    )


def attempt(row: AttemptRow) -> rx.Component:
    """Show one try."""
    return plain_row(row.when, row.ip, right=status_tag(row.label, row.tone))


def sessions() -> rx.Component:
    """Say who is signed in; managers may sign them out."""
    return card(
        paragraph(PAGE.sessions),
        rx.cond(PAGE.may_end_sessions, manager_actions(), rx.fragment()),
        title="Signed in",
        id="signed-in",
    )


def manager_actions() -> rx.Component:
    """Sign everybody out, or take off a second step that was lost."""
    return stack(
        rx.cond(PAGE.has_sessions, sign_out(), rx.fragment()),
        disclosure(
            "They have lost their second step",
            form(
                field(
                    LABELS["note"],
                    text_input("note"),
                    id="note",
                    hint="For example: driving licence, seen in the store. It is kept.",
                    error=CustomerState.field_problems["note"],
                ),
                submit_button("Take the second step off", tone="danger"),
                on_submit=CustomerState.remove_second_step,
            ),
        ),
    )


def sign_out() -> rx.Component:
    """Ask once before everybody is signed out."""
    return confirm(
        title="Sign this customer out?",
        body="Everybody on this account has to sign in again.",
        verb="Sign out",
        trigger=button("Sign out everybody on this account"),
        on_confirm=CustomerState.end_sessions,
    )
