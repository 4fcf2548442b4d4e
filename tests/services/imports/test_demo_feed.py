from pathlib import Path

import pytest

from portal_app.core.actor import Actor
from portal_app.services import imports
from tests import factories as f

DEMO = Path(__file__).parents[3] / "demo"


@pytest.mark.parametrize("folder", ["feed", "feed_orchard"])
def test_demo_feed_goes_in_whole_and_a_second_time_changes_nothing(any_db, folder):
    actor = Actor.system("tests", brand=f.brand().id)
    first = imports.import_folder(actor, path=DEMO / folder)
    second = imports.import_folder(actor, path=DEMO / folder)
    refused = [one for one in first.refusals if not one.is_warning]
    assert (refused, first.is_clean, second.is_clean) == ([], True, True)
    assert first.run.written == first.run.rows_read > 200
    assert second.run.written == 0
