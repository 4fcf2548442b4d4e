"""Large lists of which little changes at a time: the browser puts the changes in."""

from collections.abc import Callable
from typing import Any

import reflex as rx
from reflex.vars import VarData
from reflex_base.utils.imports import ImportVar

LIBRARY = f"$/public{rx.asset('patched.js', shared=True)}"


def patched(
    whole: rx.Var[Any], changes: rx.Var[Any], draw: Callable[[Any], rx.Component]
) -> rx.Component:
    """Draw each of `whole`, with every part in it replaced that stands in `changes` by its `id`.

    Both are values of a state. While a state leaves `whole` alone, only `changes` is sent.
    """
    data = VarData.merge(
        whole._get_all_var_data(),  # noqa: SLF001 - Reflex has no public way
        changes._get_all_var_data(),  # noqa: SLF001
        VarData(imports={LIBRARY: [ImportVar(tag="patched")]}),
    )
    script, kind = f"patched({whole}, {changes})", whole._var_type  # noqa: SLF001
    return rx.foreach(rx.Var(script, _var_type=kind, _var_data=data).guess_type(), draw)
