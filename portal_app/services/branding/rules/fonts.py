"""The fonts that a brand may choose: included ones, and families that devices bring along.

Nothing is ever fetched from elsewhere. Inter and Figtree lie in `assets/fonts` under the SIL Open
Font License 1.1; the other entries name families that are installed on people's devices.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Font:
    """A choice in the list, and the families that it stands for, the wanted one first."""

    name: str
    stack: str


FONTS: Mapping[str, Font] = MappingProxyType(
    {
        "Inter": Font("Inter", '"Inter","Inter fallback",system-ui,sans-serif'),
        "Figtree": Font("Figtree", '"Figtree","Figtree fallback",system-ui,sans-serif'),
        "System": Font("The device’s own", "system-ui,sans-serif"),
        "Humanist": Font(
            "Humanist, as Gill Sans or Calibri",
            'Seravek,"Gill Sans Nova",Ubuntu,Calibri,"DejaVu Sans",sans-serif',
        ),
        "Geometric": Font(
            "Geometric, as Avenir or Corbel", 'Avenir,Montserrat,Corbel,"URW Gothic",sans-serif'
        ),
        "Rounded": Font(
            "Rounded",
            'ui-rounded,"Hiragino Maru Gothic ProN",Quicksand,sans-serif',
        ),
        "Transitional": Font(
            "Serif, as Charter or Cambria", 'Charter,"Bitstream Charter","Sitka Text",Cambria,serif'
        ),
        "Old style": Font(
            "Serif, as Palatino",
            '"Iowan Old Style","Palatino Linotype",P052,serif',
        ),
    }
)
