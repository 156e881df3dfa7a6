"""The rules of the grammar as patterns and word lists, English and Japanese; `bot/grammar.py` applies them in order."""
# ruff: noqa: E501 -- an alternative of a rule is read as one line

import re

from bot.grammar_reading import Command
from indexing.wording import LITTLE_WORDS

HELLO = (
    r"(?:(?:hi|hello|hey|hiya|good\s+(?:morning|afternoon|evening)|こんにちは|こんばんは|おはよう(?:ございます)?|はじめまして)"
    r"(?:\s+(?:there|again|all|bot|looksee|everyone))?[\s,.!！。]*)+"
)
HELLO_ALONE = re.compile(HELLO, re.IGNORECASE)
END = r"[\s.!。!?？…]*$"
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "last": -1, "一": 1, "二": 2, "三": 3, "四": 4,
    "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "最初": 1, "最後": -1, "いちばん上": 1, "一番上": 1, "一番下": -1,
}  # fmt: skip
NTH = (
    r"(?:(?:the\s+)?(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)(?:\s+(?:one|product|result|picture))?"
    r"|(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)(?:\s+(?:one|product|result))?|(?:#|number\s+|no\.?\s*|nr\.?\s*)(\d{1,2}|one|two|three|four|five)\b)"
)
JA_NTH = (
    r"(?:([一二三四五六七八九十]|\d{1,2})(?:番目|つ目|つめ|個目|番|番め|点目)|(最初|最後|一番上|一番下|いちばん上))"
    r"(?:のもの|の商品|のやつ|の)?"
)
_IT = rf"(?:(?:all\s+of\s+)?(?:it|they|them|these|those|this|that|each|all)(?:\s+ones?)?|{NTH}(?:\s+and\s+{NTH})?|the\s+(?!\w+est\b|most\b|least\b)[\w'-]+\s+ones?)"
_PRICE = (
    rf"(?:and\s+)?(?:how\s+(?:much|expensive)(?:\s+(?:is|are|was|were|for|would|will|does|do)\s+{_IT}(?:\s+(?:cost|be|go\s+for|sell\s+for))?(?:\s+each)?)?|"
    rf"what\s+(?:does|do|would|will)\s+{_IT}\s+(?:cost|sell\s+for)|(?:what(?:'?s|\s+is|\s+are)\s+|tell\s+me\s+)?(?:the|its|their)?\s*(?:prices?|costs?)(?:\s+(?:of|for|on)\s+{_IT})?)"
)
_JA_IT = rf"(?:これら?|それら?|あれ|こちら|そちら|(?:この|その)(?:商品|中)|全部|{JA_NTH})"
_JA_PRICE = (
    rf"(?:{_JA_IT}(?:は|って|の|も|が|で)?[、\s]*)?(?:お?(?:値段|価格)(?:は|って|が)?[、\s]*)?お?いくら(?:くらい|ぐらい)?(?:です|でしょう|する|し|なの|なん|になる|になり|かかる|かかり)?(?:ます|です)?(?:か|の|かな)?|"
    rf"(?:{_JA_IT}(?:は|の)?)?お?(?:値段|価格)(?:は|を|も)?(?:教えて(?:ください|下さい)?|知りたい(?:です)?)?"
)
_DO_YOU_HAVE = rf"(?:do\s+you\s+(?:have|sell|stock|carry)|have\s+you\s+got|(?:does|do)\s+{_IT}\s+come\s+in|are\s+there|(?:is|are)\s+{_IT}\s+available\s+in)(?:\s+(?:it|them|these|those)\s+in)?"
_FACT = (
    rf"(?P<brand>(?:who\s+(?:makes|made|sells)|(?:what|which)\s+(?:brand|make)\s+(?:is|are))\s+{_IT}|(?:what(?:'?s|\s+is)\s+)?the\s+brand\b|(?:what|which)\s+brand\b)|"
    rf"(?P<material>what(?:'?s|\s+is|\s+are)\s+{_IT}\s+made\s+(?:of|from|out\s+of)|what\s+material\s+(?:is|are)\s+{_IT}|(?:what(?:'?s|\s+is)\s+)?the\s+material\b)|"
    rf"(?P<color>(?:what|which)\s+colou?r\s+(?:is|are)\s+{_IT})|"
    rf"(?P<all_color>(?:what|which)\s+(?:other\s+)?colou?rs\s+{_DO_YOU_HAVE}|(?:what|which)\s+colou?rs)|"
    rf"(?P<all_brand>(?:what|which)\s+brands\s+{_DO_YOU_HAVE}|(?:what|which)\s+brands)|"
    rf"(?P<all_material>(?:what|which)\s+materials\s+{_DO_YOU_HAVE}|(?:what|which)\s+materials)|"
    rf"(?P<other>(?:what|which)\s+sizes?(?:\s+(?:{_DO_YOU_HAVE}|(?:is|are)\s+{_IT}))?|how\s+(?:big|tall|large|heavy|wide|long|small|high|deep)\s+(?:is|are)\s+{_IT}|"
    rf"(?:is|are)\s+{_IT}\s+(?:any\s+good|(?:of\s+)?(?:good|high)\s+quality|dishwasher[- ]safe|microwave[- ]safe|machine[- ]washable)|(?:any\s+|what\s+are\s+the\s+)?(?:reviews|ratings)(?:\s+(?:of|for)\s+{_IT})?)"
)
_JA_FACT = (
    rf"(?P<brand_ja>(?:{_JA_IT}(?:は|の)?)?(?:どこの(?:ブランド|メーカー|製品|もの)|(?:ブランド|メーカー)(?:は|名は)?(?:どこ|何|なに)?)(?:です|ですか|か)?)|"
    rf"(?P<material_ja>(?:{_JA_IT}(?:は|の)?)?(?:何でできて(?:る|いる|います)(?:か)?|(?:素材|材質)(?:は|って)?(?:何|なに|なん)?(?:です|ですか|か)?))|"
    r"(?P<all_color_ja>(?:どんな|何)(?:色|カラー)(?:が|は)?(?:あります|ある|選べます)(?:か|の)?|色(?:は|の種類は)(?:何|どんなの)(?:が|色)?(?:あります|ある)?(?:か)?)|"
    rf"(?P<other_ja>(?:{_JA_IT}(?:は|の)?)?(?:サイズ|大きさ|重さ|口コミ|レビュー|評判)(?:は|って)?(?:どのくらい|どれくらい|何)?(?:です|ですか|か|あります|ありますか)?)"
)
FACTS = re.compile(f"{_FACT}|{_JA_FACT}", re.IGNORECASE)
_DELIVERY = r"(?:shipping|delivery|postage|returns?|refunds?|warranty|guarantee|payment)"
_ELSEWHERE = (
    r"(?:do|can|could|will|would)\s+you\s+(?:also\s+)?(?:ship|deliver|send(?!\s+me\b)|gift[- ]?wrap|refund|price[- ]?match|accept|take)\b[^.!?]*|"
    rf"(?:is\s+(?:there\s+)?|(?:what|how)\s+about\s+|how\s+(?:much|long|fast)\s+(?:is|does|for|will|do|are)\s+|what(?:'?s|\s+is|\s+are)\s+|when(?:'?s|\s+is)\s+)?(?:the\s+|your\s+)?(?:free\s+|next[- ]day\s+|express\s+|international\s+)?{_DELIVERY}(?:\s+(?:times?|costs?|fees?|dates?|policy|options?|methods?|included|free|take|to\s+[\w ]+))*|"
    r"can\s+i\s+(?:return|exchange|pay|cancel|collect)\b[^.!?]*|where(?:'?s|\s+is)\s+my\s+(?:order|parcel|package)|"
    r"when\s+(?:will|does|can|would)\s+(?:it|they|this|that|my\s+\w+)\s+(?:arrive|come|ship|get\s+here|be\s+(?:delivered|here))[^.!?]*|"
    rf"(?:(?:can|could|may|how\s+(?:do|can))\s+i\s+|i(?:'d|\s+would)?\s+(?:like|want)\s+to\s+)?(?:order|buy|purchase)\s+(?:it|this|that|them|these|{NTH})(?:\s+(?:now|here|online))?|"
    rf"(?:put|add)\s+(?:it|this|that|them|{NTH})\s+(?:in|to|into)\s+(?:my|the)\s+(?:cart|basket)|check\s?out"
)
_JA_ELSEWHERE = (
    r"(?:送料|配送|配達|返品|返金|保証|お?支払い?|納期)(?:方法|料|期間)?(?:は|について|を|に)?[^。、]{0,12}|いつ(?:届|とど|着)[^。]*|"
    rf"(?:これ|それ|{JA_NTH})(?:を|が)?(?:買いたい|買います|購入したい|注文したい|注文します|ください|下さい)(?:です)?|カートに入れて[^。]*"
)
COMMANDS: tuple[tuple[Command, re.Pattern[str]], ...] = tuple(
    (command, re.compile(rf"^\s*(?:(?:ok(?:ay)?|sorry|actually|hmm+|oh|never\s*mind|やっぱり|やはり|すみません|じゃあ)[,.、!\s]*(?<!\w)|(?:やっぱり|やはり|すみません|じゃあ)[、\s]*)*(?:please\s+)?(?:let\'?s\s+)?(?:{pattern})(?:[,\s]*please)?{END}", re.IGNORECASE))
    for command, pattern in (
        (Command.PRICE, rf"{_PRICE}|{_JA_PRICE}"),
        (Command.FACT, rf"{_FACT}|{_JA_FACT}"),
        (Command.ELSEWHERE, rf"{_ELSEWHERE}|{_JA_ELSEWHERE}"),
        (
            Command.MORE,
            (r"(?:show|see|give|load)?\s*(?:me\s+)?(?:some\s+|a\s+few\s+)?more(?:\s+(?:results|of\s+(?:these|them|those)|products|options|ones))?|"
            r"next(?:\s+(?:page|ones|results))?|what\s+else(?:\s+(?:is\s+there|do\s+you\s+have|have\s+you\s+got))?|"
            r"(?:anything|something)\s+(?:else|(?:completely\s+|totally\s+|entirely\s+|very\s+)?different)|surprise\s+me|(?:i\s+do\s?n[o']t\s+know[,.\s]*)?(?:what|which(?:\s+ones?)?)\s+(?:do|would|can)\s+you\s+(?:recommend|suggest)|(?:have\s+you\s+|you\s+)?got\s+(?:any\s+)?more|(?:do\s+you\s+have\s+|are\s+there\s+|is\s+there\s+)(?:any\s+)?more|any\s+more|different\s+(?:ones|options)|(?:any\s+|show\s+(?:me\s+)?)?others|other\s+(?:ones|options)|keep\s+going|continue|"
            r"(?:もっと|次|つぎ|続き|続き|他|ほか)(?:を|の|に|は|も|には|にも|のも|のを|のもの|のものも)?"
            r"(?:見る|見せて|みせて|見たい|出して|表示|表示して|お願い|ある|あります)?(?:ください|下さい|します|か)?|次のページ|さらに表示"),
        ),
        (
            Command.BACK,
            (r"(?:go\s+)?back(?:\s+(?:one\s+step|please))?|undo(?:\s+that)?|scratch\s+that|(?:show\s+me\s+|go\s+(?:back\s+)?to\s+|back\s+to\s+)?(?:the\s+)?(?:previous|earlier|last)\s+(?:ones?|results?|page|search)|previous|the\s+ones\s+before|take\s+that\s+back|(?:さっき|先ほど|前)(?:の|に)(?:もの|結果|やつ|検索)?(?:に|を|へ)?(?:戻して|戻る|戻って|見せて|お願い)?(?:ください|します)?|"
            r"(?:前に|前へ|一つ前に|1つ前に)?(?:戻る|戻って|戻して|もどる|もどして)(?:ください)?|元に戻して|取り消し|前のページ|最初の?(?:もの|結果|やつ|検索)?(?:に|へ)(?:戻して|戻る|戻って)(?:ください)?"),
        ),
        (
            Command.START_OVER,
            (r"never\s*mind|start\s+(?:all\s+)?(?:over|again|afresh|anew|from\s+scratch)|reset|restart|new\s+search|clear\s+(?:all|everything)|forget\s+(?:it|that|everything|all)|"
            r"(?:最初|はじめ|初め)から(?:やり直し|やりなおし|やり直す|お願い)?(?:します|して|てください)?|やり直し(?:たい)?(?:です)?|やりなおし|リセット(?:して)?|新しい検索"),
        ),
        (Command.HELP, rf"{HELLO}|help(?:\s+me)?|\?|what\s+(?:can|do)\s+you\s+(?:do|know|sell|have|offer)|what\s+can\s+i\s+(?:ask|say|do)(?:\s+here)?|how\s+(?:does\s+(?:this|it)|do\s+(?:you|i))\s+(?:work|use\s+(?:you|this|it))|(?:who|what)\s+are\s+you|are\s+you\s+(?:a\s+)?(?:bot|robot|human|real)|ヘルプ|使い方(?:は|を教えて)?|助けて|何ができ(?:る|ますか|るの)|(?:あなた|君|きみ)は(?:誰|だれ)(?:ですか)?"),
        (
            Command.THANKS,
            (r"(?:(?:ok(?:ay)?|great|nice|cool|perfect|super|awesome|good|lovely|excellent|wonderful|wow|yes|yeah|yep|yup|sure|alright|got\s+it|fine|done|i\s+see)[\s,.!]*)+|いいね|いいですね|完璧(?:です)?|すごい|素敵(?:です)?|はい|了解(?:です)?|OK(?:です)?|"
             r"(?:(?:i(?:'ll|\s+will)\s+take|i\s+(?:love|like))\s+(?:it|them|this|these|that|those)[\s,.!]*)(?:thanks?|thank\s+you)?|(?:great|nice|cool|perfect|super|awesome)?[,!\s]*(?:thanks?(?:\s+(?:you|a\s+lot|so\s+much))*|thx|ty|cheers)(?:[\s,!]+(?:a\s+lot|so\s+much|very\s+much|that'?s\s+(?:great|perfect|it|all)))?|"
            r"(?:どうも)?(?:ありがとう|有難う|有り難う)(?:ございます|ございました)?|サンキュー|どうも"),
        ),
        (
            Command.UNHAPPY,
            (r"(?:no|nope|nah|meh|ugh|hmm+|bad|wrong|useless|terrible|awful|rubbish)(?:[\s,.!]+(?:no|nope|thanks|thank\s+you))*|(?:no[,\s]+)?(?:not\s+(?:what\s+i\s+\w+(?:\s+\w+)?|th(?:is|at|ese|ose)|it|quite|really|good|right)|none\s+of\s+(?:these|those|them)|nothing\s+(?:there|here|good|i\s+like))|"
             r"(?:no[,\s]+)?(?:i\s+)?(?:do\s?n[o']t|did\s?n[o']t)\s+(?:like|want|love|need)\s+(?:(?:any|either|all)\s+of\s+)?(?:it|them|these|those|this|that|any)(?:\s+one)?|(?:no[,\s]+)?(?:that|this|it|these|those|they)(?:'s|'re|\s+is|\s+are)?(?:\s*n't|\s+not)\s+(?:it|what\s+i(?:'m|\s+am)?\s+\w+(?:\s+\w+)?|right|good|helpful|useful|quite\s+(?:it|right))|"
             r"(?:that|this|these|those)(?:'s|'re|\s+is|\s+are)?\s+(?:all\s+)?(?:wrong|bad|useless|terrible|awful)|(?:you\s+(?:are|'re)\s+)?(?:useless|stupid|wrong)|i\s+(?:do\s?n[o']t|did\s?n[o']t)\s+(?:understand|mean\s+that)|"
             r"違う|違います|ちがう|(?:これ|それ|そう)じゃ(?:ない|なくて)|だめ|ダメ|いまいち|イマイチ|(?:どれも)?(?:好き|気に入ら)(?:じゃ)?ない|いいえ"),
        ),
    )
)  # fmt: skip

LIKE = re.compile(
    rf"(?:i(?:'d|\s+would)?\s+)?(?:(?:show\s+(?:me\s+)?|find\s+(?:me\s+)?)?(?:(?:some|something|one|ones)\s+)?(?:more\s+)?(?:just\s+)?(?:like|similar\s+to|same\s+as|in\s+the\s+style\s+of|more\s+of)\s+){NTH}"
    rf"(?:\s+and\s+{NTH})?",
    re.IGNORECASE,
)
LIKE_BARE = re.compile(
    rf"^\s*(?:i\s+(?:like|prefer|love|want)\s+)?{NTH}(?=\s*(?:$|[,.!?]|but\b|in\b|with|looks?\b|is\b|please\b|pls\b|then\b|thanks?\b))",
    re.IGNORECASE,
)
LIKE_THIS = re.compile(
    r"\b(?<!'d )(?<!would )(?:(?:some|something|one|ones|any|anything)\s+)?(?:more\s+)?(?:like|similar\s+to)\s+(?:this|that|these|those|it|them)(?:\s+one)?\b",
    re.IGNORECASE,
)
JA_LIKE = re.compile(
    rf"{JA_NTH}(?:と{JA_NTH})?(?:に似た|に似ていて|に似ている|と似た|と同じような|みたいな|のような|ような|に近い|と同じ|っぽい|がいい|が良い|に似てる)"
    r"(?:もの|の|やつ|商品|感じ)?(?:で|を|が|けど|だけど|ですが)?"
)
JA_LIKE_THIS = re.compile(
    r"(?:これ|それ|この写真|写真|この商品)(?:の(?=[^\s]*(?:やつ|もの|の|版)?$)|に似た|に似ている|みたいな|のような|っぽい|と似た|と(?:お揃い|おそろい|同じ|同じよう|似た)(?:の|な)?|に合う)(?:感じの|デザインの|色の)?(?:もの|の|やつ|商品|感じ)?(?:で|を|が)?"
)

LIKE_THE = re.compile(
    r"(?:(?:some|something|one|ones)\s+)?(?:more\s+)?(?:like|similar\s+to|same\s+as|in\s+the\s+style\s+of)\s+the\s+(?P<what>[\w' -]{3,30}?)(?:\s+one)\b|"
    r"(?P<ja>[^\s、。,]{1,8}?)の?(?:もの|やつ)(?:に似た|と似た|みたいな|と同じような|に近い)(?:もの|の|やつ)?(?:で|を|が)?",
    re.IGNORECASE,
)

CHEAPEST = re.compile(
    r"\b(?:(?:(?:what|which)(?:\s+ones?)?(?:'s|\s+is|\s+are|\s+would\s+be)?|show\s+me)\s+)?(?:the\s+)?(?:cheapest|lowest\s+pric\w+|least\s+expensive)(?:\s+(?:first|ones?))?(?:\s+of\s+(?:them|these|those|all))?|\b(?:sort(?:ed)?|order(?:ed)?)\s+by\s+price\b|"
    r"\b(?:(?:sort|order)(?:\s+(?:them|these|those|it))?\s+)?(?:from\s+)?(?:cheap(?:est)?|low(?:est)?)\s+to\s+(?:(?:the\s+)?most\s+expensive|expensive|high(?:est)?|dear(?:est)?)\b|"
    r"(?:一番|いちばん|最も)安い(?:順|もの|の|やつ)?(?:に|で|から)?(?:(?:は|って)?(?:どれ|どちら)(?:です|でしょう)?か?)?|最安(?:値)?の?|安い順(?:に|で|番)?|価格の安い順に?",
    re.IGNORECASE,
)
CHEAPER = re.compile(
    r"\b(?:the\s+)?cheap\s+ones\b|\b(?:(?:something|anything)\s+)?for\s+less(?:\s+money)?(?=\s*(?:$|[,.;!?]|(?:please|pls|but|and|in|from|with)\b))|\b(?:that'?s|it'?s)\s+a\s+lot\s+of\s+money\b|"
    r"\b(?:(?:something|anything|any|show\s+me|a\s+(?:bit|little|lot)|lots|much|even|way|far|still|slightly|somewhat)\s+)*(?:che+a?pe+r|less\s+expensive|less\s+pricey|more\s+affordable|lower\s+(?:priced?|the\s+price))(?:\s+(?:ones?|options?|alternatives?|please))?(?:\s+than\s+(?:that|this|these|those|them|it))?\b|"
    r"\b(?:that'?s\s+|those\s+are\s+|they\s+are\s+)?too\s+(?:expensive|pricey|dear|much)\b|"
    r"\b(?:(?:that|it|this)(?:'s|\s+is)\s+|(?:those|these|they)(?:'re|\s+are)\s+)(?:(?:a\s+bit|a\s+little|quite|rather|so|very|really)\s+)?(?:pricey|expensive)\b|"
    r"\b(?:(?:that|it|this)(?:'s|\s+is)\s+|(?:those|these|they)(?:'re|\s+are)\s+)?(?:(?:a\s+bit|a\s+little|way)\s+)?(?:out\s+of|over|above|beyond)\s+(?:my|our|the)\s+(?:budget|price\s+range)\b|"
    r"(?:もっと|もう少し|もうすこし|もうちょっと|少し|より|ちょっと)(?:安い|安く|お手頃な|手頃な|リーズナブルな|お安い|安めの)(?:もの|の|のは|やつ|して)?(?:は|で|に|を)?|"
    r"^\s*(?:ちょっと|少し|かなり)?高い(?:な|ね|です|よ|かな|けど)*[。!！]*$|安め(?:の|で|に)?|(?:値段が|価格が)?高すぎ(?:る|ます|です)?|(?:安い|安価な)(?:もの|の)(?:は|で|を|が)?",
    re.IGNORECASE,
)
CHEAP = re.compile(
    r"\b(?:really\s+|very\s+|relatively\s+)?(?:cheap|inexpensive|affordable|low[- ]cost|on\s+a\s+(?:tight\s+|small\s+|low\s+)?budget|budget(?=\s+[a-z]))(?!\s+ones\b)\b|(?<!番)(?:安い|お手頃な|安価な)(?=[ァ-ヶー一-龯])",
    re.IGNORECASE,
)
"""A wish for a low price that names no bound."""
CHEAPER_THAN = re.compile(
    rf"\b(?:cheaper|less(?:\s+expensive)?)\s+than\s+{NTH}|(?:{JA_NTH})より(?:も)?(?:もっと)?安い(?:もの|の)?",
    re.IGNORECASE,
)
DEARER = re.compile(
    r"\b(?:(?:(?:what|which)(?:\s+ones?)?(?:'s|\s+is|\s+are)?|something|anything|show\s+me|a\s+(?:bit|little)|much)\s+)*(?:(?:the\s+)?mo(?:re|st)\s+expensive|pricier|dearer|more\s+upscale|fancier\s+price|higher\s+priced?|high[- ]end)(?:\s+(?:ones?|options?|first))?\b|"
    r"(?:もっと|もう少し)(?:高い|高価な|高級な)(?:もの|の)?(?:は|で|を)?",
    re.IGNORECASE,
)
STOCK = re.compile(
    r"\b(?:only\s+|that\s+(?:are|is)\s+|which\s+(?:are|is)\s+|what(?:'s|\s+is)\s+|and\s+)?(?:in[\s-]stock|available(?:\s+now)?|ready\s+to\s+ship)(?:\s+only|\s+now|\s+ones)?\b|"
    r"(?:在庫(?:の|が)?(?:あり|有り|有|ある)|すぐ(?:に)?買える|今買える)(?:もの|の|商品|やつ)?(?:だけ|のみ)?(?:で|を|に|が)?",
    re.IGNORECASE,
)
ANY_STOCK = re.compile(
    r"\b(?:including|also|even)\s+(?:those\s+)?out\s+of\s+stock\b|在庫(?:が)?なしでも|在庫切れも", re.IGNORECASE
)
LIFT = re.compile(
    r"\b(?:forget|never\s*mind|ignore|drop|skip|regardless\s+of)\s+(?:about\s+)?(?:the\s+)?(?P<en3>colou?r|price|brand|material|type|make)s?\b|"
    r"\b(?:no|without\s+(?:the|any|a)|remove\s+the|forget\s+the|drop\s+the|any)\s+(?:price\s+)?(?P<en5>limit|budget|price\s+limit|price\s+range|price\s+filter)\b|"
    r"\b(?P<en6>price|money)\s+is\s+(?:no\s+(?:object|issue|problem)|not\s+(?:important|an\s+issue|a\s+problem))\b|"
    r"(?:^|\b(?:any|in|what|which|show\s+me|got)\s+)(?:(?:an)?other|(?:a\s+)?different)\s+(?P<en4>colou?r|brand|material|make)s?\b|"
    r"\b(?:in\s+|of\s+|at\s+)?any\s+(?P<en>colou?r|price|brand|material|type|kind|make)s?\b(?:\s+(?:is\s+(?:fine|ok|okay)|will\s+do))?|"
    r"\b(?:the\s+)?(?P<en2>colou?r|price|brand|material|type|make)\s+(?:does\s?n[o']t|doesn’t)\s+matter\b|"
    r"(?:他|ほか|別)の(?P<ja2>色|素材|ブランド|メーカー)(?:は|も|が)?|"
    r"(?P<ja>色|値段|価格|予算|ブランド|素材|種類|メーカー)(?:は|が)?(?:何でも|なんでも|問わない|問いません|気にしない|どれでも)(?:いい|良い|OK)?(?:です)?",
    re.IGNORECASE,
)
LIFTED = {
    "limit": "price", "budget": "price", "price limit": "price", "price range": "price", "price filter": "price", "money": "price",
    "color": "color", "colour": "color", "price": "price", "brand": "brand", "make": "brand", "material": "material",
    "type": "category", "kind": "category", "色": "color", "値段": "price", "価格": "price", "予算": "price", "ブランド": "brand",
    "メーカー": "brand", "素材": "material", "種類": "category",
}  # fmt: skip

SAME = re.compile(
    r"\b(?:(?:at|for|in|of|with)\s+)?(?:the\s+)?same\s+(?P<en>price|budget|colou?r|brand|make|material)s?(?:\s+range)?\b|"
    r"同じ(?P<ja>色|値段|価格|ブランド|素材)(?:帯)?(?:の|で)?",
    re.IGNORECASE,
)
FIRM = re.compile(
    r"\b(?:has|have|needs?|got)\s+to\s+be\b|\bmust(?:\s+be)?\b|\b(?:absolutely|strictly|definitely)\b|\bcan(?:'t|not)\s+(?:spend|afford|go\s+over|pay)\b|"
    r"\b(?:out\s+of|over|beyond)\s+(?:my|our)\s+budget\b|絶対|必ず|(?:で|じゃ)ないと(?:だめ|ダメ|駄目|困る|いや|嫌)",
    re.IGNORECASE,
)
"""What says that a condition must be."""

STOP = (
    r"(?=\s*(?:$|[,.;!?]|\b(?:and\s+(?:not|no|without|under|below|in|from|with)|but|under|below|between|over|less\s+than|up\s+to|"
    r"from\s+[A-Z]|in|please|pls|plz|thanks|for\s+[$€£¥]|with)\b))"
)
NOT = re.compile(
    rf"\b(?:but\s+)?(?P<how>not\s+made\s+(?:of|from|out\s+of)|not\s+(?:in|from|by)|anything\s+but|everything\s+but|nothing(?!\s+(?:else|more|(?:too\s+)?fancy|(?:too\s+)?special))|not|no(?!\.|\s+(?:more|problem|idea|later|less)\b)|without(?:\s+any)?|"
    rf"except(?:\s+for)?|excluding|other\s+than|minus|(?:(?:i|we|s?he|they|my\s+\w+)\s+)?(?:do(?:es)?\s?n[o']t)\s+(?:want|like|need)(?:\s+any)?|(?:i|we|s?he|they|my\s+\w+)\s+(?:hates?|dislikes?|can'?t\s+stand)|(?:is\s?n[o']t|are\s?n[o']t))\s+"
    rf"(?P<what>(?:an?\s+|the\s+|any\s+)?[^,.;!?]+?){STOP}",
    re.IGNORECASE,
)
NON = re.compile(r"\bnon[- ](?P<what>\w+)|\b(?P<what2>\w+)[- ]free\b", re.IGNORECASE)
JA_WHAT = r"[^\s、。,のをがはでに以とや]+?"
JA_NOT = re.compile(
    rf"(?P<value>{JA_WHAT}(?:(?:と|や|、){JA_WHAT})*)(?P<how>以外|(?:では?|じゃ)(?:ない|なく)|を除[いく]て?|(?:は|が)(?:ちょっと|あまり|少し)?(?:嫌い|嫌|好きじゃない|好きではない|いや|いらない|不要|苦手|だめ|ダメ)(?:なので|だから|なんです|です)?|でない)"
    r"(?:もの|の|やつ|て)?(?:で|を|が|に)?"
    rf"|(?P<part>[^\s、。,のをがはでに]+?)(?P<how2>(?:の|が)?(?:ない|無い)(?!か)|なし|無し|抜き)(?:もの|の|やつ)?(?:で|を|が|に)?"
)

NEW = re.compile(
    r"^\s*(?:(?:hi|hello|hey)[,!\s]+)?(?:and\s+|oh\s+|so\s+)*(?:now\s+|actually[,\s]+|instead[,\s]+)*(?:i\s?(?:'m|’m|\s+am)\s+(?:now\s+)?(?:looking\s+for|searching\s+for|after)|(?:i\s+)?(?:need|want|would\s+like|'d\s+like)|"
    r"(?:can|could)\s+(?:you|u|ya)\s+(?:find|show)(?:\s+me)?|where\s+(?:can|do)\s+i\s+(?:buy|find|get|see)|do\s+(?:you|u|ya)\s+(?:have|sell|carry)|have\s+(?:you|u|ya)\s+got|have\s+you|looking\s+for|search(?:\s+for)?|find(?:\s+me)?|show\s+me|got\s+any|"
    r"is\s+there|are\s+there|where\s+are(?:\s+your)?|what\s+about|how\s+about)\s+(?:to\s+(?:buy|get|have|find|order|see)\s+)?",
    re.IGNORECASE,
)
WISH = re.compile(
    r"^.{0,80}?\b(?:i|we|she|he|they|my\s+\w+|our\s+\w+|who|me)(?:"
    r"\s*(?:really\s+|also\s+|just\s+)?(?:wants?|needs?)|\s*(?:'d|would)\s+(?:really\s+)?(?:love|like))\s+"
    r"(?:to\s+(?:buy|get|have|find|order|see)\s+)?(?!(?:to|it|this|that|them|these|those|one|more|the)\b)(?=\w)",
    re.IGNORECASE,
)
ASIDE = re.compile(
    r"(?:^|[,.!?]\s*|\s+)(?:do\s+you\s+have\s+(?:one|any|some|something|anything)(?:\s+like\s+that)?|can\s+you\s+help(?:\s+me)?|any\s+ideas?|"
    r"please\s+help|(?:and\s+)?nothing\s+(?:else|more|(?:too\s+)?fancy|(?:too\s+)?special)|(?:once\s+)?again|if\s+possible|for\s+me)\s*[.!?]*\s*$",
    re.IGNORECASE,
)
GREETING = re.compile(
    r"^\s*(?:(?:(?:no|nah|nope)(?=[,.!])|hi|hello|hey|oh|ok|okay|well|hmm+|yes|yeah|great|nice|cool|good|perfect|now|then|actually|so|こんにちは|はい)\b[,!.\s]*)+",
    re.IGNORECASE,
)
LOOKING_GLASS = re.compile(
    r"\blooking[- ]glass(?=\s*(?:$|[,.;!?]|\b(?:with|without|for|in|on|of|to|that|which|like|from|by|under|below|over|at|around|not|but|and|or|please|pls)\b))",
    re.IGNORECASE,
)
"""A mirror, where no thing follows: who is "looking glass vase" looks for a vase of glass."""
ALSO = re.compile(
    r"^\s*(?:or|also|plus|and\s+also)\b|\b(?:too|as\s+well)\s*[.!?]*$|(?:も(?:見|みせ|あり|ある|入れ|含め|いい|欲し|ほし)|も$)",
    re.IGNORECASE,
)
"""What is said joins what is wanted already."""
ADDS = re.compile(
    r"^\s*(?:(?:size\s+\w+|\d+(?:[.,]\d+)?\s?(?:cm|mm|inch(?:es)?|cl|ml|litres?|liters?|kg|oz|lbs?)|(?:a\s+)?(?:set|pack|pair|box)\s+of|\w+-(?:seater|inch|piece|tier|pack)|but|and|also|maybe|only|just|preferably|ideally|rather|or|make\s+(?:it|them)|more|less|a\s+(?:bit|little)|slightly|much|even|with|without|in|like|same|the\s+same|that\s+(?:is|are|has|have)|which|for|from|by|"
    r"(?:something|anything|one|ones)\s+(?:that|which|more|less|with|in|a\s+bit|\w+er)\b)\b|"
    r"(?:もっと|もう少し|もうちょっと|もうすこし|でも|けど|ただし|同じ|できれば|より))",
    re.IGNORECASE,
)
ADJECTIVE = re.compile(
    r"non-\w+|[\w-]{3,}(?:less|proof|ible|ous|ful|ive|-free|-style|-shaped|-coloured|-colored)|\w{5,}able|\w{4,}ed",
    re.IGNORECASE,
)
"""What says how a thing is, by its ending: waterproof, insulated, foldable."""
_PARTS_TEXT = """
rim handle lid leg stripe dot spot check pattern shade strap pocket wheel sole lining base frame spout button zip zipper collar sleeve trim band
face dial fringe tassel cap cover armrest back seat cord cable hood edge border print logo foot feet drawer shelf pom-pom finish top bottom
"""
PARTS = frozenset(_PARTS_TEXT.split())
"""What things have: "blue rim" says more of a bowl, and is no thing itself."""
JA_PART = re.compile(
    r"[^\s]*(?:取っ手|持ち手|ふた|フタ|蓋|脚|縁|柄|模様|背もたれ|枠|ひも|ポケット|キャスター|付き|つき|入り|人掛け|人用|向け|サイズ)(?:の|で)?|"
    r"[^\s]+が[^\s]+い"
)
JA_ONE_THAT = re.compile(r"(?P<what>[^\s]*?[うくすつぬぶむるぐた])(?:の|もの|やつ|物)")
"""A clause that says more of the thing: 机に置くやつ."""
COMPARATIVE = re.compile(r"\b(?:\w{3,}er|\w{3,}est|better|darker|less\s+\w+|more\s+\w+)\b", re.IGNORECASE)
JA_FILLER = re.compile(
    r"(?:を|が|は|で|の)?(?:探しています|探してます|探している|探してる|探して(?:ください|下さい)?|探したい|ほしいです|欲しいです|ほしい|欲しい|見せて(?:ください|下さい)?|見たい(?:です)?|"
    r"ありますか|ありませんか|ある\?|あります|はある|ください|下さい|お願いします|お願い|だけ(?:で|を)?|のみ|をお願い|にして|にしてください|がいい(?:です)?|が良い(?:です)?|でお願いします|はどう(?:ですか)?)"
)
JA_EDGE = re.compile(
    r"^(?:(?:もっと|もう少し|もうちょっと|もうすこし|次は|つぎは|今度は|じゃあ|では|それと|けど|だけど|を)+|より(?=[一-龯]))|"
    r"(?:を|ので|けど|だけど|ですが|です|(?<![ぁ-ん])(?:の(?:もの|やつ)?|で|が|は|に|も|とか|なんか|な|か|色|と|商品)|(?<=[いな])(?:もの|の|やつ)|(?<=[いな])(?:もの|の|やつ)(?:で|が|は|を|に|も))+$|^(?:もの|やつ|の)$"
)
FROM = re.compile(r"\b(?:from|by|brand|made\s+by)\s+(?P<name>[^,.;!?]+)", re.IGNORECASE)
OF = re.compile(r"^(?:of|from)$", re.IGNORECASE)
JA_AFTER = r"(?:色|製|系)?(?:っぽい|みたいな|がかった)?(?:でできた|で作られた|のもの|の|で|に|が|を|な|か|や|または)?"
KANJI = r"一-龯"
KATAKANA = r"ァ-ヶー"
_NOT_COMPARATIVE_TEXT = """
chest vest nest forest guest harvest armrest footrest headrest hanger ladder drawer shaker toaster mixer holder opener cutter drier dryer dispenser cooler steamer blender heater
planter poster toaster slipper trimmer folder coaster saucer pitcher container organiser organizer counter
golfer gardener runner hiker biker baker reader writer painter photographer traveller traveler swimmer dancer teacher lover player gamer skier
surfer camper climber drummer driver beginner designer
"""
NOT_COMPARATIVE = frozenset(_NOT_COMPARATIVE_TEXT.split())
"""Things, and people, that end like a comparative."""
_EDGE_TEXT = """
so too only just maybe please pls also but now then instead rather preferably ideally made really very more ones ok okay hi his her their our
hello hey even still much slightly same thing things stuff color colour colored coloured product products item items version versions kind sort
type similar matching nice good great decent lovely
"""
EDGE = (LITTLE_WORDS - {"no", "not", "without"}) | set(_EDGE_TEXT.split())
"""What carries no meaning at the ends of a message."""
_THING_TEXT = """
orange rose olive mint cream lavender coral gold silver copper wine lime cherry lemon chocolate peach plum sand tan
rust salmon natural clear amber camel
"""
THING_COLOURS = frozenset(_THING_TEXT.split())
"""Colours that are also things."""
AS_ADJECTIVES = frozenset({"wooden", "golden", "metallic", "woollen", "woolen", "silvery", "stainless"})
"""Materials that are never a thing."""
