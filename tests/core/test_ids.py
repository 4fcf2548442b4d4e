import os
import re

import pytest

from portal_app.core.ids import new_id, process_name, reference


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


def from_a_copy(make):
    """Return what a copy of this process makes."""
    reading, writing = os.pipe()
    if not (child := os.fork()):
        os.write(writing, make().encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writing)
    with os.fdopen(reading) as told:
        return told.read()


def test_a_process_keeps_its_name_and_its_copies_have_their_own():
    mine = process_name()
    assert mine == process_name()
    assert len({mine, from_a_copy(process_name), from_a_copy(process_name)}) == 3


def test_copies_of_a_process_go_on_with_different_ids():
    new_id()
    made = {from_a_copy(new_id)[-16:] for _ in range(20)}
    assert len(made | {from_a_copy(lambda: reference("OR"))}) == 21
