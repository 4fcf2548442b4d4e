"""The browser part comes in few files; tests/e2e/test_budgets.py counts them."""

import pytest

from portal_app.web.chunks import Chunks, with_groups

BUNDLER = (
    '      output: {\n        codeSplitting: {\n          groups: [\n            { name: "own" },\n'
)


def test_the_groups_stand_before_the_bundlers_own():
    made = with_groups(BUNDLER)
    assert made.index('name: "icons"') < made.index('name: "react"') < made.index('name: "own"')


def test_a_bundler_without_groups_stops_the_build():
    with pytest.raises(ValueError, match="list of groups"):
        with_groups("export default {}")


def test_the_bundlers_settings_are_what_is_changed():
    changed = []
    Chunks().pre_compile(add_modify_task=lambda *task: changed.append(task))
    assert changed == [("vite.config.js", with_groups)]
