"""The list of a customer's cases (S1-14, S1-15, S1-21)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.listing import listing, no_match, search
from portal_app.layout.shell import consumer_page
from portal_app.services import cases
from portal_app.state.cases.list import CaseEntry, CasesState

STATE = CasesState
READERS = "/cases/who-sees"
STATUSES = [("", "Any status"), *((key.value, words) for key, words in cases.STATUSES.items())]
VIEWS = [
    ("all", "All cases", ""),
    ("mine", "My cases", ""),
    ("action_needed", "Action needed", STATE.action_needed),
]


def cases_page() -> rx.Component:
    """List the cases, what changed last first."""
    return consumer_page(
        ui.page_head(
            "Cases",
            sub=rx.cond(
                STATE.about != "",
                rx.fragment("Only what is about ", STATE.about, "."),
                "What you asked us for help with, for yourself and for others.",
            ),
            actions=[ui.link_button("Open a case", "/cases/new", tone="primary", icon="plus")],
        ),
        ui.loading(STATE.is_loaded, _listing(), ui.skeleton("list", 5)),
        rx.cond(
            STATE.may_choose,
            ui.help_line(ui.text_link("Choose who in your household sees its cases", READERS)),
            rx.fragment(),
        ),
        active="/cases",
    )


def _listing() -> rx.Component:
    views = ui.segmented(options=VIEWS, value=STATE.view, on_pick=STATE.show, label="Show cases")
    return listing(
        STATE,
        views,
        ui.select(
            "status", STATUSES, value=STATE.status, on_change=STATE.pick, aria_label="Status"
        ),
        search(STATE, "Search cases", "Number, subject or name"),
        body=ui.link_list(rx.foreach(STATE.rows, _row)),
        nothing=rx.cond(
            STATE.search != "",
            no_match(STATE, "No case matches", "Try another word, or another view."),
            _nothing(),
        ),
    )


def _row(case: CaseEntry) -> rx.Component:
    tag = ui.status_tag(case.status, case.tone)
    return ui.row_link(case.title, case.meta, case.href, right=tag, icon="life-buoy")


def _nothing() -> rx.Component:
    show_all = ui.button("Show all cases", on_click=STATE.show("all"))
    waiting = ui.empty(
        "circle-check",
        "Nothing waits for you",
        "A case appears here when we ask you something or propose a solution.",
        action=show_all,
    )
    mine = ui.empty(
        "life-buoy",
        "You have not opened a case",
        "Cases that you open, also for somebody else, appear here.",
        action=_open_one(),
    )
    none_at_all = ui.empty(
        "life-buoy",
        "No cases yet",
        "When something is not right, tell us here. You see our answer in the same place.",
        action=_open_one(),
    )
    no_such = ui.empty(
        "search-x",
        "No case has this status",
        "Choose another one above, or “Any status”.",
        action=_open_one(),
    )
    theirs = ui.empty(
        "life-buoy",
        "Nothing here is about whom you act for",
        "Open a case for them, or go back to your own at the top of the page.",
        action=_open_one(),
    )
    own = rx.cond(STATE.view == "mine", mine, none_at_all)
    found_none = rx.cond(STATE.about != "", theirs, own)
    here = rx.cond(STATE.view == "action_needed", waiting, found_none)
    return rx.cond(STATE.status != "", no_such, here)


def _open_one() -> rx.Component:
    return ui.link_button("Open a case", "/cases/new", tone="primary")
