"""Theme and logo of the customer portal (S4-03 to S4-06)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.parts import part_form, part_history, part_news
from portal_app.services import branding
from portal_app.state.looks.logo import LogoState
from portal_app.state.looks.theme import ComponentRow, ThemeState

STATE = ThemeState
LOGO = LogoState
PRESETS = [
    (branding.OWN, "The brand’s own colour"),
    *[(key, one.name) for key, one in branding.PRESETS.items()],
    (branding.CUSTOM, "Custom"),
]
FONTS = [("", "As the brand was set up"), *[(key, one.name) for key, one in branding.FONTS.items()]]


def theme_group() -> rx.Component:
    """Choose a theme beside a sample of it; the logo has a form of its own."""
    return ui.loading(
        STATE.is_loaded & LOGO.is_loaded,
        ui.stack(
            part_news(STATE, group="theme"),
            ui.columns(_choices(), _sample()),
            part_history(STATE),
            _logo(),
            part_history(LOGO),
        ),
        ui.skeleton("form", 6),
    )


def _choices() -> rx.Component:
    return ui.card(
        part_form(
            STATE,
            ui.field(
                "Theme",
                ui.select("preset", PRESETS, value=STATE.form.preset),
                id="preset",
                hint="Every ready theme can be read by everybody. Custom: choose each colour.",
                error=STATE.field_problems["preset"],
            ),
            rx.el.div(_colours(), hidden=~STATE.is_custom),
            _font("heading_font", "Heading font", STATE.form.heading_font),
            _font("body_font", "Body font", STATE.form.body_font),
            ui.form_help(on_typed=STATE.typed),
        ),
        title="Theme",
    )


def _font(name: str, label: str, value: rx.Var) -> rx.Component:
    box = ui.select(name, FONTS, value=value)
    return ui.field(label, box, id=name, error=STATE.field_problems[name])


def _colours() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend("Colours by daylight", class_name="legend"),
        rx.el.p(
            "Ground and text of each component. Whoever prefers a dark screen gets a dark one "
            "made from the colour of your main button.",
            class_name="hint",
        ),
        rx.el.div(
            rx.el.div(rx.el.span(), rx.el.b("Ground"), rx.el.b("Text"), aria_hidden="true"),
            rx.foreach(STATE.starts, _pair),
            class_name="swatches",
        ),
        class_name="field group",
    )


def _pair(one: ComponentRow) -> rx.Component:
    return rx.el.div(
        rx.el.span(one.name),
        _colour(f"{one.key}_ground", one.ground, f"{one.name}, ground"),
        _colour(f"{one.key}_ink", one.ink, f"{one.name}, text"),
        rx.el.span(id=f"{one.key}_figure"),
        key=f"{one.key}{one.ground}{one.ink}",
    )


def _colour(name: rx.Var, value: rx.Var, label: rx.Var) -> rx.Component:
    return ui.text_input(name, type="color", value=value, aria_label=label)


def _figure(one: ComponentRow) -> rx.Component:
    offer = ui.button(
        rx.fragment("Use ", one.offer),
        on_click=STATE.take_offer(one.key),
        small=True,
        suffix=one.name,
    )
    return ui.plain_row(
        one.name,
        rx.cond(one.offer != "", "Cannot be read. The nearest text that can:", ""),
        right=ui.row(
            rx.cond(one.offer != "", offer, rx.fragment()),
            ui.status_tag(one.figure, one.tone),
            ui.status_tag(one.dark_figure, one.dark_tone),
        ),
    )


def _sample() -> rx.Component:
    return ui.stack(
        ui.card(rx.el.style(STATE.sheet), _mock(), title="How it looks"),
        ui.card(
            rx.el.p(STATE.summary, role="status"),
            ui.link_list(rx.foreach(STATE.wrong, _figure)),
            ui.disclosure("Each component", ui.link_list(rx.foreach(STATE.rows, _figure))),
            title="Contrast",
        ),
    )


def _mock() -> rx.Component:
    """Show each component once, as customers see it; nothing in it can be pressed."""
    return rx.el.div(
        rx.el.div(rx.el.b("Top bar"), class_name="side"),
        rx.el.p("Section heading", class_name="h2"),
        rx.el.div(
            rx.el.div(
                rx.el.p("A panel with words and ", rx.el.span("a link", class_name="a"), "."),
                rx.el.p("Quieter words stand below.", class_name="muted"),
                class_name="card-b",
            ),
            _mock_table(),
            class_name="card",
        ),
        rx.el.div(
            rx.el.span("Main button", class_name="btn primary"),
            rx.el.span("Another", class_name="btn"),
            class_name="row",
        ),
        rx.el.div(rx.el.p("An alert says what needs attention."), class_name="alert"),
        rx.el.div(rx.el.p("A dialog asks something."), class_name="dialog"),
        rx.el.div("The foot of the page", class_name="foot"),
        id=branding.PREVIEW_SCOPE.removeprefix("#"),
        class_name="sample",
        custom_attrs={"aria-hidden": "true"},
    )


def _mock_table() -> rx.Component:
    head = rx.el.tr(rx.el.th("Invoice", scope="col"), rx.el.th("Amount", scope="col"))
    row = rx.el.tr(rx.el.td("INV-1042"), rx.el.td("$120.00"))
    return rx.el.table(rx.el.thead(head), rx.el.tbody(row), class_name="tbl")


def _logo() -> rx.Component:
    now = rx.el.img(src=LOGO.logo.address, alt=LOGO.logo.alt, height="48", class_name="logo-now")
    return ui.card(
        rx.cond(LOGO.logo.address != "", now, ui.paragraph("There is no logo yet.", quiet=True)),
        ui.post_form(
            ui.field(
                "Logo",
                ui.file_input("logo", accept=".png,.jpg,.jpeg,.webp,.svg"),
                id="logo",
                hint=f"{branding.LOGO_KINDS}. Without a file the present one stays.",
                error=LOGO.field_problems["logo"],
            ),
            ui.field(
                "What it says",
                ui.text_input("alt", value=LOGO.logo.alt, auto_complete="off"),
                id="alt",
                hint="Read to people who cannot see it, such as your company’s name.",
                error=LOGO.field_problems["alt"],
            ),
            ui.hidden_input("seen", LOGO.part.seen),
            ui.hidden_input("key", LOGO.part.key),
            ui.actions(ui.submit_button("Apply")),
            action="/staff/branding/logo",
            problem=LOGO.problem,
            field_problems=LOGO.field_problems,
            labels={"logo": "Logo", "alt": "What it says"},
            files=True,
        ),
        title="Logo",
        id="brand-logo",
    )
