"""The browser part is built beside other work, and only when it has to be."""

import subprocess
import sys
import time

import pytest

from portal_app.cli import build


@pytest.fixture
def builder(tmp_path, monkeypatch):
    """Put a script in the interpreter's place; it writes down that it began and that it ended."""

    def write(ending: str):
        (tmp_path / "python").write_text(f"#!/bin/sh\ntouch began\n{ending}\ntouch ended\n")
        (tmp_path / "python").chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
        monkeypatch.chdir(tmp_path)
        (tmp_path / build.STAMP.parent).mkdir(parents=True)
        return tmp_path

    return write


def wait_for(file):
    deadline = time.monotonic() + 20
    while not file.exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_the_block_runs_while_the_pages_are_built_and_ends_after_them(builder):
    folder = builder("while [ ! -e go_on ]; do sleep 0.01; done")
    with build.alongside() as is_building:
        assert is_building
        wait_for(folder / "began")
        assert not (folder / "ended").exists()
        (folder / "go_on").touch()
    assert (folder / "ended").exists()
    assert build.is_current()
    assert not build.ensure_built()


def test_a_build_that_fails_is_told_of_and_tried_again(builder):
    builder("exit 3")
    with pytest.raises(subprocess.CalledProcessError):
        build.ensure_built()
    assert not build.is_current()


def test_what_fails_beside_the_build_ends_it(builder):
    folder = builder("sleep 30")
    began = time.monotonic()
    with pytest.raises(ValueError, match="the database"), build.alongside():
        wait_for(folder / "began")
        raise ValueError("the database")
    assert time.monotonic() - began < 20
    assert not (folder / "ended").exists()
    assert not build.is_current()
