"""A catalogue's types in, the names that people call them by out, English and Japanese: `Sofa` -> "couch", ソファ.

The table holds names, never values: a name counts only where the live catalogue has such a type.
"""

from collections.abc import Sequence

from indexing.wording import folded, stem

KIND_NAMES: dict[str, tuple[str, ...]] = {
    # kitchen
    "mug": ("coffee mug", "coffee cup", "teacup", "tea cup", "マグカップ", "マグ", "コーヒーカップ", "ティーカップ"),
    "cup": ("カップ", "コップ"),
    "teapot": ("tea pot", "ティーポット", "急須"),
    "frying pan": ("skillet", "fry pan", "frypan", "フライパン", "炒め鍋"),
    "bowl": ("ボウル", "どんぶり", "丼", "お椀", "鉢"),
    "plate": ("プレート", "皿", "お皿"),
    "cooking pot": ("saucepan", "sauce pan", "stockpot", "stewpot", "casserole", "鍋", "お鍋", "両手鍋", "片手鍋"),
    "kettle": ("tea kettle", "ケトル", "やかん", "ヤカン"),
    "cutting board": ("chopping board", "まな板", "カッティングボード"),
    "storage jar": ("canister", "保存瓶", "保存容器", "キャニスター", "保存びん"),
    "drinking glass": ("tumbler", "glass", "glassware", "water glass", "グラス", "タンブラー"),
    "knife": ("ナイフ", "包丁"),
    "water bottle": ("drink bottle", "drinking bottle", "flask", "水筒", "ウォーターボトル", "マイボトル"),
    # light
    "lamp": ("ランプ", "照明", "ライト"),
    "table lamp": (
        "desk lamp",
        "bedside lamp",
        "テーブルランプ",
        "卓上ランプ",
        "デスクランプ",
        "デスクライト",
        "卓上ライト",
        "デスク用ライト",
        "デスク用のライト",
        "電気スタンド",
    ),
    "pendant lamp": (
        "pendant light",
        "hanging lamp",
        "ceiling lamp",
        "ペンダントライト",
        "ペンダントランプ",
        "吊り下げ照明",
        "吊りランプ",
        "天井照明",
        "吊り下げライト",
        "吊り下げランプ",
    ),
    "floor lamp": ("standing lamp", "フロアランプ", "フロアライト", "スタンドライト", "フロアスタンド"),
    "lantern": ("ランタン", "灯籠", "カンテラ", "行灯"),
    "candle": ("キャンドル", "ろうそく", "ロウソク", "蝋燭"),
    # furniture and home
    "chair": ("チェア", "チェアー", "椅子", "いす", "イス"),
    "armchair": ("easy chair", "アームチェア", "肘掛け椅子", "ひじ掛け椅子"),
    "sofa": ("couch", "settee", "loveseat", "ソファ", "ソファー", "カウチ", "長椅子"),
    "stool": ("footstool", "スツール", "丸椅子", "腰掛け"),
    "bench": ("ベンチ",),
    "table": ("テーブル", "机"),
    "desk": ("デスク", "机"),
    "bed": ("ベッド",),
    "bookshelf": ("bookcase", "book shelf", "book case", "本棚", "書棚", "ブックシェルフ"),
    "shelf": ("棚", "シェルフ"),
    "chest of drawers": ("dresser", "chest", "チェスト", "たんす", "タンス", "箪笥"),
    "vase": ("flower vase", "花瓶", "花びん", "フラワーベース"),
    "cushion": ("throw pillow", "クッション", "座布団"),
    "pillow": ("枕", "まくら", "ピロー"),
    "rug": ("carpet", "ラグ", "カーペット", "じゅうたん", "絨毯", "敷物"),
    "curtain": ("カーテン",),
    "wall clock": ("clock", "掛け時計", "壁掛け時計", "壁時計", "時計"),
    "picture frame": ("photo frame", "フォトフレーム", "写真立て", "額縁", "額", "フォトスタンド", "写真たて"),
    "plant pot": ("flower pot", "flowerpot", "planter", "plant pots", "植木鉢", "プランター"),
    "mirror": ("ミラー", "鏡", "手鏡", "姿見"),
    "basket": ("バスケット", "かご", "カゴ", "籠"),
    "box": ("箱", "ボックス"),
    # bags, clothes
    "backpack": ("rucksack", "knapsack", "リュックサック", "リュック", "バックパック", "デイパック"),
    "suitcase": (
        "trolley case",
        "luggage",
        "carry-on",
        "スーツケース",
        "キャリーケース",
        "キャリーバッグ",
        "旅行かばん",
        "旅行カバン",
        "旅行鞄",
        "旅行用かばん",
        "トランク",
    ),
    "umbrella": ("parasol", "brolly", "傘", "かさ", "アンブレラ", "日傘", "雨傘"),
    "tote bag": ("tote", "shopping bag", "トートバッグ", "トート", "手提げ袋", "買い物袋", "エコバッグ"),
    "handbag": ("hand bag", "purse", "ハンドバッグ", "手提げバッグ", "手提げかばん", "手さげバッグ"),
    "bag": ("バッグ", "かばん", "鞄", "カバン"),
    "wallet": ("財布", "ウォレット"),
    "hat": ("帽子", "ハット"),
    "sun hat": ("sunhat", "麦わら帽子", "日よけ帽子"),
    "cap": ("キャップ",),
    "beanie": (
        "knit cap",
        "knit hat",
        "woolly hat",
        "wool hat",
        "ニット帽",
        "ニット帽子",
        "ビーニー",
        "ニットキャップ",
        "毛糸の帽子",
    ),
    "sunglasses": ("shades", "サングラス"),
    "watch": ("wristwatch", "wrist watch", "腕時計", "ウォッチ", "時計", "リストウォッチ"),
    "ring": ("finger ring", "指輪", "リング"),
    "necklace": ("ネックレス",),
    "rain boot": ("wellington", "wellies", "rubber boot", "gumboot", "レインブーツ", "長靴", "ゴム長靴", "雨靴"),
    "boot": ("ブーツ",),
    "shoe": ("靴", "シューズ", "くつ"),
    "sneaker": ("trainers", "スニーカー"),
    "sandal": ("サンダル",),
    "shirt": ("シャツ",),
    "t-shirt": ("tee", "tee shirt", "tシャツ", "ティーシャツ"),
    "dress": ("ワンピース", "ドレス"),
    "skirt": ("スカート",),
    "jacket": ("ジャケット", "上着"),
    "coat": ("コート",),
    "sweater": ("jumper", "pullover", "セーター"),
    "hoodie": ("パーカー",),
    "pants": ("trousers", "パンツ", "ズボン"),
    "jeans": ("ジーンズ", "デニム"),
    "sock": ("靴下", "ソックス"),
    "scarf": ("マフラー", "スカーフ"),
    "glove": ("手袋",),
    "belt": ("ベルト",),
    # sport and play
    "ball": ("ボール",),
    "dumbbell": ("hand weight", "ダンベル", "鉄アレイ"),
    "kettlebell": ("ケトルベル",),
    "skateboard": ("スケートボード", "スケボー"),
    "yoga mat": ("exercise mat", "ヨガマット"),
    "table tennis bat": (
        "ping pong bat",
        "ping pong paddle",
        "paddle",
        "ping-pong bat",
        "table tennis paddle",
        "卓球ラケット",
        "卓球のラケット",
    ),
    "toy car": ("model car", "おもちゃの車", "ミニカー", "車のおもちゃ"),
    "building blocks": ("building block", "blocks", "toy blocks", "積み木", "つみき", "ブロック"),
    "teddy bear": (
        "teddy",
        "stuffed bear",
        "テディベア",
        "くまのぬいぐるみ",
        "クマのぬいぐるみ",
        "ぬいぐるみ",
        "熊のぬいぐるみ",
    ),
    "stacking rings": ("stacking ring", "stacker", "stacking toy", "リングタワー"),
    "rubber duck": ("rubber ducky", "duck", "bath duck", "アヒルのおもちゃ", "アヒル", "お風呂のアヒル", "あひる"),
    "toy": ("おもちゃ", "玩具"),
    "ukulele": ("ウクレレ",),
    "drum": ("太鼓", "ドラム"),
    "bicycle": ("bike", "自転車"),
    # electronics
    "headphones": ("headphone", "headset", "ヘッドホン", "ヘッドフォン"),
    "speaker": ("loudspeaker", "スピーカー"),
    "keyboard": ("キーボード",),
    "monitor": ("computer screen", "モニター", "ディスプレイ"),
    "camera": ("カメラ",),
    "radio": ("ラジオ",),
    "phone": ("smartphone", "電話", "スマホ"),
    "phone case": ("スマホケース", "携帯ケース"),
    # desk, tools, garden, bath
    "notebook": ("notepad", "ノート", "手帳", "帳面"),
    "pen": ("ballpoint", "ballpoint pen", "biro", "ペン", "ボールペン"),
    "scissors": ("pair of scissors", "はさみ", "ハサミ", "鋏"),
    "pen pot": ("pen holder", "pencil holder", "pencil pot", "pencil cup", "ペン立て", "ペンスタンド"),
    "watering can": ("watering pot", "じょうろ", "ジョウロ", "如雨露"),
    "hammer": ("ハンマー", "金づち", "かなづち", "とんかち", "金槌"),
    "screwdriver": ("ドライバー", "ねじ回し"),
    "toolbox": ("tool box", "tool chest", "工具箱", "ツールボックス"),
    "bird house": ("birdhouse", "nest box", "nesting box", "巣箱", "鳥の巣箱"),
    "bucket": ("pail", "バケツ", "手桶"),
    "paint roller": ("ペイントローラー", "ペンキローラー", "ローラー"),
    "soap dispenser": ("soap pump", "ソープディスペンサー", "ソープボトル"),
    "towel": ("タオル", "手ぬぐい", "手拭い"),
    "bath mat": ("shower mat", "バスマット", "足ふきマット"),
    "toothbrush holder": ("toothbrush stand", "歯ブラシスタンド", "歯ブラシ立て"),
    "hairbrush": ("hair brush", "ヘアブラシ", "ブラシ"),
}
"""A kind by its plain English name -> other names for the same."""


def names_of_kinds(kinds: Sequence[str]) -> dict[str, frozenset[str]]:
    """Plain name -> the types of a catalogue that it names: their own names, and those of the table.

    A name of the table stands for the types that are called so, else for those that end so, "lamp" where the catalogue
    has table lamps and floor lamps, else for what it is a kind of, "rain boot" where it has boots.

    Args:
        kinds: the catalogue's types.
    """
    own = {kind: plain_name(kind) for kind in kinds}
    found: dict[str, set[str]] = {}
    for kind, name in own.items():
        found.setdefault(name, set()).add(kind)
    for kind, others in KIND_NAMES.items():
        name, named = plain_name(kind), {plain_name(other) for other in (kind, *others)}
        meant = (
            {each for each, its in own.items() if its in named}
            or {each for each, its in own.items() if its.endswith(f" {name}")}
            or {each for each, its in own.items() if name.endswith(f" {its}")}
        )
        for other in (kind, *others) if meant else ():
            if plain_name(other) not in own.values():
                found.setdefault(plain_name(other), set()).update(meant)
    return {name: frozenset(meant) for name, meant in found.items() if name}


def plain_name(name: str) -> str:
    """A name as names are compared: folded, each word without its plural."""
    return " ".join(stem(word.strip(",'\"")) for word in folded(name).replace("-", " ").split())


EVERY_NAME = frozenset(plain_name(name) for kind, others in KIND_NAMES.items() for name in (kind, *others))
"""What people call things, whatever a catalogue has: "jumper" is no comparative."""
