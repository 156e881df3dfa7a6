"""The catalogue's own facet values and everyday names for them: "wooden", 木製 -> oak, walnut, bamboo.

The table holds names, never values: a name counts only where the live catalogue has something that it names.
"""
# ruff: noqa: E501 -- a name and its synonyms are read as one line

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.grammar_kind_names import names_of_kinds
from indexing.product import FacetField
from indexing.store import Facets
from indexing.wording import folded, head_component, is_japanese, stem

COLOURS: dict[str, tuple[str, ...]] = {
    "black": ("黒", "ブラック", "黒い", "黒色", "真っ黒", "真っ黒な"),
    "white": ("白", "ホワイト", "白い", "白色", "真っ白", "真っ白な"),
    "grey": ("gray", "グレー", "グレイ", "灰色", "ねずみ色"),
    "charcoal": ("dark grey", "dark gray", "anthracite", "graphite", "チャコール", "濃いグレー", "ダークグレー", "濃い灰色", "墨色"),
    "silver": ("silvery", "シルバー", "銀", "銀色"),
    "red": ("赤", "レッド", "赤い", "赤色", "真っ赤", "真っ赤な", "朱色", "真紅"),
    "burgundy": ("maroon", "bordeaux", "wine red", "dark red", "バーガンディ", "ワインレッド", "えんじ", "えんじ色", "深紅", "ボルドー", "小豆色", "暗い赤", "濃い赤"),
    "pink": ("rosy", "ピンク", "桃色", "ピンク色", "薄いピンク", "ライトピンク"),
    "coral": ("salmon pink", "salmon", "コーラル", "サーモンピンク", "珊瑚色", "サンゴ色", "鮭色"),
    "orange": ("オレンジ", "オレンジ色", "橙色", "だいだい色", "みかん色", "柿色"),
    "terracotta": ("rust", "rusty", "brick red", "テラコッタ", "れんが色", "レンガ色", "赤茶色", "赤茶"),
    "yellow": ("黄色", "イエロー", "黄", "黄色い", "レモン色", "レモンイエロー"),
    "mustard": ("ochre", "mustard yellow", "マスタード", "からし色", "黄土色", "山吹色", "辛子色", "カラシ色", "マスタードイエロー"),
    "cream": ("ivory", "off-white", "off white", "クリーム", "クリーム色", "アイボリー", "オフホワイト", "生成り", "象牙色"),
    "beige": ("ベージュ", "ベージュ色", "砂色"),
    "tan": ("camel", "タン", "キャメル", "キャメル色", "薄茶色", "薄茶", "ライトブラウン"),
    "brown": ("茶色", "ブラウン", "茶", "茶色い", "こげ茶", "焦げ茶", "こげ茶色", "焦げ茶色", "チョコレート色", "ダークブラウン"),
    "green": ("緑", "グリーン", "緑色", "エメラルドグリーン", "みどり"),
    "forest green": ("dark green", "bottle green", "フォレストグリーン", "深緑", "ダークグリーン", "濃い緑", "深緑色", "ボトルグリーン"),
    "olive": ("olive green", "khaki", "オリーブ", "オリーブ色", "カーキ", "モスグリーン", "抹茶色", "カーキ色"),
    "mint": ("mint green", "pale green", "light green", "ミント", "ミントグリーン", "薄緑", "ライトグリーン", "薄い緑", "パステルグリーン", "若草色"),
    "lime": ("lime green", "ライム", "黄緑", "黄緑色"),
    "teal": ("petrol", "petrol blue", "ティール", "青緑", "青緑色"),
    "turquoise": ("aqua", "cyan", "ターコイズ", "水色がかった緑", "トルコブルー", "ターコイズブルー", "ターコイズ色"),
    "sky blue": ("light blue", "baby blue", "pale blue", "水色", "スカイブルー", "空色", "ライトブルー", "薄い青", "淡い青", "パステルブルー", "ベビーブルー", "明るい青"),
    "blue": ("青", "ブルー", "青い", "青色", "真っ青", "真っ青な", "群青", "群青色", "瑠璃色", "コバルトブルー", "ロイヤルブルー"),
    "navy": ("navy blue", "dark blue", "midnight blue", "ネイビー", "紺", "紺色", "濃紺", "濃い青", "ネイビーブルー", "藍色"),
    "purple": ("violet", "紫", "パープル", "紫色", "すみれ色", "バイオレット"),
    "lavender": ("lilac", "light purple", "ラベンダー", "薄紫", "薄い紫", "藤色", "ライラック", "淡い紫", "ラベンダー色"),
    "magenta": ("fuchsia", "マゼンタ"),
    "gold": ("golden", "ゴールド", "金", "金色", "黄金色"),
    "copper": ("coppery", "カッパー", "銅色", "赤銅色"),
    "clear": ("transparent", "see-through", "透明", "クリア", "透明な"),
    "amber": ("アンバー", "琥珀色", "こはく色"),
    "light wood": ("pale wood", "pale wooden", "light wooden", "ライトウッド", "明るい木目", "明るい木の色", "白木"),
    "dark wood": ("dark wooden", "ダークウッド", "暗い木目", "暗い木の色", "濃い木目"),
    "natural": ("ナチュラル",),
    "multicolor": ("multicolour", "multi-coloured", "multi-colored", "colourful", "colorful", "rainbow", "マルチカラー", "カラフル", "カラフルな"),
}  # fmt: skip
"""A colour by its plain English name -> other names for the same."""

SHADES: dict[str, tuple[str, ...]] = {
    "blue": ("navy", "sky blue", "turquoise", "teal", "azure", "cobalt", "indigo"),
    "green": ("forest green", "olive", "mint", "lime", "teal", "emerald", "sage"),
    "red": ("burgundy", "maroon", "crimson", "scarlet", "wine", "cherry"),
    "grey": ("charcoal", "silver", "slate", "anthracite", "graphite"),
    "brown": ("tan", "chocolate", "coffee", "camel", "amber", "dark wood", "caramel"),
    "purple": ("lavender", "violet", "lilac", "plum", "mauve"),
    "pink": ("rose", "fuchsia", "magenta", "salmon"),
    "orange": ("coral", "terracotta", "peach", "rust", "apricot"),
    "yellow": ("mustard", "lemon", "ochre"),
    "white": ("cream", "ivory", "off-white", "off white"),
    "beige": ("cream", "sand", "natural", "ecru", "light wood"),
    "gold": ("brass", "golden"),
}
"""What else is meant by a basic colour; it comes after the colour itself."""

MATERIALS: dict[str, tuple[str, ...]] = {
    "ceramic": ("pottery", "earthenware", "陶器", "陶製", "セラミック", "焼き物", "陶磁器", "瀬戸物"),
    "stoneware": ("ストーンウェア", "炻器"),
    "porcelain": ("china", "bone china", "磁器", "ポーセリン"),
    "enamel": ("enamelled", "enameled", "ホーロー", "琺瑯"),
    "glass": ("ガラス", "グラス製", "硝子"),
    "crystal": ("クリスタル",),
    "metal": ("metallic", "金属", "メタル"),
    "stainless steel": ("stainless", "inox", "ステンレス"),
    "steel": ("スチール", "鋼"),
    "painted steel": ("塗装スチール",),
    "aluminium": ("aluminum", "アルミ", "アルミニウム"),
    "cast iron": ("鋳鉄", "鉄鋳物", "鋳物"),
    "iron": ("wrought iron", "鉄", "アイアン"),
    "copper": ("銅",),
    "brass": ("真鍮", "ブラス"),
    "wood": ("wooden", "timber", "木", "木製", "ウッド", "木材"),
    "painted wood": ("塗装木材",),
    "oak": ("オーク", "オーク材"),
    "walnut": ("ウォールナット", "ウォールナット材"),
    "bamboo": ("竹", "バンブー"),
    "plastic": ("acrylic", "プラスチック", "樹脂"),
    "rubber": ("ゴム", "ラバー"),
    "silicone": ("シリコン", "シリコーン"),
    "fabric": ("cloth", "textile", "布", "布製", "ファブリック"),
    "cotton": ("コットン", "綿", "木綿"),
    "linen": ("flax", "リネン", "麻"),
    "wool": ("woollen", "woolen", "ウール", "羊毛", "毛糸"),
    "velvet": ("velour", "ベルベット", "ビロード"),
    "felt": ("フェルト",),
    "canvas": ("キャンバス", "帆布"),
    "nylon": ("ナイロン",),
    "leather": ("レザー", "革", "本革", "皮", "皮革", "革製"),
    "plush": ("ぬいぐるみ生地",),
    "straw": ("raffia", "ストロー", "麦わら", "わら"),
    "rattan": ("wicker", "cane", "ラタン", "籐"),
    "concrete": ("cement", "コンクリート", "セメント"),
    "terracotta clay": ("clay", "terracotta", "素焼き", "テラコッタ"),
    "marble": ("大理石", "マーブル"),
    "stone": ("石", "石製", "ストーン"),
    "wax": ("ワックス", "ろう", "蝋", "ロウ"),
    "paper": ("紙", "紙製", "ペーパー"),
    "cardboard": ("段ボール", "厚紙"),
    "gold": ("gold plated", "gold-plated", "金", "ゴールド"),
    "sterling silver": ("silver", "銀", "シルバー925", "シルバー", "純銀"),
}
"""A material by its plain English name -> other names for the same."""

KINDS_OF_MATERIAL: dict[str, tuple[str, ...]] = {
    "wood": ("oak", "walnut", "bamboo", "pine", "beech", "ash", "birch", "maple", "cherry", "teak", "mahogany", "acacia",
             "painted wood", "plywood", "mango wood", "rubberwood", "cork"),
    "metal": ("steel", "stainless steel", "painted steel", "aluminium", "cast iron", "iron", "copper", "brass", "zinc",
              "enamel", "tin", "titanium", "gold", "sterling silver"),
    "steel": ("stainless steel", "painted steel"),
    "iron": ("cast iron",),
    "fabric": ("cotton", "linen", "wool", "velvet", "felt", "canvas", "nylon", "polyester", "silk", "denim", "jute"),
    "ceramic": ("stoneware", "porcelain", "earthenware", "terracotta clay"),
    "stone": ("marble", "granite", "slate", "concrete", "travertine"),
}  # fmt: skip
"""What else is meant by a broad material."""

_LOOKS_TEXT = """
striped stripes stripy plain patterned floral flowery checked checkered chequered gingham dotted spotted
polka zigzag speckled marbled two-tone ombre round square rectangular oval long short tall low wide
narrow slim thin thick big large small tiny mini medium huge little modern vintage retro classic classy
rustic minimalist simple elegant cute fancy cozy cosy soft hard heavy light lightweight sturdy shiny
glossy matte matt dark bright pale deep foldable folding waterproof handmade fun kids childrens men's
women's mens womens curved straight angular chunky delicate patternless textured quilted knitted woven
electric electronic digital automatic organic recycled compact comfortable comfy luxurious premium
bluetooth wireless wired cordless portable padded bold muted pastel neutral warm cool
"""
LOOKS = frozenset(_LOOKS_TEXT.split())
"""Words that say how a thing looks, never what it is: alone in a message they refine."""

_JA_LOOKS_TEXT = """
大きい 大きめ 小さい 小さめ 丸い 四角い 長い 短い 高い 低い 細い 太い 薄い 厚い 軽い 重い かわいい 可愛い おしゃれ シンプル モダン レトロ 北欧 花柄 水玉 水玉模様 ストライプ 縞模様
しましま ボーダー チェック 無地 柄物 明るい 暗い 大きな 小さな 丸型 円形 正方形 木目 光沢 マット 和風 洋風
"""
JA_LOOKS = frozenset(_JA_LOOKS_TEXT.split())

_TINTS_TEXT = """
bright deep rich vivid soft pure plain warm cool dusty dull neon pastel hot jet snow royal electric midnight ocean sea
sunny lemon grass lime apple moss chocolate coffee nut wine blood cherry brick salmon rosy sandy honey ash slate pearl
"""
TINTS = frozenset(_TINTS_TEXT.split())
"""Words that shade the colour that follows: "jet black"; they say nothing without it."""


@dataclass(frozen=True, slots=True)
class Value:
    """A word of a message that names values of a facet."""

    field: FacetField
    name: str
    """As it was said."""
    values: tuple[str, ...]
    """The catalogue's values that it means, the plainest first."""


class Lexicon:
    """Every name that the live catalogue's facets answer to. Built once a generation."""

    def __init__(self, facets: Facets) -> None:
        self._names: dict[str, list[Value]] = {}
        self._first: dict[str, list[str]] = {}
        for field, table, kinds in (("color", COLOURS, SHADES), ("material", MATERIALS, KINDS_OF_MATERIAL)):
            self._learn_table(facets, field, table, kinds)  # type: ignore[arg-type]
        for value, _ in facets.values.get("brand", ()):
            self._learn(Value("brand", value, (value,)))
        self.kinds = tuple(value for value, _ in facets.values.get("category", ()) if value.strip())
        """The catalogue's types of product."""
        self.kind_names = names_of_kinds(self.kinds)
        """Plain name -> the types that it names."""
        for name, named in self.kind_names.items():
            self._learn(Value("category", name, tuple(sorted(named))))
        self.longest = max((len(name.split()) for name in self._names), default=0)
        self.japanese = tuple(sorted((name for name in self._names if is_japanese(name)), key=len, reverse=True))
        brands = (self.find(name, "brand") for name in self._names)
        self.latin_brands = tuple(brand for brand in brands if brand and not is_japanese(brand.name))
        self.currencies = tuple(facets.prices)

    def _learn(self, value: Value) -> None:
        name = folded(value.name)
        if name and all(known.field != value.field for known in self._names.get(name, ())):
            self._names.setdefault(name, []).append(value)

    def _learn_table(
        self, facets: Facets, field: FacetField, table: dict[str, tuple[str, ...]], kinds: dict[str, tuple[str, ...]]
    ) -> None:
        have = [value for value, _ in facets.values.get(field, ())]
        named = {plain: (plain, *others) for plain, others in table.items()}
        for plain, names in named.items():
            own = list(_naming(have, names))
            wider = [v for kind in kinds.get(plain, ()) for v in _naming(have, named.get(kind, (kind,)))]
            values = tuple(dict.fromkeys((*own, *wider)))
            if values:
                for name in names:
                    self._learn(Value(field, name, values))
        for value in have:  # a value that the table does not know is its own name
            self._learn(Value(field, value, (value,)))
            head = head_component(value)
            self._learn(Value(field, head, tuple(_naming(have, (head,)))))

    def find(self, name: str, field: FacetField | None = None) -> Value | None:
        """What a word names: a colour before a material, a material before a brand, a brand before a type."""
        plain = folded(name)
        for form in (plain, " ".join(stem(word) for word in plain.split()), _without_ending(plain)):
            for known in self._names.get(form, ()):
                if field in (None, known.field):
                    return known
        return None


def _without_ending(name: str) -> str:
    """What an adjective is made of: reddish, greenish, mustardy -> red, green, mustard."""
    made = re.fullmatch(r"(\w{2,}?)(?:(?<=([bdgt]))\2ish|ish|y)", name)  # a consonant doubles before the ending
    return made.group(1) if made else name


def _naming(values: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    """The values whose first component is one of the names, or ends with it: `red`, `red and white`, `dark red`."""
    plain = [folded(name) for name in names]
    exact = [v for v in values if folded(v) in plain]
    heads = [v for v in values if head_component(v) in plain]
    endings = [v for v in values if any(head_component(v).endswith(f" {name}") for name in plain)]
    yield from dict.fromkeys((*exact, *heads, *endings))
