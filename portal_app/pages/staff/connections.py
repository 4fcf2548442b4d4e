"""Connecting other systems: tokens, addresses that events go to, and what did not arrive."""

import reflex as rx

from portal_app import components as ui
from portal_app.components.values import shown
from portal_app.layout.confirming import confirm_first
from portal_app.layout.listing import listing
from portal_app.layout.shell import staff_page
from portal_app.state.events import ConnectionsState, DeliveryRow, EndpointRow, TokenRow

STATE = ConnectionsState
WRONG = STATE.field_problems
LABELS = {"name": "Name of the system", "url": "Address"}
STATES = [("dead", "Given up"), ("waiting", "Waiting"), ("delivered", "Delivered"), ("", "All")]


def connections_page() -> rx.Component:
    """Let systems read events, and have events sent to them."""
    return staff_page(
        ui.page_head(
            "Connections",
            sub="How your own systems hear of what was changed in the portal.",
        ),
        ui.loading(
            STATE.is_loaded,
            ui.stack(
                ui.error_summary(STATE.problem, WRONG, LABELS),
                shown(STATE.secret, _secret()),
                confirm_first(
                    STATE.is_sure,
                    title="To connect a system, confirm that it is you",
                    body="You can look at everything here, and revoke tokens, without that.",
                    href="/staff/settings/webhooks",
                ),
                _tokens(),
                _endpoints(),
                _deliveries(),
            ),
            ui.skeleton("list", 6),
        ),
        active="/staff/settings/webhooks",
    )


def _secret() -> rx.Component:
    return ui.card(
        ui.paragraph(
            "Copy it now and keep it where your system can read it. It is not shown again."
        ),
        rx.el.p(rx.el.code(STATE.secret, id="secret", tab_index=-1, class_name="secret")),
        rx.el.button(
            "Copy",
            rx.el.span(" the value", class_name="vh"),
            type="button",
            class_name="btn",
            custom_attrs={"data-copy": STATE.secret},
        ),
        title=rx.fragment("Your new ", STATE.secret_for),
        id="new-secret",
    )


def _tokens() -> rx.Component:
    words = rx.fragment(
        "A system with a token reads the events of this brand at ",
        rx.el.code(STATE.feed),
        ". ",
        STATE.newest,
    )
    none = ui.paragraph("No system has a token yet.", quiet=True)
    return ui.card(
        ui.paragraph(words),
        rx.cond(STATE.tokens, ui.link_list(rx.foreach(STATE.tokens, _token)), none),
        rx.cond(
            STATE.is_sure,
            _form("name", "Such as: our CRM.", "Make a token", STATE.create_token),
            rx.fragment(),
        ),
        title="Tokens",
    )


def _token(row: TokenRow) -> rx.Component:
    revoke = ui.confirm(
        title="Revoke this token?",
        body="The system that uses it is refused from this moment on.",
        verb="Revoke the token",
        on_confirm=STATE.revoke_token(row.id, row.key),
        trigger=ui.button("Revoke", small=True, suffix=row.name),
    )
    return ui.plain_row(row.name, row.meta, right=revoke)


def _endpoints() -> rx.Component:
    words = (
        "Events are sent to these addresses the moment they happen, signed as Standard Webhooks."
    )
    none = ui.paragraph("There is no address yet.", quiet=True)
    return ui.card(
        ui.paragraph(words),
        rx.cond(STATE.endpoints, ui.link_list(rx.foreach(STATE.endpoints, _endpoint)), none),
        rx.cond(
            STATE.is_sure,
            _form(
                "url",
                "An https address on the open internet.",
                "Add the address",
                STATE.add_endpoint,
            ),
            rx.fragment(),
        ),
        title="Addresses",
    )


def _form(name: str, hint: str, verb: str, on_submit) -> rx.Component:  # noqa: ANN001
    box = ui.text_input(name, auto_complete="off", spell_check=False)
    return ui.form(
        ui.field(LABELS[name], box, id=name, hint=hint, error=WRONG[name]),
        ui.hidden_input("key", STATE.form_key),
        ui.actions(ui.submit_button(verb, tone="", busy=STATE.busy)),
        on_submit=on_submit,
        # Drawn anew once something was made; what is being typed outlives everything else.
        key=STATE.form_key,
    )


def _endpoint(row: EndpointRow) -> rx.Component:
    switch = rx.cond(
        row.is_enabled,
        _small("Switch off", STATE.switch_off(row.id, row.key), row.url),
        _small("Switch on", STATE.switch_on(row.id, row.key), row.url),
    )
    again = rx.cond(
        row.has_dead,
        _small("Send again", STATE.retry(row.id, row.key), row.url),
        rx.fragment(),
    )
    remove = ui.confirm(
        title="Remove this address?",
        body="Nothing more is sent there, and what was on its way is forgotten.",
        verb="Remove the address",
        on_confirm=STATE.remove_endpoint(row.id, row.key),
        trigger=ui.button("Remove", small=True, suffix=row.url),
    )
    changes = rx.cond(STATE.is_sure, rx.fragment(switch, remove), rx.fragment())
    right = ui.row(ui.status_tag(row.status, row.tone), again, changes)
    return ui.plain_row(row.url, row.meta, right=right)


def _small(label: str, on_click, suffix: rx.Var[str]) -> rx.Component:  # noqa: ANN001
    return ui.button(label, on_click=on_click, small=True, suffix=suffix)


def _deliveries() -> rx.Component:
    table = ui.data_table(
        caption="Events sent",
        columns=["Event", "Status", "Address", "Tried", "Answer", "Last"],
        body=rx.foreach(STATE.rows, _delivery),
    )
    return listing(
        STATE,
        ui.segmented(
            options=STATES, value=STATE.show, on_pick=STATE.pick, label="What became of them"
        ),
        rx.fragment(),
        body=table,
        nothing=ui.empty("send", "Nothing here", "Events of this kind appear by themselves."),
        title="Events sent",
    )


def _delivery(row: DeliveryRow) -> rx.Component:
    return ui.table_row(
        ui.row_head(row.event),
        ui.status_cell(ui.status_tag(row.status, row.tone)),
        ui.cell(row.url, label="Address"),
        ui.cell(row.tries, label="Tried"),
        ui.cell(row.answer, label="Answer"),
        ui.cell(row.when, label="Last"),
        key=row.id,
    )
