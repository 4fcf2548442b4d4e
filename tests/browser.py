"""A browser without a screen: it keeps its cookie, says where it is, and follows nothing."""

import re
from itertools import count

import httpx

from portal_app import models as m
from tests.asking import ask
from tests.door import rows
from tests.portal_server import PortalServer

_networks = count(1)


class Browser:
    """Posts forms as the portal's own pages do; each one is in a network of its own."""

    def __init__(self, server: PortalServer, cookie: str = "") -> None:
        self.server, self.cookie = server, cookie
        number = next(_networks)
        self.ip = f"203.{number // 250}.{number % 250}.7"

    def headers(self, **more: str) -> dict[str, str]:
        cookie = {"cookie": f"__Host-portal={self.cookie}"} if self.cookie else {}
        return {"origin": self.server.address, "x-forwarded-for": self.ip, **cookie, **more}

    def post(self, path: str, *, page: str = "", **form: str) -> httpx.Response:
        """Post a form from a `page` of the portal, if that says where it stands."""
        said = {"referer": f"{self.server.address}{page}"} if page else {}
        answer = ask(self.server, "POST", path, data=form, headers=self.headers(**said))
        if found := re.search(r"__Host-portal=([\w-]*)", answer.headers.get("set-cookie", "")):
            self.cookie = found[1]
        return answer

    def get(self, path: str) -> httpx.Response:
        return ask(self.server, "GET", path, headers=self.headers())

    def notes(self) -> dict[str, str]:
        """What the newest session says on its next page."""
        return rows(self.server, m.PortalSession)[-1].notes.get("note", {})

    @property
    def is_in(self) -> bool:
        """Whether somebody is signed in here."""
        return self.post("/auth/stay").status_code == 200
