"""A catalogue source in, examples to learn from out: a product's local pictures with its texts and facts."""

from collections.abc import Iterator

from indexing.product import Product
from indexing.sources import BadSource, Listed, Source, read_rows
from inference.train.examples import Example, Fact

_FACTS = (("kind", "category"), ("colour", "color"), ("material", "material"))


def training_examples(source: Source) -> Iterator[Example]:
    """One example a picture; a product is a group.

    Raises:
        BadSource: its pictures are links: they have to lie in a folder to be learned from.
    """
    folder = source.folder
    if folder is None:
        raise BadSource("Pictures behind links cannot be learned from; download them and name their folder.")
    for row in read_rows(source):
        if not isinstance(row, Listed):
            continue
        product = row.product
        captions = tuple(dict.fromkeys(filter(None, (product.title, *product.titles.values()))))
        for picture in product.pictures:
            if "://" not in picture:
                yield Example(picture=folder / picture, group=product.id, captions=captions, facts=_facts(product))


def _facts(product: Product) -> tuple[Fact, ...]:
    named = ((name, str(getattr(product, field)).strip().lower()) for name, field in _FACTS)
    return tuple(Fact(name=name, value=value) for name, value in named if value)
