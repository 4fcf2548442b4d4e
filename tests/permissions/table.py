"""Who may send which event. The whole list: an operation that is missing here fails the suite."""

from portal_app.core.actor import Access

PUBLIC = (
    "HelpState.load",
    "HelpState.look_for",
    "HelpState.refresh",
    "PortalState.say",
    "ShellState.load",
    "ShellState.refresh",
)
SIGNED_IN = ("ShellState.dismiss_announcement",)
CONSUMER = (
    "ItemsOutState.load",
    "ItemsOutState.look_for",
    "ItemsOutState.more",
    "ItemsOutState.refresh",
    "OffRentRequestState.cancel",
    "OffRentRequestState.load",
    "OffRentRequestState.refresh",
    "OffRentState.answer",
    "OffRentState.load",
    "OffRentState.send",
    "RequestsState.load",
    "RequestsState.more",
    "RequestsState.refresh",
)
STAFF = (
    "RentalQueueState.acknowledge",
    "RentalQueueState.cancel",
    "RentalQueueState.check_in",
    "RentalQueueState.clear",
    "RentalQueueState.close",
    "RentalQueueState.decline",
    "RentalQueueState.load",
    "RentalQueueState.look_for",
    "RentalQueueState.more",
    "RentalQueueState.pick_kind",
    "RentalQueueState.pick_view",
    "RentalQueueState.receive",
    "RentalQueueState.refresh",
    "RentalQueueState.reschedule",
    "RentalQueueState.schedule",
    "WorkQueueState.load",
    "WorkQueueState.refresh",
)
MANAGER = (
    "HelpEditorState.close",
    "HelpEditorState.delete",
    "HelpEditorState.edit",
    "HelpEditorState.load",
    "HelpEditorState.move",
    "HelpEditorState.refresh",
    "HelpEditorState.save",
    "HelpEditorState.write",
    "ImportReportState.import_now",
    "ImportReportState.load",
    "ImportReportState.refresh",
    "ImportsState.load",
    "ImportsState.more",
    "ImportsState.publish",
    "ImportsState.refresh",
    "ReportsState.load",
)
ADMIN = (
    "PortalSettingsState.load",
    "PortalSettingsState.save",
)

OPERATIONS = {
    **dict.fromkeys(PUBLIC, Access.PUBLIC),
    **dict.fromkeys(SIGNED_IN, Access.SIGNED_IN),
    **dict.fromkeys(CONSUMER, Access.CONSUMER),
    **dict.fromkeys(STAFF, Access.STAFF),
    **dict.fromkeys(MANAGER, Access.MANAGER),
    **dict.fromkeys(ADMIN, Access.ADMIN),
}
