"""All kinds of the catalogue and the brands of each department; pure data."""

from __future__ import annotations

from examples.catalogue.records import Kind
from examples.catalogue.specs import (
    bags,
    bath,
    decor,
    electronics,
    fashion,
    furniture,
    garden,
    kitchen,
    lighting,
    office,
    sports,
    toys,
)

BRANDS: dict[str, tuple[str, ...]] = {
    "kitchen": ("Olvane", "Kettleby & Roe", "Morrowfold", "Tansuji", "Pelorne"),
    "lighting": ("Lumiveil", "Torchwick", "Glimrose", "Halden Glow"),
    "furniture": ("Brindlehouse", "Nordlune", "Sorrelby", "Oakmarrow"),
    "decor": ("Quillmere", "Hazelwren", "Ninefold", "Verdanza", "Pelorne"),
    "bags": ("Rovanna", "Stridefar", "Mallowbag", "Kestrelway"),
    "fashion": ("Finchley Row", "Aurelune", "Marlowe Dune", "Kestrelway"),
    "sports": ("Voltarc", "Pacefield", "Rallymore", "Peakling"),
    "toys": ("Tumblewick", "Pippinbox", "Bramblekin", "Harmolo"),
    "electronics": ("Sonavault", "Pixelwright", "Noctron", "Auralis Nine"),
    "office": ("Inkwell North", "Papermoth", "Deskory", "Tansuji"),
    "garden": ("Hollowspade", "Greenmarrow", "Fernwright", "Ironbark Lane"),
    "bath": ("Softbrook", "Lavandell", "Steamhurst", "Ninefold"),
    "strangers": ("Nobody",),
}

KINDS: dict[str, Kind] = {
    kind.key: kind
    for room in (kitchen, lighting, furniture, decor, bags, fashion, sports, toys, electronics, office, garden, bath)
    for kind in room.KINDS
}

FIRST_KINDS = (
    "mug",
    "teapot",
    "frying_pan",
    "table_lamp",
    "chair",
    "sofa",
    "cushion",
    "vase",
    "backpack",
    "suitcase",
    "umbrella",
    "ball",
    "toy_car",
    "headphones",
    "watering_can",
)
"""The kinds of the first 150 products, ten of each; these never change."""
