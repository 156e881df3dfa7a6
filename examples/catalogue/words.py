"""The vocabulary of the catalogue: colours, materials, patterns and sizes, each in English and Japanese."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour a shopper would name."""

    en: str
    ja: str
    rgb: str
    """sRGB as six hex digits."""
    family: str
    """The basic colour of ABO's `standardized_values`."""


@dataclass(frozen=True, slots=True)
class Material:
    """A material, and how it may be coloured."""

    en: str
    ja: str
    colours: tuple[str, ...] = ()
    """The only colours it comes in; empty: any colour of the kind."""
    patterned: bool = False
    """Whether patterns can be printed, glazed or woven on it."""
    price: float = 1.0
    """Factor on the price of the kind."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern in one or two colours."""

    en: str
    ja: str
    two_colours: bool = True


COLOURS: dict[str, Colour] = {
    "black": Colour("black", "ブラック", "1b1b1d", "Black"),
    "white": Colour("white", "ホワイト", "f2f2ef", "White"),
    "grey": Colour("grey", "グレー", "8d9094", "Grey"),
    "charcoal": Colour("charcoal", "チャコール", "3c4046", "Grey"),
    "silver": Colour("silver", "シルバー", "c6c8ca", "Silver"),
    "red": Colour("red", "レッド", "c4161c", "Red"),
    "burgundy": Colour("burgundy", "バーガンディ", "6a1526", "Red"),
    "pink": Colour("pink", "ピンク", "f09ab4", "Pink"),
    "coral": Colour("coral", "コーラル", "f2705c", "Orange"),
    "orange": Colour("orange", "オレンジ", "ef7d16", "Orange"),
    "terracotta": Colour("terracotta", "テラコッタ", "b5583a", "Orange"),
    "yellow": Colour("yellow", "イエロー", "f6cf1c", "Yellow"),
    "mustard": Colour("mustard", "マスタード", "c9981d", "Yellow"),
    "cream": Colour("cream", "クリーム", "efe4c8", "Beige"),
    "beige": Colour("beige", "ベージュ", "cdb48f", "Beige"),
    "tan": Colour("tan", "タン", "b07c48", "Brown"),
    "brown": Colour("brown", "ブラウン", "6b4226", "Brown"),
    "green": Colour("green", "グリーン", "2f8a43", "Green"),
    "forest green": Colour("forest green", "フォレストグリーン", "1f4a33", "Green"),
    "olive": Colour("olive", "オリーブ", "72753a", "Green"),
    "mint": Colour("mint", "ミント", "a5dcc0", "Green"),
    "teal": Colour("teal", "ティール", "127a7c", "Blue"),
    "turquoise": Colour("turquoise", "ターコイズ", "33bfc4", "Blue"),
    "sky blue": Colour("sky blue", "スカイブルー", "86bfe8", "Blue"),
    "blue": Colour("blue", "ブルー", "2260c4", "Blue"),
    "navy": Colour("navy", "ネイビー", "1c2a52", "Blue"),
    "purple": Colour("purple", "パープル", "6b3fa0", "Purple"),
    "lavender": Colour("lavender", "ラベンダー", "b9a4dc", "Purple"),
    "gold": Colour("gold", "ゴールド", "d8ab4e", "Gold"),
    "copper": Colour("copper", "カッパー", "c9764f", "Copper"),
    "clear": Colour("clear", "クリア", "f4f8f8", "Clear"),
    "amber": Colour("amber", "アンバー", "b8691c", "Brown"),
    "light wood": Colour("light wood", "ライトウッド", "d2ab74", "Beige"),
    "dark wood": Colour("dark wood", "ダークウッド", "5b3a22", "Brown"),
    "natural": Colour("natural", "ナチュラル", "c8a468", "Beige"),
}

BRIGHT = ("red", "orange", "yellow", "green", "blue", "pink", "turquoise", "purple", "white", "black")
MUTED = (
    "white",
    "cream",
    "grey",
    "charcoal",
    "navy",
    "teal",
    "olive",
    "terracotta",
    "mustard",
    "sky blue",
    "pink",
    "beige",
)
ALL = (
    "black",
    "white",
    "grey",
    "red",
    "burgundy",
    "pink",
    "coral",
    "orange",
    "terracotta",
    "yellow",
    "mustard",
    "cream",
    "brown",
    "green",
    "forest green",
    "olive",
    "mint",
    "teal",
    "turquoise",
    "sky blue",
    "blue",
    "navy",
    "purple",
    "lavender",
)

MATERIALS: dict[str, Material] = {
    "ceramic": Material("ceramic", "陶器", patterned=True),
    "stoneware": Material("stoneware", "ストーンウェア", patterned=True, price=1.2),
    "porcelain": Material("porcelain", "磁器", patterned=True, price=1.4),
    "enamel": Material("enamel", "ホーロー", patterned=True, price=0.9),
    "glass": Material("glass", "ガラス", ("clear", "amber", "sky blue", "green", "pink", "grey"), price=1.1),
    "steel": Material("stainless steel", "ステンレス", ("silver",), price=1.3),
    "painted steel": Material("painted steel", "スチール", price=1.0),
    "aluminium": Material("aluminium", "アルミ", ("silver", "black", "gold", "blue", "red"), price=1.2),
    "cast iron": Material("cast iron", "鋳鉄", ("black", "red", "blue", "cream", "forest green", "orange"), price=1.5),
    "copper": Material("copper", "銅", ("copper",), price=1.8),
    "brass": Material("brass", "真鍮", ("gold",), price=1.7),
    "oak": Material("oak", "オーク材", ("light wood",), price=1.4),
    "walnut": Material("walnut", "ウォールナット材", ("dark wood",), price=1.7),
    "bamboo": Material("bamboo", "竹", ("natural",), price=0.9),
    "painted wood": Material("painted wood", "塗装木材", price=1.0),
    "plastic": Material("plastic", "プラスチック", patterned=True, price=0.6),
    "matte plastic": Material("plastic", "プラスチック", price=0.7),
    "rubber": Material("rubber", "ラバー", price=0.8),
    "silicone": Material("silicone", "シリコン", price=0.8),
    "cotton": Material("cotton", "コットン", patterned=True, price=0.9),
    "linen": Material("linen", "リネン", patterned=True, price=1.2),
    "wool": Material("wool", "ウール", patterned=True, price=1.5),
    "velvet": Material("velvet", "ベルベット", price=1.4),
    "felt": Material("felt", "フェルト", price=0.9),
    "canvas": Material("canvas", "キャンバス", patterned=True, price=1.0),
    "nylon": Material("nylon", "ナイロン", patterned=True, price=1.0),
    "leather": Material(
        "leather", "レザー", ("black", "brown", "tan", "burgundy", "navy", "forest green", "white"), price=2.2
    ),
    "plush": Material("plush", "ぬいぐるみ生地", price=1.0),
    "straw": Material("straw", "ストロー", ("natural", "beige", "white", "brown", "black"), price=1.0),
    "rattan": Material("rattan", "ラタン", ("natural", "brown", "white", "grey"), price=1.2),
    "concrete": Material("concrete", "コンクリート", ("grey", "charcoal", "white"), price=1.1),
    "terracotta": Material("terracotta clay", "素焼き", ("terracotta",), patterned=False, price=0.8),
    "marble": Material("marble", "大理石", ("white", "black", "forest green"), price=2.0),
    "wax": Material("wax", "ワックス", price=0.7),
    "paper": Material("paper", "紙", patterned=True, price=0.7),
    "gold plated": Material("gold", "ゴールド", ("gold",), price=2.5),
    "sterling silver": Material("sterling silver", "シルバー925", ("silver",), price=1.8),
}

PATTERNS: dict[str, Pattern] = {
    "plain": Pattern("plain", "無地", two_colours=False),
    "striped": Pattern("striped", "ボーダー柄"),
    "vertical striped": Pattern("vertical striped", "縦ストライプ"),
    "polka dot": Pattern("polka dot", "水玉"),
    "checked": Pattern("checked", "市松模様"),
    "gingham": Pattern("gingham", "ギンガムチェック"),
    "ombre": Pattern("ombre", "グラデーション"),
    "dipped": Pattern("two-tone", "ツートン"),
    "banded": Pattern("banded", "ライン入り"),
    "zigzag": Pattern("zigzag", "ジグザグ柄"),
    "speckled": Pattern("speckled", "スペックル"),
    "marbled": Pattern("marbled", "マーブル"),
    "terrazzo": Pattern("terrazzo", "テラゾー"),
    "floral": Pattern("floral", "花柄"),
    "bordered": Pattern("bordered", "縁取り"),
    "segmented": Pattern("two-colour panelled", "切り替え"),
}

SIZES: dict[str, tuple[str, str, float]] = {
    "small": ("small", "スモール", 0.78),
    "medium": ("", "", 1.0),
    "large": ("large", "ラージ", 1.28),
}
