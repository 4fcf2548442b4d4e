"""The browser part carries no CSS-in-JS library, and nothing needs one."""

import pytest

from portal_app.web.plain_elements import PlainElements, with_alias

BUNDLER = "  resolve: {\n    alias: [\n      { find: '$' },\n    ],\n  },\n"


def test_the_stand_in_is_first_among_the_aliases():
    made = with_alias(BUNDLER)
    assert made.index("@emotion/react") < made.index("find: '$'")
    assert "./utils/plain_elements.js" in made


def test_a_bundler_without_aliases_stops_the_build():
    with pytest.raises(ValueError, match="list of aliases"):
        with_alias("export default {}")


def test_the_stand_in_is_written_beside_the_modules_of_reflex():
    saved, changed = [], []
    PlainElements().pre_compile(
        add_save_task=lambda task: saved.append(task()),
        add_modify_task=lambda *task: changed.append(task),
    )
    ((path, source),) = saved
    assert path == ".web/utils/plain_elements.js"
    for name in ("jsx", "css", "keyframes", "Global", "Fragment"):
        assert name in source
    assert changed == [("vite.config.js", with_alias)]
