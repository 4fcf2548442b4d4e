"""How the operator's own system fills the portal, and what became of each feed."""

from portal_app.services.imports.commands.feeds import import_folder
from portal_app.services.imports.commands.uploads import (
    give_up_upload,
    import_checked,
    import_upload,
    receive_feed,
)
from portal_app.services.imports.policy import may_import
from portal_app.services.imports.queries import refusals_csv, run_report, runs, waiting
from portal_app.services.imports.views import (
    ImportProgress,
    ImportReport,
    Refusal,
    RunPage,
    RunState,
    RunSummary,
    TypeCounts,
    Waiting,
)

__all__ = [
    "ImportProgress",
    "ImportReport",
    "Refusal",
    "RunPage",
    "RunState",
    "RunSummary",
    "TypeCounts",
    "Waiting",
    "give_up_upload",
    "import_checked",
    "import_folder",
    "import_upload",
    "may_import",
    "receive_feed",
    "refusals_csv",
    "run_report",
    "runs",
    "waiting",
]
