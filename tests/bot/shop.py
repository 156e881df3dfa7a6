"""A small catalogue's facets for the tables of the grammar."""

from bot.grammar_words import Lexicon
from indexing.product import FacetField
from indexing.store import Facets


def _values(text: str) -> tuple[tuple[str, int], ...]:
    return tuple((value, 1) for value in text.split(";"))


VALUES: dict[FacetField, tuple[tuple[str, int], ...]] = {
    "brand": _values("Contoso;Northwind;Stone & Beam;Fabrikam"),
    "color": _values(
        "Red;Burgundy;Blue;Navy;Navy and white;Sky blue;Green;Forest green;White;Black;Orange;Gold;"
        "Grey;Brown;Red and white"
    ),
    "material": _values("Ceramic;Oak;Walnut;Stainless steel;Glass;Leather;Cotton;Plastic;Gold"),
    "category": _values("Mug;Table lamp;Chair;Backpack;Sofa;Vase"),
}
FACETS = Facets(values=VALUES, prices={"USD": (100, 9000)}, in_stock=10, total=12)
LEXICON = Lexicon(FACETS)
