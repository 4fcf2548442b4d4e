"""The addresses of every page, each with what a demo person sees there."""

from portal_app.core import clock

TODAY = clock.today("America/Los_Angeles").isoformat()  # where the demo customer lives
CONSUMER = (
    "/", "/contracts", "/contracts/R-77120", "/quotes", "/reservations", "/invoices",
    "/invoices/INV-91472", "/statements", f"/statements/{TODAY}", "/items-out", "/requests",
    "/notifications", "/help", "/profile", "/security", "/choose-account",
)  # fmt: skip
STAFF = (
    "/staff", "/staff/rental-requests", "/staff/customers", "/staff/customers/10427",
    "/staff/customers/30211", "/staff/imports", "/staff/outbox", "/staff/jobs", "/staff/reports",
    "/staff/settings/portal", "/staff/settings/licence", "/staff/settings/audit",
    "/staff/settings/help", "/staff/gallery",
)  # fmt: skip
DOORS = (
    "/sign-in", "/sign-in/code", "/sign-in/set-up", "/register", "/register/code", "/reset",
    "/reset/none",
)  # fmt: skip
