"""A product record -> what its listing says, in English and Japanese."""

from __future__ import annotations

from examples.catalogue.records import Product
from examples.catalogue.words import COLOURS, MATERIALS, PATTERNS, SIZES


def noun_en(product: Product) -> str:
    """The kind in the number its shape asks for: "set of three candles"."""
    several = ("set of", "pair of", "trio of", "stack of")
    return product.kind.plural if product.shape.en.startswith(several) else product.kind.en


def colour_en(product: Product) -> str:
    """The colours of a product in words: "red", "red and white"."""
    first = COLOURS[product.colour].en
    return f"{first} and {COLOURS[product.colour2].en}" if product.colour2 else first


def colour_ja(product: Product) -> str:
    """The same in Japanese."""
    first = COLOURS[product.colour].ja
    return f"{first}×{COLOURS[product.colour2].ja}" if product.colour2 else first


def _use_ja(product: Product) -> str:
    use = product.kind.use[1]
    return f"{use}使える" if use.endswith("に") else use


def _details(product: Product, language: str) -> list[str]:
    said = [o.en if language == "en" else o.ja for o in product.options.values()]
    return [text for text in said if text]


def title_en(product: Product) -> str:
    """Brand first, then what sets it apart, the kind, details, size."""
    rng = product.rng("title")
    pattern = "" if product.pattern == "plain" else PATTERNS[product.pattern].en
    material = MATERIALS[product.material].en
    colour = colour_en(product).title()
    kind = noun_en(product).title()
    shape = product.shape.en.title()
    words = [pattern.title(), shape, material.title() if material.lower() not in kind.lower() else "", kind]
    name = " ".join(word for word in words if word)
    details = _details(product, "en")
    size = SIZES[product.size][0]
    if rng.random() < 0.5:
        parts = [f"{product.brand} {name}", *details, colour]
    else:
        parts = [f"{product.brand} {colour} {name}", *details]
    if size:
        parts.append(size.title())
    return ", ".join(parts)


def title_ja(product: Product) -> str:
    """The Japanese title, in the order Japanese shops use."""
    pattern = "" if product.pattern == "plain" else PATTERNS[product.pattern].ja
    words = [
        product.brand,
        product.kind.ja,
        product.shape.ja,
        f"{MATERIALS[product.material].ja}製",
        pattern,
        *_details(product, "ja"),
        colour_ja(product),
        SIZES[product.size][1],
    ]
    return " ".join(word for word in words if word)


def bullets_en(product: Product) -> list[str]:
    """Four or five bullet points."""
    width, depth, height = product.dimensions_cm
    material = MATERIALS[product.material].en
    pattern = "plain" if product.pattern == "plain" else PATTERNS[product.pattern].en
    finish = f"{colour_en(product).capitalize()}, {pattern} finish"
    return [
        f"{(product.shape.en + ' ' + noun_en(product)).strip().capitalize()} {product.kind.use[0]}",
        f"Made of {material}",
        finish,
        *(detail[0].upper() + detail[1:] for detail in _details(product, "en")),
        f"Measures {width:g} x {depth:g} x {height:g} cm (W x D x H)",
    ]


def bullets_ja(product: Product) -> list[str]:
    """The same in Japanese."""
    width, depth, height = product.dimensions_cm
    pattern = PATTERNS[product.pattern].ja
    return [
        f"{_use_ja(product)}{product.shape.ja}{product.kind.ja}",
        f"素材：{MATERIALS[product.material].ja}",
        f"カラー：{colour_ja(product)}（{pattern}）",
        *_details(product, "ja"),
        f"サイズ：幅{width:g}×奥行{depth:g}×高さ{height:g} cm",
    ]


def description_en(product: Product) -> str:
    """Two sentences."""
    material = MATERIALS[product.material].en
    pattern = "" if product.pattern == "plain" else f"{PATTERNS[product.pattern].en} "
    shape = f"{product.shape.en} " if product.shape.en else ""
    article = "An" if (pattern + shape + material)[0] in "aeiou" else "A"
    details = _details(product, "en")
    tail = f" It comes {' and '.join(details)}." if details and all(d.startswith("with") for d in details) else ""
    return (
        f"{article} {pattern}{shape}{material} {noun_en(product)} in {colour_en(product)} by {product.brand}, "
        f"{product.kind.use[0]}.{tail}"
    )


def description_ja(product: Product) -> str:
    """The same in Japanese."""
    pattern = "" if product.pattern == "plain" else f"{PATTERNS[product.pattern].ja}の"
    details = _details(product, "ja")
    tail = f"{'、'.join(details)}。" if details else ""
    return (
        f"{product.brand}の{colour_ja(product)}、{pattern}{MATERIALS[product.material].ja}製{product.kind.ja}。"
        f"{_use_ja(product)}一品です。{tail}"
    )
