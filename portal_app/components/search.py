"""A search box for lists."""

import reflex as rx

from portal_app.components.icons import icon
from portal_app.components.values import Handler, Text


def _words(words: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (words,)


class SearchInput(rx.el.Div):
    """Sends what was typed after a pause; the script stands in search.jsx."""

    library = f"$/public{rx.asset('search.jsx', shared=True)}"
    tag = "SearchInput"

    name: rx.Var[str]
    value: rx.Var[str]
    placeholder: rx.Var[str]
    auto_complete: rx.Var[str]
    on_search: rx.EventHandler[_words]


def search_box(
    *, value: Text, on_change: Handler, label: Text, placeholder: Text = "", id: str = "search"
) -> rx.Component:
    """Search as one types, a quarter of a second after the last key."""
    box = SearchInput.create(
        name=id,
        custom_attrs={"id": id},
        value=value,
        on_search=on_change,
        placeholder=placeholder,
        auto_complete="off",
        aria_label=label,
        class_name="in",
    )
    return rx.el.div(icon("search", 16), box, class_name="search")
