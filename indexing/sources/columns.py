"""Headers of a listing and a few of its rows in, a guess which column holds what out."""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from babel import localedata

from indexing.sources.pictures import PICTURE_SUFFIXES

Record = Mapping[str, object]
"""A row as it stands in the source: texts, numbers, or lists of them, by column."""

SYNONYMS: dict[str, str] = {
    "id": (
        "id, product id, item id, sku, product code, item code, code, article number, item number, handle, asin, "
        "class id, uid, uuid, gtin, ean, upc, barcode, "
        "商品id, 商品コード, 商品番号, 品番, 管理番号, 型番, sku番号, jan, janコード"
    ),
    "title": (
        "title, name, product name, product title, item name, item title, product display name, display name, label, "
        "class name, product, item, 商品名, 製品名, 品名, 名称, 名前, タイトル, アイテム名"
    ),
    "description": (
        "description, product description, long description, body, body html, details, product details, summary, "
        "about, short description, text, 商品説明, 説明, 説明文, 詳細, 商品詳細, 紹介文, コメント"
    ),
    "category": (
        "category, product category, product type, type, categories, coarse class name, sub category, article type, "
        "google product category, department, group, kind, taxonomy, "
        "カテゴリ, カテゴリー, 商品カテゴリ, 分類, 種類, ジャンル, 種別"
    ),
    "brand": "brand, brand name, manufacturer, vendor, maker, designer, ブランド, ブランド名, メーカー, 製造元",
    "color": "color, colour, base colour, color name, colours, colors, カラー, 色, 色名, カラー名",
    "material": "material, materials, fabric, fabric type, composition, 素材, 材質, 生地, 原材料",
    "price": (
        "price, price value, price amount, unit price, list price, regular price, retail price, selling price, msrp, "
        "amount, cost, variant price, 価格, 値段, 販売価格, 税込価格, 定価, 単価, 金額"
    ),
    "sale_price": "sale price, special price, discount price, discounted price, セール価格, 特価, 割引価格",
    "sale_period": "sale price effective date, セール期間",
    "currency": "currency, currency code, price currency, currencycode, 通貨, 通貨コード",
    "availability": (
        "availability, available, stock status, in stock, is available, stock, inventory, quantity, qty, "
        "inventory quantity, 在庫, 在庫数, 在庫状況, 販売状況"
    ),
    "url": "url, link, product url, product link, page url, permalink, web page, 商品url, リンク, 商品ページ",
    "pictures": (
        "image, picture, photo, images, pictures, photos, image url, image link, picture url, photo url, image path, "
        "image src, image file, filename, file name, file, img, img url, main image, thumbnail, additional image link, "
        "additional images, image urls, pic, pics, 画像, 画像url, 商品画像, 写真, 画像パス, 画像ファイル, メイン画像"
    ),
}  # fmt: skip
_PHRASES = {name: [phrase.strip() for phrase in text.split(",")] for name, text in SYNONYMS.items()}
_NOT_PICTURES = re.compile(r"\b(?:alt|width|height|count|position|caption|license)\b")
_LEAST = 0.55
_LOCALES = re.compile(r"^(?P<stem>.+?)[ ](?P<language>[a-z]{2})(?: (?P<region>[a-z]{2}))?$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Columns:
    """Which column of a listing holds which field of a product."""

    of: Mapping[str, str]
    """Field -> column."""
    pictures: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    """Locale -> column."""
    slugs: frozenset[str] = frozenset()
    """Fields whose values are written as slugs (`Medium-Fat-Milk`)."""
    unused: tuple[str, ...] = ()

    @property
    def shown(self) -> tuple[tuple[str, str], ...]:
        """(field, column) pairs for people."""
        named = [(name, self.of[name]) for name in SYNONYMS if name in self.of]
        return (
            *named,
            *(("pictures", column) for column in self.pictures),
            *((f"title in {locale}", column) for locale, column in self.titles.items()),
        )


def guess_columns(records: Sequence[Record]) -> Columns:
    """Guess from the headers, corrected by what the values look like; better names win, a column serves once."""
    headers = list(dict.fromkeys(column for record in records for column in record))
    by_locale = {column: locale for column in headers if (locale := _title_locale(column))}
    values = {column: _values(records, column) for column in headers}
    scored = sorted(
        (
            (score, -index, name, column)
            for index, column in enumerate(headers)
            if column not in by_locale
            for name in _PHRASES
            if name != "pictures" and (score := _score(name, column)) >= _LEAST and _fits(name, values[column])
        ),
        reverse=True,
    )
    of: dict[str, str] = {}
    pictures = {c for c in headers if values[c] and _are_pictures(c, values[c])}
    taken = set(pictures)
    for _, _, name, column in scored:
        if name not in of and column not in taken:
            of[name] = column
            taken.add(column)
    titles = {locale: column for column, locale in by_locale.items()}
    if titles and "title" not in of:  # `title_en` and `title_ja` only
        of["title"] = titles.pop(next((tag for tag in titles if tag.startswith("en")), next(iter(titles))))
    taken |= set(titles.values()) | set(of.values())
    slugs = {name for name in ("title", "category") if name in of and _are_slugs(values[of[name]])}
    return Columns(
        of=of,
        pictures=tuple(sorted(pictures, key=lambda c: (-_score("pictures", c), headers.index(c)))),
        titles=titles,
        slugs=frozenset(slugs),
        unused=tuple(c for c in headers if c not in taken),
    )


def words_of_header(header: str) -> str:
    """A header as single words: `Product_Name (str)` and `productName` are both `product name`."""
    text = unicodedata.normalize("NFKC", header).strip().removeprefix("g:")
    text = re.sub(r"[(\[{<【（].*?[)\]}>】）]", " ", text)
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text).casefold()
    return " ".join(re.findall(r"[^\W_]+", text))


def strings(value: object) -> list[str]:
    """The texts in a value of a record: none, one, or those of a list."""
    if value is None or value == "":
        return []
    if isinstance(value, list | tuple):
        return [text for item in value for text in strings(item)]
    return [str(value)]


def _score(name: str, header: str) -> float:
    """How well a header names a field, 0 to 1."""
    ours = words_of_header(header)
    if not ours:
        return 0.0
    best = 0.0
    for place, phrase in enumerate(_PHRASES[name]):
        best = max(best, _likeness(ours, phrase) - 0.004 * place)
    return best


def _likeness(ours: str, phrase: str) -> float:
    if ours == phrase:
        return 1.0
    if ours.replace(" ", "") == phrase.replace(" ", ""):
        return 0.98
    if not phrase.isascii():
        return 0.7 * len(phrase) / len(ours) + 0.2 if len(phrase) > 1 and phrase in ours else 0.0
    extra = len(ours.split()) - len(phrase.split())
    if extra > 0 and f" {ours}".endswith(f" {phrase}"):
        return max(0.85 - 0.08 * extra, 0.0)
    if extra > 0 and f" {phrase} " in f" {ours} " and " " in phrase:
        return max(0.75 - 0.08 * extra, 0.0)
    if extra > 0 and f"{ours} ".startswith(f"{phrase} "):
        return max(0.7 - 0.08 * extra, 0.0)
    if len(phrase) >= 5 and abs(len(ours) - len(phrase)) <= 2:
        ratio = difflib.SequenceMatcher(None, ours, phrase, autojunk=False).ratio()
        return 0.9 * ratio if ratio >= 0.85 else 0.0
    return 0.0


def _values(records: Iterable[Record], column: str) -> list[str]:
    return [text for record in records for text in strings(record.get(column)) if text.strip()]


def _fits(name: str, values: Sequence[str]) -> bool:
    """False where the values contradict the name; an empty column contradicts nothing."""
    if not values:
        return True
    if name in {"price", "sale_price"}:
        return _share(values, lambda v: any(c.isdigit() for c in v) and len(v) < 40) > 0.5
    if name == "currency":
        return _share(values, lambda v: len(v.strip()) == 3) > 0.5
    if name == "url":
        return _share(values, lambda v: v.startswith(("http://", "https://", "/"))) > 0.5
    if name == "id":
        return _share(values, lambda v: len(v) <= 200) > 0.5 and len(set(values)) > 0.5 * len(values)
    return True


def _are_pictures(column: str, values: Sequence[str]) -> bool:
    """True where a column's values are picture files or, under a picture's name, links."""
    if _NOT_PICTURES.search(words_of_header(column)):
        return False
    files = _share(values, lambda v: any(is_picture_name(part) for part in re.split(r"[|;,\s]+", v)))
    links = _share(values, lambda v: v.startswith(("http://", "https://", "s3://")))
    named = _score("pictures", column) >= _LEAST
    return files > 0.5 or (named and links > 0.5)


def is_picture_name(text: str) -> bool:
    """True for a path or link whose name ends as a picture's does."""
    path = text.strip().strip("\"'[]").split("?")[0].split("#")[0]
    return path.lower().endswith(PICTURE_SUFFIXES)


def _title_locale(column: str) -> str:
    """`ja` of `name_ja`, `en-US` of `title (en_US)`; empty for any other column."""
    text = unicodedata.normalize("NFKC", column)
    found = _LOCALES.match(" ".join(re.findall(r"[^\W_]+", text.casefold())))
    if not found or not localedata.exists(found["language"]) or _score("title", found["stem"]) < 0.9:
        return ""
    return found["language"] + (f"-{found['region'].upper()}" if found["region"] else "")


def _are_slugs(values: Sequence[str]) -> bool:
    """True where no value has a space and some join words with hyphens or underscores."""
    if any(" " in value.strip() or not value.isascii() for value in values):
        return False
    return len(values) > 1 and any(re.search(r"[a-z][-_][A-Za-z]", value) for value in values)


def _share(values: Sequence[str], claim: Callable[[str], bool]) -> float:
    return sum(claim(v) for v in values) / len(values)
