"""Who may send which event. The whole list: an operation that is missing here fails the suite."""

from portal_app.core.actor import Access

PUBLIC = (
    "PortalState.say",
    "ShellState.load",
    "ShellState.refresh",
    "ShellState.dismiss_announcement",
)

OPERATIONS = {
    **dict.fromkeys(PUBLIC, Access.PUBLIC),
    **dict.fromkeys(SIGNED_IN, Access.SIGNED_IN),
}
