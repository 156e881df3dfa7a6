"""Things that are nothing in particular, to train on beside the catalogue's kinds; no product of them is ever listed.

A model that was shown seventy kinds puts whatever it meets beside the nearest of them. These have no name but how they
are made, so it learns that there is more than kinds, and colours and materials apart from them.
"""

from __future__ import annotations

from examples.catalogue.records import Kind, Shape
from examples.catalogue.words import ALL, MATERIALS, PATTERNS

_SORTS = ("lathed", "stacked", "framed", "cut", "stuffed", "bent", "spoked", "legged", "handled")

STRANGERS: dict[str, Kind] = {
    f"{sort}_thing": Kind(
        key=f"{sort}_thing",
        en=f"{sort} thing",
        ja="もの",
        plural=f"{sort} things",
        department="strangers",
        use=("to look at", "眺める"),
        shapes=tuple(Shape(str(number), "", "", (20.0, 20.0, 20.0)) for number in range(4)),
        materials=tuple(m for m in MATERIALS if m != "glass"),
        colours=ALL,
        patterns=tuple(PATTERNS),
        price=(5.0, 50.0),
        keywords=("object", "thing"),
        count=0,
    )
    for sort in _SORTS
}
