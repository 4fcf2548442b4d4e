"""The floor of bare Reflex: the same three pages, filled from a state."""

import asyncio
from dataclasses import dataclass
from http.cookies import SimpleCookie

import reflex as rx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.routing import Route

from bench.floors import rows


@dataclass(frozen=True)
class Row:
    """One contract as it is shown."""

    number: str
    kind: str
    status: str
    day: str


class FloorState(rx.State):
    """What the pages show."""

    rows: list[Row] = []
    balance: str = ""

    @rx.event
    async def load_summary(self):
        """Fill the summary."""
        self.balance = ""
        self.balance = await asyncio.to_thread(rows.balance, self._account())

    @rx.event
    async def load_contracts(self):
        """Fill the list."""
        found = await asyncio.to_thread(rows.newest, self._account())
        self.rows = [Row(*row) for row in found]

    def _account(self) -> str:
        cookie = SimpleCookie(self.router.headers.cookie).get(rows.COOKIE)
        return cookie.value if cookie else ""


class PostForm(rx.el.Div):
    """A form that the browser itself posts."""

    tag = "form"
    action: rx.Var[str]
    method: rx.Var[str]


def _frame(*content: rx.Component) -> rx.Component:
    nav = rx.el.nav(rx.el.a("Summary", href="/summary"), rx.el.a("Contracts", href="/contracts"))
    return rx.fragment(nav, rx.el.main(*content))


def sign_in() -> rx.Component:
    """Ask who is there."""
    return _frame(
        rx.el.h1("Sign in"),
        PostForm.create(
            rx.el.label("Phone ", rx.el.input(name="phone")),
            rx.el.label("Password ", rx.el.input(name="password", type="password")),
            rx.el.button("Sign in", type="submit"),
            action="/auth/sign-in",
            method="post",
        ),
    )


def summary() -> rx.Component:
    """Show the balance."""
    balance = rx.el.p(FloorState.balance, class_name="balance")
    return _frame(rx.el.h1("Summary"), rx.cond(FloorState.balance != "", balance, rx.fragment()))


def _row(row: Row) -> rx.Component:
    return rx.el.li(
        rx.el.b(row.number),
        rx.el.span(row.kind),
        rx.el.span(row.status),
        rx.el.time(row.day),
        class_name="row",
    )


def contracts() -> rx.Component:
    """List the contracts."""
    return _frame(rx.el.h1("Contracts"), rx.el.ul(rx.foreach(FloorState.rows, _row)))


async def _signed_in(request: Request) -> RedirectResponse:
    form = await request.form()
    account = await asyncio.to_thread(
        rows.account_of, str(form.get("phone")), str(form.get("password"))
    )
    answer = RedirectResponse("/summary", 303)
    answer.set_cookie(rows.COOKIE, account, httponly=True)
    return answer


async def _healthz(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("ok")


app = rx.App(
    api_transformer=Starlette(
        routes=[
            Route("/auth/sign-in", _signed_in, methods=["POST"]),
            Route("/healthz", _healthz),
        ]
    ),
    toaster=None,
    stylesheets=["/floor.css"],
)
app.add_page(sign_in, route="/sign-in", title="Floor")
app.add_page(summary, route="/summary", title="Floor", on_load=FloorState.load_summary)
app.add_page(contracts, route="/contracts", title="Floor", on_load=FloorState.load_contracts)
