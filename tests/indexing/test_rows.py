import pytest

from indexing.product import Product
from indexing.rows import question_for


@pytest.mark.parametrize(
    ("product", "question"),
    [
        (Product(id="1", title="Northwind 330 ml", color="Red", category="Mug"), "red mug"),
        (Product(id="1", title="Bench", color="Forest green/Oak", category="Bench"), "forest green bench"),
        (Product(id="1", title="赤いマグカップ", color="赤", category="マグカップ"), "赤 マグカップ"),
        (Product(id="1", title="A red mug", color="red"), "A red mug"),
        (Product(id="1", title="A mug", category="Mug"), "A mug"),
        (Product(id="1", title="Men's 12\" skillet, $5 & `more` of it for free"), "Men's 12 skillet 5 more of"),
        (Product(id="1", title="", category="Mug"), "Mug"),
        (Product(id="1", title="!!!", color="  ", category="Mug"), ""),
        (Product(id="1", title=""), ""),
    ],
)
def test_a_product_suggests_a_question_that_finds_it(product: Product, question: str) -> None:
    assert question_for(product) == question
