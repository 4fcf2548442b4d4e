import re

import pytest

from portal_app.core.ids import new_id, reference


def test_ids_are_unique_and_sort_by_the_time_they_were_made():
    made = [new_id() for _ in range(5_000)]
    assert len(set(made)) == 5_000
    assert made == sorted(made)
    assert all(
        re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", i)
        for i in made
    )


@pytest.mark.parametrize("length", [6, 10])
def test_references_hold_only_letters_that_nobody_misreads(length):
    made = {reference("OR", length=length) for _ in range(2_000)}
    assert len(made) > 1_990
    assert all(re.fullmatch(rf"OR-[0-9A-HJKMNP-TV-Z]{{{length}}}", one) for one in made)
