"""Products beyond the catalogue's, to train on."""

from itertools import islice

from examples.catalogue.abo import split_of
from examples.catalogue.records import Product, all_products
from examples.catalogue.specs import KINDS
from examples.catalogue.training_set import further_products, strangers


def test_further_products_are_none_of_the_catalogues_and_the_same_each_time() -> None:
    further = list(islice(further_products(2), 200))

    assert {p.id for p in further}.isdisjoint(p.id for p in all_products())
    assert [p.id for p in further] == [p.id for p in islice(further_products(2), 200)]


def test_no_further_product_has_all_the_attributes_of_one_that_measures() -> None:
    def look(p: Product) -> tuple[object, ...]:
        options = tuple(sorted((name, option.key) for name, option in p.options.items()))
        return (p.kind.key, p.shape.key, p.material, p.colour, p.pattern, p.colour2, options)

    measured = {look(p) for p in all_products() if split_of(p) != "train"}

    assert measured.isdisjoint(look(p) for p in further_products(4))


def test_strangers_are_of_no_kind_of_the_catalogue_and_the_same_each_time() -> None:
    dealt = strangers(3)

    assert {p.kind.key for p in dealt}.isdisjoint(KINDS)
    assert len({p.id for p in dealt}) == len(dealt)
    assert [p.id for p in dealt] == [p.id for p in strangers(3)]
    assert {p.id for p in dealt} <= {p.id for p in strangers(4)}
