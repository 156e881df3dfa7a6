"""What is said against an answer in; what is wanted instead out: "that's too small" -> "bigger", "forget the green"."""
# ruff: noqa: E501 -- an alternative of a rule is read as one line

import re
from collections.abc import Iterator

_BE = r"(?:'re|'s|\s+are|\s+is|\s+was|\s+were|\s+looks?|\s+seems?|\s+feels?)"
_VERY = r"(?:(?:a\s+(?:bit|little|tad)|way|far|much|still|just|rather|quite|really|so|now|also|always|both|all)\s+)*"

_OPPOSITES_TEXT = """
small=bigger tiny=bigger little=bigger big=smaller large=smaller huge=smaller bulky=smaller dark=brighter bright=darker light=darker
long=shorter short=longer tall=shorter high=lower low=taller wide=narrower narrow=wider thin=thicker thick=thinner deep=shallower
shallow=deeper heavy=lightweight flimsy=sturdier soft=firmer hard=softer plain=patterned boring=patterned busy=plain colourful=plain
colorful=plain loud=plain fancy=simple complicated=simple simple=fancier modern=classic old-fashioned=modern dated=modern
formal=casual childish=elegant cute=elegant shiny=matte dull=shiny round=angular square=rounded expensive=cheaper pricey=cheaper
dear=cheaper cheap=pricier
"""
OPPOSITES = dict(pair.split("=") for pair in _OPPOSITES_TEXT.split())
"""What is wanted instead of what is too much so."""
_AGAINST_TEXT = """
bigger=smaller larger=smaller brighter=darker lighter=darker longer=shorter taller=shorter taller=lower wider=narrower
thicker=thinner deeper=shallower softer=firmer patterned=plain fancier=simple simpler=fancier modern=classic casual=formal shiny=matte
rounded=angular lightweight=sturdier plain=striped plain=floral plain=checked plain=dotted plain=spotted
men=women boys=girls kids=adults children=adults plain=zigzag plain=patterned 無地=縞模様 無地=花柄 無地=水玉 無地=水玉模様 無地=ストライプ 無地=チェック 無地=柄物 大きい=小さい 大きめ=小さめ 明るい=暗い 長い=短い 軽い=重い シンプル=カラフル
"""
_AGAINST = [tuple(pair.split("=")) for pair in _AGAINST_TEXT.split()]

TOO = re.compile(
    rf"(?<!not )(?<!nothing )(?<!n't )\b(?:(?:(?:that|it|this|those|these|they|the(?:y|m|\s+\w+))(?:\s+ones?)?{_BE}\s+)?{_VERY}too|(?:that|it|this|those|these|they){_BE}\s+{_VERY})\s*"
    rf"(?P<what>{'|'.join(sorted(OPPOSITES, key=len, reverse=True))})\b(?!\s+(?:one|ones|enough))(?:\s+for\s+(?:me|us|him|her|them|my\s+\w+|the\s+\w+))?",
    re.IGNORECASE,
)
_JA_OPPOSITES = {
    "小さ": "大きい", "大き": "小さい", "暗": "明るい", "明る": "暗い", "長": "短い", "短": "長い", "重": "軽い", "派手": "シンプル",
    "地味": "カラフル", "高": "もっと安い", "太": "細い", "細": "太い", "厚": "薄い", "薄": "厚い", "子供っぽ": "シンプル",
}  # fmt: skip
JA_TOO = re.compile(
    rf"(?:これ|それ|どれも|ちょっと|少し|は|が)*(?P<what>{'|'.join(sorted(_JA_OPPOSITES, key=len, reverse=True))})(?:すぎ|過ぎ)(?:る|ます|です|て)*(?:ね|な|かな|よ|けど|かも)*"
)
COMPLAINT = re.compile(
    r"^\s*(?:(?:but|no|hmm+|hey|wait)[,!.\s]+)*(?:(?:these|those|they|this|that|it|most|some|half|none)(?:\s+of\s+(?:them|these|those))?(?:\s+ones?)?(?:'re|'s|\s+are|\s+is)?\s*"
    r"(?:n't|not)|none\s+of\s+(?:these|them|those)\s+(?:are|is))\s+(?:even\s+|really\s+|actually\s+|all\s+)?"
    r"(?!(?:bad|what|it|my|for|good|right|quite|too|so|very|in\s+stock|available|the|sure|that|working|helpful|useful|enough|interested)\b)(?=\w)",
    re.IGNORECASE,
)
FORGET = re.compile(
    r"\b(?:(?:let'?s\s+|please\s+|ok(?:ay)?\s+)*(?:forget|never\s*mind|ignore|drop|skip|lose|remove|scrap)(?:\s+about)?|(?:it|they|that)?\s*(?:does|do)\s?(?:n't|\s+not)\s+(?:have|need)\s+to\s+be|"
    r"not\s+necessarily|no\s+need\s+(?:for|to\s+be)|needn't\s+be)\s+(?:in\s+)?(?:the\s+|that\s+|an?\s+)?(?P<what>[\w' -]{2,30}?)"
    r"(?:\s+(?:colou?rs?|ones?|condition|filter|part|thing|bit))?(?=\s*(?:$|[,.;!?]|\band\b|\bbut\b))",
    re.IGNORECASE,
)
JA_FORGET = re.compile(
    r"(?P<what>[^\s、。,のをがはでに]+?)(?:色)?(?:(?:じゃ|では?)なくても(?:いい|良い|OK|大丈夫)(?:です)?|はもういい(?:です)?|は(?:忘れて|取り消して|外して)(?:ください)?|にこだわらない(?:です)?)"
)


def with_wishes(text: str) -> str:
    """The text with what is too much so, or is missed, said as a wish: "too dark", "these aren't red" -> "only red"."""
    text = TOO.sub(lambda found: f" {OPPOSITES[found.group('what').lower()]} ", text)
    text = JA_TOO.sub(lambda found: f" {_JA_OPPOSITES[found.group('what')]} ", text)
    return COMPLAINT.sub(" only ", text)


def forgotten(text: str) -> tuple[tuple[str, ...], str]:
    """What is not wanted any more, without its being refused, and the text without it: "forget about green"."""
    names: list[str] = []
    for pattern in (FORGET, JA_FORGET):
        while found := pattern.search(text):
            names.append(found.group("what"))
            text = f"{text[: found.start()]} {text[found.end() :]}"
    return tuple(names), text


def against(word: str) -> Iterator[str]:
    """The looks that cannot hold together with one: bigger -> smaller."""
    for one, other in _AGAINST:
        if word == one:
            yield other
        if word == other:
            yield one
