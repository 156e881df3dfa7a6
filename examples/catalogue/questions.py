"""Product records -> questions with true answers, in the format that `looksee eval` reads; nothing here needs Blender.

The words of these questions are composed by code from attributes; those of the `words` set are written by people
apart from it.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from examples.catalogue.records import SEED, Product, digest
from examples.catalogue.words import COLOURS, MATERIALS

PHOTO_PRODUCTS = {"dev": 100, "test": 200}
PHOTOS_EACH = 2
ABSENT_DEV = ("traffic_cone", "globe", "bell", "barrel")
ABSENT_TEST = ("trophy", "hourglass", "ladder", "bathtub", "anchor", "mailbox", "chess_piece", "telescope")
ABSENT_EACH = 25

NEAR: dict[str, tuple[str, ...]] = {
    "red": ("red", "burgundy"),
    "blue": ("blue", "navy", "sky blue"),
    "green": ("green", "forest green", "olive", "mint"),
    "pink": ("pink",),
    "yellow": ("yellow", "mustard"),
    "orange": ("orange", "terracotta", "coral"),
    "purple": ("purple", "lavender"),
    "white": ("white",),
    "black": ("black",),
    "grey": ("grey", "charcoal"),
    "brown": ("brown", "dark wood", "tan"),
    "beige": ("beige", "cream", "natural", "light wood"),
    "turquoise": ("turquoise", "teal"),
    "gold": ("gold",),
    "silver": ("silver",),
}
"""What a shopper who says a plain colour would accept."""
STUFFS: dict[str, tuple[str, ...]] = {
    "wood": ("oak", "walnut", "bamboo", "painted wood"),
    "metal": ("steel", "painted steel", "aluminium", "copper", "brass", "cast iron"),
    "glass": ("glass",),
    "leather": ("leather",),
    "plastic": ("plastic", "matte plastic"),
    "wool": ("wool",),
    "cotton": ("cotton",),
    "ceramic": ("ceramic", "stoneware", "porcelain"),
    "velvet": ("velvet",),
    "linen": ("linen",),
    "rubber": ("rubber",),
    "marble": ("marble",),
    "straw": ("straw", "rattan"),
    "canvas": ("canvas",),
}
LOOKS: dict[str, tuple[str, ...]] = {
    "stripes": ("striped", "vertical striped"),
    "dots": ("polka dot",),
    "checks": ("checked", "gingham"),
    "flowers": ("floral",),
    "a zigzag": ("zigzag",),
    "speckles": ("speckled", "terrazzo"),
}

COLOURS_JA = {
    "red": "赤い",
    "blue": "青い",
    "green": "緑色の",
    "pink": "桃色の",
    "yellow": "黄色い",
    "orange": "橙色の",
    "purple": "紫の",
    "white": "白い",
    "black": "黒い",
    "grey": "灰色の",
    "brown": "茶色い",
    "beige": "薄茶色の",
    "turquoise": "青緑の",
    "gold": "金色の",
    "silver": "銀色の",
}
STUFFS_JA = {
    "wood": "木でできた",
    "metal": "金属の",
    "glass": "ガラスでできた",
    "leather": "革の",
    "plastic": "プラの",
    "wool": "毛糸の",
    "cotton": "綿の",
    "ceramic": "焼き物の",
    "linen": "麻の",
    "rubber": "ゴムの",
    "marble": "石の",
    "straw": "編んだ",
}
LOOKS_JA = {
    "stripes": "しましまの",
    "dots": "水玉もようの",
    "checks": "チェックの",
    "flowers": "花もようの",
    "a zigzag": "ギザギザもようの",
    "speckles": "つぶつぶもようの",
}
KINDS_JA = {
    "mug": "コーヒーカップ",
    "teapot": "急須",
    "frying_pan": "フライパン",
    "bowl": "お椀",
    "plate": "お皿",
    "cooking_pot": "お鍋",
    "kettle": "やかん",
    "cutting_board": "カッティングボード",
    "storage_jar": "保存容器",
    "glass": "コップ",
    "table_lamp": "卓上ライト",
    "pendant_lamp": "吊り下げ照明",
    "floor_lamp": "床置きライト",
    "lantern": "ランプ",
    "candle": "ろうそく",
    "chair": "椅子",
    "sofa": "長椅子",
    "stool": "腰掛け",
    "armchair": "肘掛け椅子",
    "table": "机",
    "bookshelf": "書棚",
    "dresser": "引き出し",
    "vase": "花びん",
    "cushion": "座布団",
    "rug": "じゅうたん",
    "wall_clock": "壁の時計",
    "picture_frame": "額縁",
    "plant_pot": "鉢",
    "mirror": "鏡",
    "basket": "かご",
    "backpack": "リュック",
    "suitcase": "旅行かばん",
    "umbrella": "雨傘",
    "tote_bag": "手提げ袋",
    "handbag": "バッグ",
    "water_bottle": "ボトル",
    "sun_hat": "ハット",
    "beanie": "毛糸の帽子",
    "sunglasses": "色めがね",
    "watch": "時計",
    "ring": "リング",
    "boot": "長靴",
    "ball": "球",
    "dumbbell": "鉄アレイ",
    "kettlebell": "ケトルベル",
    "skateboard": "スケボー",
    "yoga_mat": "ヨガ用マット",
    "paddle": "ピンポンのラケット",
    "toy_car": "ミニカー",
    "blocks": "つみき",
    "teddy": "くまのぬいぐるみ",
    "stacker": "輪っか積み",
    "duck": "あひる",
    "ukulele": "ウクレレ",
    "drum": "ドラム",
    "headphones": "ヘッドフォン",
    "speaker": "スピーカ",
    "keyboard": "キーボード",
    "monitor": "画面",
    "camera": "写真機",
    "radio": "ラジオ",
    "notebook": "手帳",
    "pen": "筆記具",
    "scissors": "ハサミ",
    "pen_pot": "ペン入れ",
    "watering_can": "ジョウロ",
    "hammer": "金づち",
    "screwdriver": "ねじ回し",
    "toolbox": "道具箱",
    "bird_house": "鳥の家",
    "bucket": "おけ",
    "paint_roller": "ペンキのローラー",
    "soap_dispenser": "ソープボトル",
    "towel": "手ぬぐい",
    "bath_mat": "風呂場の敷物",
    "tumbler": "歯ブラシ立て",
    "hairbrush": "髪のブラシ",
}
OTHERWISE = ("in {}", "same thing in {}", "like this but {}", "do you have this one in {}?", "a {} one please")


def _stream(name: str) -> random.Random:
    return random.Random(f"{SEED}/questions/{name}")


def _chosen(products: Sequence[Product], split: str, number: int) -> list[Product]:
    from examples.catalogue.abo import split_of

    mine = [p for p in products if split_of(p) == split]
    return sorted(mine, key=lambda p: digest(f"asked/{p.id}", 12))[:number]


def photo_jobs(products: Sequence[Product]) -> list[tuple[str, str, Product, int]]:
    """Question id, split, product and number of each phone photo; first one of every product, then the second."""
    return [
        (f"p-{product.id.lower()}-{number}", split, product, number)
        for number in range(PHOTOS_EACH)
        for split, count in PHOTO_PRODUCTS.items()
        for product in _chosen(products, split, count)
    ]


def absent_jobs() -> list[tuple[str, str, str]]:
    """Question id, split and kind of each photo of what is not carried, kinds in turn."""
    jobs = []
    for number in range(ABSENT_EACH):
        for split, keys in (("dev", ABSENT_DEV), ("test", ABSENT_TEST)):
            jobs += [(f"a-{key.replace('_', '-')}-{number:02}", split, key) for key in keys]
    return jobs


def has(product: Product, *, colour: str = "", stuff: str = "", pattern: str = "") -> bool:
    """Whether a product answers to plain words for colour, material and pattern; those left empty ask nothing."""
    colours = {product.colour, product.colour2}
    return (
        (not colour or bool(colours & set(NEAR[colour])))
        and (not stuff or product.material in STUFFS[stuff])
        and (not pattern or product.pattern in LOOKS[pattern])
    )


def _ids(products: Iterable[Product]) -> list[str]:
    return [p.id for p in products]


def photo_questions(products: Sequence[Product], folder: Path) -> list[dict[str, Any]]:
    """Photos that are there, each asking for its own product."""
    return [
        {
            "id": name,
            "set": "photo",
            "split": split,
            "photo": f"photos/{name}.jpg",
            "relevant": [product.id],
            "style": product.kind.department,
        }
        for name, split, product, _ in photo_jobs(products)
        if (folder / "photos" / f"{name}.jpg").is_file()
    ]


def absent_questions(folder: Path) -> list[dict[str, Any]]:
    """Photos of what is not carried."""
    return [
        {"id": name, "set": "absent", "split": split, "photo": f"photos/{name}.jpg", "relevant": [], "style": key}
        for name, split, key in absent_jobs()
        if (folder / "photos" / f"{name}.jpg").is_file()
    ]


def composed_questions(products: Sequence[Product], folder: Path, number: int = 300) -> list[dict[str, Any]]:
    """A photo and words that change one thing: colour, material, pattern, size or price."""
    rng = _stream("composed")
    asked = photo_questions(products, folder)
    by_id = {p.id: p for p in products}
    made: list[dict[str, Any]] = []
    tries = 0
    while len(made) < number and asked and tries < number * 20:
        question = asked[tries % len(asked)]
        tries += 1
        source = by_id[question["relevant"][0]]
        same = [p for p in products if p.kind is source.kind and p.id != source.id]
        style = rng.choice(["colour", "colour", "colour", "material", "pattern", "taller", "cheaper"])
        if style == "colour":
            word = rng.choice(list(NEAR))
            right = [] if has(source, colour=word) else [p for p in same if has(p, colour=word)]
            text = rng.choice(OTHERWISE).format(word)
        elif style == "material":
            word = rng.choice(list(STUFFS))
            right = [] if has(source, stuff=word) else [p for p in same if has(p, stuff=word)]
            text = rng.choice(["in {}", "but made of {}", "the same in {}", "similar, {} if possible"]).format(word)
        elif style == "pattern":
            word = rng.choice(list(LOOKS))
            right = [] if has(source, pattern=word) else [p for p in same if has(p, pattern=word)]
            text = rng.choice(["with {}", "but with {}", "like this, with {} on it"]).format(word)
        elif style == "taller":
            right = [p for p in same if p.dimensions_cm[2] > source.dimensions_cm[2] * 1.15]
            text = rng.choice(["but taller", "a taller one", "higher than this"])
        else:
            right = [p for p in same if p.price < source.price * 0.9]
            text = rng.choice(["but cheaper", "something like it for less", "cheaper please"])
        if not right or any(m["photo"] == question["photo"] and m["text"] == text for m in made):
            continue
        made.append(
            {
                "id": f"c-{len(made):04}",
                "set": "composed",
                "split": question["split"],
                "photo": question["photo"],
                "text": text,
                "relevant": _ids(right),
                "style": style,
            }
        )
    return made


def negation_questions(products: Sequence[Product], number: int = 200) -> list[dict[str, Any]]:
    """A kind, and something it must not have."""
    rng = _stream("negation")
    kinds = {p.kind.key: p.kind for p in products}
    made: list[dict[str, Any]] = []
    seen: set[str] = set()
    while len(made) < number:
        kind = kinds[rng.choice(sorted(kinds))]
        same = [p for p in products if p.kind is kind]
        style = rng.choice(["colour", "colour", "material", "pattern"])
        if style == "colour":
            word = rng.choice(list(NEAR))
            bad = [p for p in same if has(p, colour=word)]
            form = rng.choice(
                [
                    "{k}, not {w}",
                    "a {k} but not {w}",
                    "{ks} that are not {w}",
                    "{k} in any colour except {w}",
                    "no {w} {ks} please, other {ks}",
                ]
            )
            excluded = {"colours": list(NEAR[word])}
        elif style == "material":
            word = rng.choice(list(STUFFS))
            bad = [p for p in same if has(p, stuff=word)]
            form = rng.choice(
                ["{k}, not made of {w}", "a {k} but not {w}", "{ks} without {w}", "{k} in anything but {w}"]
            )
            excluded = {"material": list(STUFFS[word])}
        else:
            word = rng.choice(list(LOOKS))
            bad = [p for p in same if has(p, pattern=word)]
            form = rng.choice(["{k} without {w}", "a {k}, no {w}", "{ks} with no {w} on them"])
            excluded = {"pattern": list(LOOKS[word])}
        text = form.format(k=kind.en, ks=kind.plural, w=word.removeprefix("a "))
        right = [p for p in same if p not in bad]
        if not bad or not right or text in seen:
            continue
        seen.add(text)
        made.append(
            {
                "id": f"n-{len(made):04}",
                "set": "negation",
                "split": "dev" if len(made) % 5 < 2 else "test",
                "text": text,
                "relevant": _ids(right),
                "excluded": excluded,
                "style": style,
            }
        )
    return made


def misspelt(text: str, rng: random.Random) -> str:
    """One or two slips of the finger: letters swapped, dropped, doubled or hit beside."""
    beside = {
        "a": "s",
        "e": "r",
        "i": "o",
        "o": "p",
        "t": "r",
        "n": "m",
        "r": "t",
        "s": "a",
        "l": "k",
        "c": "v",
        "u": "i",
        "d": "f",
        "g": "h",
        "p": "o",
        "h": "j",
    }
    for _ in range(1 if len(text) < 9 else rng.choice([1, 1, 2])):
        spots = [i for i in range(1, len(text) - 1) if text[i].isalpha() and text[i - 1].isalpha()]
        i = rng.choice(spots)
        slip = rng.choice(["swap", "drop", "double", "beside"])
        if slip == "swap" and text[i + 1].isalpha() and text[i] != text[i + 1]:
            text = text[:i] + text[i + 1] + text[i] + text[i + 2 :]
        elif slip == "drop":
            text = text[:i] + text[i + 1 :]
        elif slip == "double":
            text = text[:i] + text[i] + text[i:]
        else:
            text = text[:i] + beside.get(text[i], "e") + text[i + 1 :]
    return text


def typo_questions(products: Sequence[Product], number: int = 120) -> list[dict[str, Any]]:
    """Kind and one more word, misspelt."""
    rng = _stream("typo")
    made: list[dict[str, Any]] = []
    pool = sorted(products, key=lambda p: digest(f"typo/{p.id}", 12))
    for product in pool:
        if len(made) == number:
            break
        style = rng.choice(["colour", "material", "kind"])
        same = [p for p in products if p.kind is product.kind]
        colour = COLOURS[product.colour].en
        material = MATERIALS[product.material].en
        if style == "colour":
            text, right = f"{colour} {product.kind.en}", [p for p in same if product.colour in (p.colour, p.colour2)]
        elif style == "material":
            text, right = f"{material} {product.kind.en}", [p for p in same if MATERIALS[p.material].en == material]
        else:
            text, right = product.kind.en, same
        wrong = misspelt(text, rng)
        if wrong == text or any(m["text"] == wrong for m in made):
            continue
        made.append(
            {
                "id": f"t-{len(made):04}",
                "set": "typo",
                "split": "dev" if len(made) % 5 < 2 else "test",
                "text": wrong,
                "relevant": _ids(right),
                "style": style,
            }
        )
    return made


def sku_questions(products: Sequence[Product], number: int = 80) -> list[dict[str, Any]]:
    """Item ids, as people paste them."""
    rng = _stream("sku")
    made = []
    for k, product in enumerate(sorted(products, key=lambda p: digest(f"sku/{p.id}", 12))[:number]):
        text = rng.choice(["{}", "{}", "do you have {}?", "sku {}", "item {} please"]).format(
            rng.choice([product.id, product.id.lower()])
        )
        made.append(
            {
                "id": f"s-{k:04}",
                "set": "sku",
                "split": "dev" if k % 5 < 2 else "test",
                "text": text,
                "relevant": [product.id],
            }
        )
    return made


def japanese_questions(products: Sequence[Product], number: int = 200) -> list[dict[str, Any]]:
    """Everyday Japanese: plain colour words and names that no title here uses."""
    rng = _stream("words_ja")
    kinds = {p.kind.key: p.kind for p in products}
    made: list[dict[str, Any]] = []
    seen: set[str] = set()
    while len(made) < number:
        key = rng.choice(sorted(kinds))
        same = [p for p in products if p.kind.key == key]
        style = rng.choice(["colour", "colour", "material", "pattern", "colour+pattern"])
        colour = rng.choice(list(COLOURS_JA)) if "colour" in style else ""
        stuff = rng.choice(list(STUFFS_JA)) if style == "material" else ""
        pattern = rng.choice(list(LOOKS_JA)) if "pattern" in style else ""
        right = [p for p in same if has(p, colour=colour, stuff=stuff, pattern=pattern)]
        words = COLOURS_JA.get(colour, "") + LOOKS_JA.get(pattern, "") + STUFFS_JA.get(stuff, "")
        text = rng.choice(["{}{}", "{}{}がほしい", "{}{}はありますか", "{}{}を探しています"]).format(
            words, KINDS_JA[key]
        )
        if not right or text in seen:
            continue
        seen.add(text)
        made.append(
            {
                "id": f"j-{len(made):04}",
                "set": "words_ja",
                "split": "dev" if len(made) % 5 < 2 else "test",
                "text": text,
                "relevant": _ids(right),
                "style": style,
            }
        )
    return made


def write_questions(products: Sequence[Product], folder: Path) -> dict[str, int]:
    """Write `*.jsonl`, one a set; returns how many questions each has."""
    sets = {
        "photo": photo_questions(products, folder),
        "absent": absent_questions(folder),
        "composed": composed_questions(products, folder),
        "negation": negation_questions(products),
        "typo": typo_questions(products),
        "sku": sku_questions(products),
        "words_ja": japanese_questions(products),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, questions in sets.items():
        if not questions:
            continue
        lines = "".join(f"{json.dumps(question, ensure_ascii=False)}\n" for question in questions)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return {name: len(questions) for name, questions in sets.items()}
