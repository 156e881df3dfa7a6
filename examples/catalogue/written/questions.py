"""Attributes of the catalogue's products -> written questions with their true answers, the same each time."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from examples.catalogue.written.vocabulary import COLOURS, KINDS, MATERIALS, OPTIONS, PATTERNS

SEED = "written-1"
Question = dict[str, Any]
Facts = Mapping[str, Any]
"""One line of `attributes.jsonl.gz`."""

OPENINGS = (
    "Hi! I am looking for {}, can you help me?",
    "My sister would love {}. Do you have one?",
    "I need {} for our new flat",
    "we broke ours, so we want {} again",
    "show me {} please",
)
JA_CLOSINGS = ("{}を探しています", "{}がほしいです", "{}はありますか", "{}を見せてください")
QUERTY = "qwertyuiop asdfghjkl zxcvbnm"


def article(text: str) -> str:
    """The text with "a" or "an", unless it is plural."""
    last = text.split(" with ")[0].split()[-1]
    if last.endswith("s") and not last.endswith(("ss", "us")):
        return text
    return f"{'an' if text[0] in 'aeiou' else 'a'} {text}"


def words(facts: Facts, rng: random.Random, style: str) -> tuple[str, dict[str, Any]]:
    """A question about a product in a style, and the attributes that answer it."""
    names = KINDS[facts["kind"]]
    colour = facts["colours"][0]
    told = COLOURS[colour][0]
    noun = names.nouns[0]
    by_colour = {"kind": facts["kind"], "colours": colour}
    if style == "synonym":
        return article(f"{told} {names.nouns[-1]}"), by_colour
    if style == "use":
        return f"something {told} to {names.use}", by_colour
    if style == "attribute":
        if facts["pattern"] in PATTERNS:
            return f"{noun} {PATTERNS[facts['pattern']][0]}", {"kind": facts["kind"], "pattern": facts["pattern"]}
        if facts["material"] in MATERIALS:
            material, _, answers = MATERIALS[facts["material"]]
            return f"I want {article(f'{material} {noun}')}", {"kind": facts["kind"], "material": list(answers)}
        return f"{noun}, {told} and nothing else", by_colour
    if style == "chatty":
        return rng.choice(OPENINGS).format(article(f"{told} {rng.choice(names.nouns)}")), by_colour
    return f"{noun} {told}" if rng.random() < 0.5 else article(f"{told} {noun}"), by_colour


STYLES = ("plain", "synonym", "attribute", "chatty", "use")
SHARES = (30, 22, 22, 16, 10)


def words_ja(facts: Facts, rng: random.Random, style: str) -> tuple[str, dict[str, Any]]:
    """The same in Japanese."""
    names = KINDS[facts["kind"]]
    colour = facts["colours"][0]
    told = COLOURS[colour][1]
    by_colour = {"kind": facts["kind"], "colours": colour}
    if style == "use":
        return f"{told}、{names.ja_use}もの", by_colour
    if style == "attribute" and facts["pattern"] in PATTERNS:
        pattern = PATTERNS[facts["pattern"]][1]
        return f"{pattern}{names.ja[0]}", {"kind": facts["kind"], "pattern": facts["pattern"]}
    if style == "attribute" and facts["material"] in MATERIALS:
        _, material, answers = MATERIALS[facts["material"]]
        return f"{material}{names.ja[0]}", {"kind": facts["kind"], "material": list(answers)}
    if style == "chatty":
        return rng.choice(JA_CLOSINGS).format(f"{told}{names.ja[0]}"), by_colour
    return f"{told}{names.ja[-1 if style == 'synonym' else 0]}", by_colour


def negation(facts: Facts, rng: random.Random) -> Question:
    """A question that says what is not wanted."""
    noun = KINDS[facts["kind"]].nouns[0]
    here = [(o, v) for o, v in facts["options"].items() if (facts["kind"], o, v) in OPTIONS]
    if here and rng.random() < 0.6:
        option, value = here[0]
        others = sorted({v for k, o, v in _options_of(facts) if o == option} - {value})
        return {
            "style": "without",
            "text": f"{article(noun)} {OPTIONS[facts['kind'], option, value][0]}",
            "relevant": {"attributes": {"kind": facts["kind"], f"options.{option}": value}},
            "excluded": {"kind": facts["kind"], f"options.{option}": others},
        }
    if facts["material"] in MATERIALS and rng.random() < 0.5:
        material, _, keys = MATERIALS[facts["material"]]
        return {
            "style": "material",
            "text": rng.choice(("{}, but not {}", "{} but nothing {}", "{}, no {} please")).format(
                article(noun), material
            ),
            "relevant": {"attributes": {"kind": facts["kind"]}},
            "excluded": {"material": list(keys)},
        }
    colour = facts["colours"][0]
    return {
        "style": "colour",
        "text": rng.choice(("{}, anything but {}", "{} that is not {}", "{}, not {}")).format(
            article(noun), _plain(colour)
        ),
        "relevant": {"attributes": {"kind": facts["kind"]}},
        "excluded": {"colours": colour},
    }


def _plain(colour: str) -> str:
    return COLOURS[colour][0].removeprefix("bright ").removeprefix("jet ").removeprefix("snow ")


def _options_of(facts: Facts) -> Iterator[tuple[str, str, str]]:
    for option, value in facts.get("all_options", ()):
        yield facts["kind"], option, value


def slip(word: str, rng: random.Random) -> str:
    """A word with one slip of the finger in it: letters swapped, one lost, one doubled, or a neighbour's key."""
    i = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return word[:i] + word[i + 1] + word[i] + word[i + 2 :] if word[i] != word[i + 1] else word[:i] + word[i + 1 :]
    if kind == 1:
        return word[:i] + word[i + 1 :]
    if kind == 2:
        return word[:i] + word[i] + word[i:]
    place = QUERTY.find(word[i])
    near = QUERTY[place + 1] if place + 1 < len(QUERTY) and QUERTY[place + 1] != " " else QUERTY[place - 1]
    return word[:i] + near + word[i + 1 :]


def typo(facts: Facts, rng: random.Random) -> Question:
    """The catalogue's own words, mistyped."""
    kind = facts["kind_en"]
    tokens = [*facts["colours"][0].split(), *kind.split()]
    longest = max(range(len(tokens)), key=lambda i: (len(tokens[i]), i))
    tokens[longest] = slip(tokens[longest], rng)
    answer = {"kind": facts["kind"], "colours": facts["colours"][0]}
    return {"style": "slip", "text": " ".join(tokens), "relevant": {"attributes": answer}}


def sku(facts: Facts, rng: random.Random) -> Question:
    """A product's number as people type it."""
    code = facts["item_id"]
    style = rng.choice(("exact", "lower", "spoken"))
    text = {"exact": code, "lower": code.lower(), "spoken": f"do you have {code}?"}[style]
    return {"style": style, "text": text, "relevant": [code]}


def written(products: Sequence[Facts], splits: Mapping[str, str]) -> dict[str, list[Question]]:
    """All written questions, by set: about the products that were not trained on, in proportion to their number.

    Args:
        products: lines of `attributes.jsonl.gz`, with `kind_en` and `all_options` of their kind.
        splits: product id -> train, dev or test.
    """
    held_out = [facts for facts in products if splits[facts["item_id"]] != "train" and facts["kind"] in KINDS]
    sets: dict[str, list[Question]] = {"words": [], "words_ja": [], "negation": [], "typo": [], "sku": []}
    for facts in held_out:
        rng = random.Random(f"{SEED}/{facts['item_id']}")
        for style in _two_styles(rng):
            text, answer = words(facts, rng, style)
            sets["words"].append({"style": style, "text": text, "relevant": {"attributes": answer}, "of": facts})
        if rng.random() < 0.45:
            style = rng.choices(STYLES, SHARES)[0]
            text, answer = words_ja(facts, rng, style)
            sets["words_ja"].append({"style": style, "text": text, "relevant": {"attributes": answer}, "of": facts})
        if rng.random() < 0.45:
            sets["negation"].append({**negation(facts, rng), "of": facts})
        if rng.random() < 0.25:
            sets["typo"].append({**typo(facts, rng), "of": facts})
        if rng.random() < 0.25:
            sets["sku"].append({**sku(facts, rng), "of": facts})
    return {name: list(_numbered(name, questions, splits)) for name, questions in sets.items()}


def _two_styles(rng: random.Random) -> list[str]:
    first = rng.choices(STYLES, SHARES)[0]
    second = rng.choices(
        [s for s in STYLES if s != first], [n for s, n in zip(STYLES, SHARES, strict=True) if s != first]
    )
    return [first, second[0]]


def _numbered(name: str, questions: Sequence[Question], splits: Mapping[str, str]) -> Iterator[Question]:
    said: set[tuple[str, str]] = set()
    for question in questions:
        facts = question.pop("of")
        split = splits[facts["item_id"]]
        if (split, question["text"]) in said:
            continue
        said.add((split, question["text"]))
        yield {"id": f"{name}-{facts['item_id'].lower()}-{question['style']}", "set": name, "split": split, **question}
