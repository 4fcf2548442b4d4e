"""The browser part carries nothing that the portal never uses, and nothing needs it."""

import pytest

from portal_app.web.stand_ins import StandIns, with_aliases

BUNDLER = "  resolve: {\n    alias: [\n      { find: '$' },\n    ],\n  },\n"


def test_the_stand_ins_are_first_among_the_aliases():
    made = with_aliases(BUNDLER)
    for package, name in (
        (r"/^@emotion\/react$/", "plain_elements"),
        (r"/^engine\.io\-client$/", "websocket_only"),
        (r"/^\.\/transports\/index\.js$/", "transports"),
    ):
        assert made.index(package) < made.index(f"./utils/{name}.js") < made.index("find: '$'")


def test_a_bundler_without_aliases_stops_the_build():
    with pytest.raises(ValueError, match="list of aliases"):
        with_aliases("export default {}")


def test_the_stand_ins_are_written_beside_the_modules_of_reflex():
    saved, changed = [], []
    StandIns().pre_compile(
        add_save_task=lambda task: saved.append(task()),
        add_modify_task=lambda *task: changed.append(task),
    )
    written = dict(saved)
    for name in ("jsx", "css", "keyframes", "Global", "Fragment"):
        assert name in written[".web/utils/plain_elements.js"]
    for name in ("Socket", "installTimerFunctions", "nextTick", "parse", "WebSocket"):
        assert name in written[".web/utils/websocket_only.js"]
    assert "transports" in written[".web/utils/transports.js"]
    assert changed == [("vite.config.js", with_aliases)]
