"""Limits that count by the clock of the tests, as services have them."""

from tests.services.conftest import limiter

__all__ = ["limiter"]
