"""A payment gateway that only pretends: for laptops, demos and tests; no money ever moves.

It behaves as a real one where that matters: it remembers by itself, it answers the same key with
the same charge, it declines for a reason, and it may take money without answering.
"""

import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urljoin

from portal_app.core.ids import new_id
from portal_app.core.secrets import bind, equal, new_token
from portal_app.integrations.sandbox_methods import METHODS, TestMethod, Trick
from portal_app.integrations.sandbox_store import SandboxStore
from portal_app.ports import PortRefused, PortUnavailable
from portal_app.ports.payments import (
    AddedMethod,
    ChargeOrder,
    ChargeResult,
    DeclineReason,
    GatewayNotice,
    SetupOrder,
    SetupPage,
)

PATH = "/sandbox-gateway/"
SIGNATURE = "sandbox-signature"
SETTLES_AFTER = timedelta(minutes=2)
TOLERANCE = timedelta(minutes=5)
# What the demonstration's feed calls its cards and accounts: each works.
DEMO_NAMES = "demo_"
_SILENCE = "The gateway did not answer in time."
_FORGED = "This was not signed by the gateway, or is too old."


@dataclass(frozen=True, slots=True)
class HostedPage:
    """A page of the sandbox as it is shown: for what, and where the browser goes afterwards."""

    page: str
    contract_number: str
    holder: str
    return_url: str
    is_finished: bool


class SandboxGateway:
    """Fulfils `ports.payments.PaymentGateway`."""

    name = "sandbox"
    methods = tuple(METHODS.values())

    def __init__(self, path: Path, *, secret: str, now: Callable[[], datetime]) -> None:
        """Keep everything in the file `path`; `secret` signs notices, `now` is the clock."""
        self._store = SandboxStore(path)
        self._secret = secret
        self._now = now

    # The hosted page ----------------------------------------------------------------------

    def begin_setup(self, order: SetupOrder) -> SetupPage:
        """Return the page on which a method can be added; see `PaymentGateway`."""
        with self._store.writing() as file:
            file.execute(
                "INSERT INTO page VALUES (?, ?, ?, ?, ?, ?, NULL) ON CONFLICT DO NOTHING",
                (new_token(), order.reference, order.contract_number, order.holder,
                 order.currency, order.return_url),
            )  # fmt: skip
            asked = "SELECT id FROM page WHERE reference = ?"
            page: str = file.execute(asked, (order.reference,)).fetchone()["id"]
        return SetupPage(urljoin(order.return_url, PATH + page), page)

    def hosted_page(self, page: str) -> HostedPage | None:
        """Return what to show on a page, or None when there is no such page."""
        with self._store.writing() as file:
            row = _page(file, page)
        if row is None:
            return None
        is_finished = row["token"] is not None
        return HostedPage(
            page, row["contract_number"], row["holder"], row["return_url"], is_finished
        )

    def choose(self, page: str, key: str) -> bool:
        """Add a test method on a page; False when there is no such page or method.

        Only the first choice counts: sent again, nothing is added a second time.
        """
        chosen = METHODS.get(key)
        with self._store.writing() as file:
            row = _page(file, page)
            if row is None or chosen is None:
                return False
            if row["token"] is None:
                token = self._keep(file, chosen, row["holder"])
                file.execute("UPDATE page SET token = ? WHERE id = ?", (token, page))
            return True

    def finished_setup(self, gateway_reference: str) -> AddedMethod | None:
        """Return what was added on a page; see `PaymentGateway`."""
        with self._store.writing() as file:
            page = _page(file, gateway_reference)
            method = _method(file, page["token"]) if page is not None and page["token"] else None
        if method is None:
            return None
        chosen = METHODS[method["key"]]
        return AddedMethod(
            token=method["token"],
            kind=chosen.kind,
            brand=chosen.brand,
            last4=chosen.last4,
            holder=method["holder"],
            fingerprint=f"sandbox-{chosen.key}",
            exp_month=method["exp_month"],
            exp_year=method["exp_year"],
        )

    def _keep(self, file: sqlite3.Connection, chosen: TestMethod, holder: str) -> str:
        token, is_card = f"sbxpm_{new_id()}", chosen.kind == "card"
        ends = (12, self._now().year + chosen.years_left) if is_card else (None, None)
        file.execute(
            "INSERT INTO method VALUES (?, ?, ?, ?, ?, 0)", (token, chosen.key, holder, *ends)
        )
        return token

    # Charges ------------------------------------------------------------------------------

    def charge(self, order: ChargeOrder) -> ChargeResult:
        """Take the amount once; see `PaymentGateway`."""
        if order.amount_minor <= 0:
            raise PortRefused("An amount has to be more than nothing.")
        with self._store.writing() as file:
            found = _charge(file, order.idempotency_key)
            if found is None:
                is_answered = self._take(file, order)
            else:
                _require_same(found, order)
                is_answered = True
                if not found["is_heard"]:
                    heard = "UPDATE charge SET is_heard = 1, at = ? WHERE id = ?"
                    file.execute(heard, (self._now().isoformat(), found["id"]))
            row = _charge(file, order.idempotency_key)
        # The money is taken by now, as it is where an answer is lost on its way.
        if not is_answered or row is None:
            raise PortUnavailable(_SILENCE)
        return self._result(row)

    def find(self, order: ChargeOrder) -> ChargeResult | None:
        """Return what came of a charge; see `PaymentGateway`."""
        with self._store.writing() as file:
            row = _charge(file, order.idempotency_key)
        return self._result(row) if row is not None and row["is_heard"] else None

    def detach(self, token: str) -> None:
        """Forget a method; see `PaymentGateway`."""
        with self._store.writing() as file:
            file.execute("UPDATE method SET is_gone = 1 WHERE token = ?", (token,))

    def _take(self, file: sqlite3.Connection, order: ChargeOrder) -> bool:
        """Write down how a charge ends, or will end; say whether it is answered."""
        method, now = _method(file, order.token), self._now()
        chosen = METHODS[method["key"]] if method is not None and not method["is_gone"] else None
        if method is None and order.token.startswith(DEMO_NAMES):
            chosen = METHODS["visa"]
        earlier = "SELECT count(*) FROM charge WHERE token = ?"
        is_first = file.execute(earlier, (order.token,)).fetchone()[0] == 0
        trick = chosen.trick if chosen and is_first else Trick.NONE
        is_heard = trick is not Trick.AWAY_ONCE
        declined = chosen.declined if chosen else DeclineReason.METHOD_GONE
        if trick is Trick.LATER:
            declined = DeclineReason.INSUFFICIENT_FUNDS
        settles_at = (now + SETTLES_AFTER).isoformat() if chosen and chosen.settles_late else None
        file.execute(
            "INSERT INTO charge VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (f"sbxch_{new_id()}", order.idempotency_key, order.token, order.amount_minor,
             order.currency, order.description, is_heard, declined or "", now.isoformat(),
             settles_at),
        )  # fmt: skip
        return trick not in {Trick.AWAY_ONCE, Trick.SILENT_ONCE}

    def _result(self, row: sqlite3.Row) -> ChargeResult:
        settles_at = row["settles_at"]
        if settles_at and self._now() < datetime.fromisoformat(settles_at):
            return ChargeResult(row["id"], is_pending=True)
        declined = row["declined"]
        return ChargeResult(row["id"], DeclineReason(declined) if declined else None)

    # Notices ------------------------------------------------------------------------------

    def signed(self, notice: GatewayNotice) -> tuple[bytes, dict[str, str]]:
        """Return the body and the headers with which the sandbox would send a notice."""
        body = json.dumps(
            {
                "id": notice.notice_id,
                "charge": notice.idempotency_key,
                "page": notice.setup_reference,
            }
        )
        sent = str(int(self._now().timestamp()))
        signature = f"{sent}.{bind(self._secret, 'sandbox-notice', sent, body)}"
        return body.encode(), {"content-type": "application/json", SIGNATURE: signature}

    def notice(self, body: bytes, headers: Mapping[str, str]) -> GatewayNotice | None:
        """Read a notice; see `PaymentGateway`."""
        sent, _, signature = headers.get(SIGNATURE, "").partition(".")
        try:
            text = body.decode()
            wanted = bind(self._secret, "sandbox-notice", sent, text)
            age = abs(self._now().timestamp() - int(sent))
        except ValueError:
            raise PortRefused(_FORGED) from None
        if not equal(wanted, signature) or age > TOLERANCE.total_seconds():
            raise PortRefused(_FORGED)
        told: dict[str, str] = json.loads(text)
        return GatewayNotice(told["id"], told["charge"], told["page"])


def _page(file: sqlite3.Connection, page: str) -> sqlite3.Row | None:
    return file.execute("SELECT * FROM page WHERE id = ?", (page,)).fetchone()


def _method(file: sqlite3.Connection, token: str) -> sqlite3.Row | None:
    return file.execute("SELECT * FROM method WHERE token = ?", (token,)).fetchone()


def _charge(file: sqlite3.Connection, key: str) -> sqlite3.Row | None:
    return file.execute("SELECT * FROM charge WHERE idempotency_key = ?", (key,)).fetchone()


def _require_same(row: sqlite3.Row, order: ChargeOrder) -> None:
    asked = (order.token, order.amount_minor, order.currency)
    if asked != (row["token"], row["amount_minor"], row["currency"]):
        raise PortRefused("This key belongs to another charge.")
