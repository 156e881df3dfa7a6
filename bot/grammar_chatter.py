"""A message in, the same without what people say around a wish out: "for my son", "she prefers", "pls"."""

import re

from indexing.wording import words_of

_WHO = r"(?:i|we|you|s?he|they|it|my\s+\w+|our\s+\w+)"
_NICE = r"(?:lovely|nice|great|good|perfect|better|best|cool|fine|well|ideal|amazing|beautiful|pretty|ok(?:ay)?|fun)"
_NEAREST = (
    r"(?:son|daughter|mum|mom|mother|dad|father|parents|wife|husband|girlfriend|boyfriend|partner|friend|sister|brother|"
    r"grand\w+|kids?|child(?:ren)?|baby|nephew|niece|aunt|uncle|boss|colleague|birthday|anniversary|wedding)"
)
CHATTER = re.compile(
    r"(?<!\w)(?:"
    + "|".join(
        (
            r"(?:can|could|would|will)\s+(?:you|u|ya)\s+(?:please\s+|pls\s+)?(?:find|show|get|give|recommend|suggest|help|tell)(?:\s+(?:me|us))?(?:\s+with)?",
            r"(?:show|give|find)\s+(?:me|us)",
            r"(?:let|can|could|may)\s+(?:me|i|we|us)\s+(?:see|have|get)",
            r"do\s+you\s+guys\s+(?:sell|have)|(?:can|could)\s+you\s+do|how\s+much\s+(?:is|are|for)(?:\s+the)?|what(?:'?s|\s+is|\s+are)\s+the\s+prices?",
            r"(?:i'?m\s+|i\s+was\s+)(?:thinking|into)(?:\s+(?:of|about))?|back\s+to",
            r"my\s+\w+\s+(?:knocked\s+over|broke|ate|lost|dropped)\s+(?:my|our|the)(?:\s+old)?|(?:help\s+me\s+)?find\s+(?:me\s+)?another(?:\s+one)?",
            r"my\s+favou?rite\s+colou?r\s+is",
            r"to\s+match(?=\s*(?:$|[,.!]))",
            rf"{_WHO}\s+(?:says?|said|thinks?|guess|suppose|mean|believes?|told\s+(?:me|us)|was\s+wondering(?:\s+if)?|wonder\s+if)(?:\s+that)?(?=\s)",
            rf"{_WHO}(?:\s*'d|\s+would|\s+will)?\s+(?:really\s+|much\s+|actually\s+|also\s+)?(?:prefers?|rather(?:\s+(?:have|like|take|go\s+(?:for|with)))?|likes?|loves?|wants?|needs?)(?:\s+to\s+have)?",
            rf"(?:{_WHO}\s+)?(?:would|will|'d|might|could)\s+(?:look|be|go|suit|do|work|match)\s+(?:(?:so|really|very|just|even)\s+)?{_NICE}(?:\s+(?:too|there|in\s+my\s+\w+))?",
            rf"(?:(?:would|will|might)\s+)?(?:suits?|looks?|works?|is|are)\s+(?:(?:her|him|me|us|them)\s+)?(?:(?:so|really|very|just|even)\s+)?{_NICE}(?:\s+on\s+(?:her|him|me))?",
            r"(?:does|do|did|will)\s+(?:it|they|this|that|these|those)(?:\s+one)?\s+(?:also\s+)?(?:come|exist)",
            r"(?:is|are)\s+(?:it|they|these|those|this|that|there)(?:\s+ones?)?",
            r"(?:it|they|this|that|these|those)\s+(?:has|have|need|needs|must|should|ought|got)(?:\s+got)?\s+(?:to\s+)?be",
            r"i\s+(?:\w+\s+)?(?:broke|lost|dropped|smashed)\s+(?:my|the|our)",
            r"(?:i\s+)?need\s+a\s+new\s+one",
            r"to\s+(?:go|match|fit)(?:\s+(?:well\s+)?with)?\s+(?:it|them|this|that|these|those)",
            rf"(?:it'?s\s+|this\s+is\s+|as\s+a\s+(?:gift|present)\s+)?for\s+(?:my|our|his|her|their)\s+(?:\w+\s+)?{_NEAREST}(?:'s(?:\s+{_NEAREST})?)?",
            r"(?:(?:it'?s|it\s+is|this\s+is|they'?re|they\s+are)\s+(?:going\s+to\s+be\s+)?(?:for\s+)?|as\s+|for\s+)an?\s+(?:birthday\s+|christmas\s+|wedding\s+|anniversary\s+)?(?:gift|present)",
            r"(?:that\s+)?you(?:'ve|\s+have)(?:\s+got)?(?=\s*(?:$|[?!.,]|in\s+stock|available))",
            r"do\s+you\s+(?:have|sell|carry)(?:\s+(?:it|them|any|one|this|that))?",
            r"(?:this|next)\s+(?:week|month)|today|tomorrow|as\s+soon\s+as\s+possible|asap",
            rf"(?:that|it|they|those|these)(?:'s|'re|\s+is|\s+are)\s+(?:(?:a\s+bit|a\s+little|too|very|quite|so|really)\s+)?{_NICE}",
            r"make\s+(?:it|them)",
            r"i(?:'ve\s+got|\s+have(?:\s+got)?|\s+only\s+have|\s+can\s+spend|\s+want\s+to\s+spend)(?=\s{2})|to\s+spend(?:\s+on)?",
            r"by\s+any\s+chance|if\s+possible|if\s+you\s+(?:have|can)(?:\s+(?:it|them|any|one))?|in\s+mind|(?:and\s+)?nothing\s+(?:too|very)\s+fancy",
            r"pls|plz|please|thx|thanks|kindly|actually|lol|haha|hmm+|btw|anyway|tbh|lovely(?=\s*[.,!])",
        )
    )
    + r")(?!\w)|[:;]-?[()DP](?!\w)",
    re.IGNORECASE,
)
POINTS = re.compile(
    r"\b(?:it|they|them|these|those|this|that|ones?|s?he|her|him|his|i|we|me|us|he's|she's|it's|that's|i'm)\b",
    re.IGNORECASE,
)
"""What speaks of the thing talked about, or of the speaker: no message with it names a thing by a bare noun."""
JA_CHATTER = re.compile(
    r"(?:子供|子ども|こども|息子|娘|母|父|妻|夫|友達|友人|彼女|彼氏|彼|孫)(?:に(?:あげる|贈る|プレゼントする)|への?(?:誕生日の?)?(?:プレゼント|贈り物)(?:に|用に?|の)?)|"
    r"^(?:母|父|妻|夫|娘|息子|友達|友人|彼女|彼|祖母|祖父|子供|上司|同僚)(?:に|へ|用)[。！!]*$|"
    r"(?:ほしい|欲しい)(?:んです(?:けど|が)|のですが|んだけど|のだけど|んだ|な)|(?:探して)(?:いるんです(?:けど|が)|るんです(?:けど|が)|るんだけど|いるのですが)|"
    r"なん(?:ですけど|ですが|だけど|です)|(?:彼女|彼|母|父|息子|娘|妻|夫)(?:は|が)|(?:やっぱり|やはり|できれば|すみません|ちなみに|なんか)[、,]?|"
    r"(?:は|って)?(?:どれ|どちら)(?:が|は)?(?:です|でしょう)?か?(?=[\s?？。]|$)|^\s*(?:ない|ありません)(?:の|です)?か?(?=[\s?？]*$)|って(?=\s*(?:ありますか|ある|あります|$))|"
    r"(?:の|もの|やつ)?(?:が|は)?(?:好き|好み)(?:なので|だから|です|みたい)?|(?:^|(?<=[\sが]))(?:いい|良い)(?:と思います|な|です|かな|ね)*(?=[\s。!！?？]|$)"
)


_GIFT = (
    r"(?:an?\s+|some\s+|the\s+)?(?:(?:birthday|christmas|xmas|wedding|anniversary|leaving|farewell|house\s?warming|nice|"
    r"small|little|good|great|perfect)\s+)*(?:gifts?|presents?)(?:\s+ideas?)?"
)
_LIKES = r"(?:who|that)\s+(?:really\s+|just\s+)?(?:likes?|loves?|enjoys?|plays?|collects?|is\s+into)\s+(?:to\s+)?"
GIFT_FOR = re.compile(
    rf"\b(?:{_GIFT}|something|anything)\s+(?:for|to)\s+(?:(?:my|our|his|her|their|an?|the)\s+)?(?:\w+\s+){{0,2}}?{_LIKES}|"
    rf"\b{_GIFT}\s+(?:for|to)\s+(?:an?\s+|the\s+)?(?!(?:my|our|his|her|their|your|me|us|you|him|them|men|women|{_NEAREST})\b)(?=\w)",
    re.IGNORECASE,
)
GIFT_ALONE = re.compile(rf"{_GIFT}|プレゼント|ギフト|贈り物", re.IGNORECASE)
_JA_GIFT = r"(?:お?誕生日の?|クリスマスの?)?(?:プレゼント|ギフト|贈り物)"
JA_GIFT_FOR = re.compile(
    rf"(?<![母父妻夫娘子達人女氏彼孫])(?:への|にあげる|に贈る|向けの){_JA_GIFT}(?:用)?(?:の|に|を)?|"
    rf"(?:[^\s、。]{{1,8}}?の)?{_JA_GIFT}(?:(?:用)?(?:に|として)|用の)(?=[^\s、。])"
)


def without_gift(text: str) -> str:
    """The text without a "gift for" where more is said: "a gift for a golfer" looks for golf, not for gifts."""
    for pattern in (GIFT_FOR, JA_GIFT_FOR):
        rest = pattern.sub(" ", text, count=1)
        text = rest if words_of(rest) else text
    return text


def without_chatter(text: str, *, is_in_japanese: bool) -> tuple[str, bool]:
    """The text without its chatter, and whether there was any or it points at what is talked about."""
    plain = CHATTER.sub(" ", text)
    if is_in_japanese:
        plain = JA_CHATTER.sub(" ", plain)
    return plain, plain != text or POINTS.search(text) is not None
