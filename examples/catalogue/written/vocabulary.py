"""How shoppers call things, colours, patterns and materials; none of it is taken from the titles."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Names:
    """What people call a kind."""

    nouns: tuple[str, ...]
    """English, the plainest first."""
    use: str
    """What it is for: "something to ..."."""
    ja: tuple[str, ...]
    ja_use: str
    """Before もの."""


KINDS: dict[str, Names] = {
    "mug": Names(
        ("mug", "coffee cup", "cup"), "drink my morning coffee from", ("マグ", "コーヒーカップ"), "朝のコーヒーを飲む"
    ),
    "teapot": Names(
        ("teapot", "pot for tea"), "pour tea for guests from", ("ティーポット", "急須"), "お客さまにお茶を注ぐ"
    ),
    "frying_pan": Names(
        ("frying pan", "pan", "fry pan"), "fry eggs and bacon in", ("フライパン", "炒め鍋"), "目玉焼きを焼く"
    ),
    "bowl": Names(("bowl", "serving dish for salad"), "eat my cereal from", ("ボウル", "鉢"), "サラダを入れる"),
    "plate": Names(("plate", "plate for dinner"), "serve dinner on", ("お皿", "プレート"), "料理を盛る"),
    "cooking_pot": Names(
        ("cooking pot", "pot for stew", "stew pot"), "simmer a stew in", ("鍋", "シチュー鍋"), "シチューを煮込む"
    ),
    "kettle": Names(("kettle", "water boiler"), "boil water with", ("やかん", "ケトル"), "お湯を沸かす"),
    "cutting_board": Names(
        ("cutting board", "chopping block", "bread board"),
        "chop vegetables on",
        ("まな板", "カッティングボード"),
        "野菜を切る",
    ),
    "storage_jar": Names(
        ("storage jar", "jar with a lid", "pantry jar"),
        "keep pasta and flour in",
        ("保存容器", "瓶"),
        "小麦粉をしまっておく",
    ),
    "glass": Names(
        ("drinking glass", "glass to drink from"), "have a cold drink from", ("グラス", "コップ"), "冷たい飲み物を飲む"
    ),
    "table_lamp": Names(
        ("table lamp", "lamp for the nightstand", "desk light"),
        "read in bed by",
        ("卓上ランプ", "テーブルランプ"),
        "枕元を照らす",
    ),
    "pendant_lamp": Names(
        ("pendant lamp", "light that hangs from the ceiling"),
        "hang above the kitchen table",
        ("ペンダントライト", "吊り下げ照明"),
        "天井から吊るす",
    ),
    "floor_lamp": Names(
        ("floor lamp", "tall lamp for the corner"),
        "light a dark corner beside the couch",
        ("フロアランプ", "床に置くランプ"),
        "部屋の隅を照らす",
    ),
    "lantern": Names(
        ("lantern", "lantern for candles"),
        "put a candle in on the terrace",
        ("ランタン", "灯籠"),
        "ベランダでろうそくを灯す",
    ),
    "candle": Names(("candle", "wax light"), "light for a cosy evening", ("キャンドル", "ろうそく"), "夜に火を灯す"),
    "chair": Names(("chair", "seat for the kitchen table"), "sit on at dinner", ("チェア", "椅子"), "食卓で座る"),
    "sofa": Names(
        ("sofa", "settee", "couch for the living room"),
        "lounge on with the family",
        ("ソファ", "長椅子"),
        "家族でくつろぐ",
    ),
    "stool": Names(
        ("stool", "seat without a back"),
        "perch on at the counter",
        ("スツール", "背もたれのない椅子"),
        "カウンターで腰かける",
    ),
    "armchair": Names(
        ("armchair", "reading chair"), "curl up in with a book", ("アームチェア", "肘掛け椅子"), "本を読みながら座る"
    ),
    "table": Names(
        ("table", "table for the living room"), "put my coffee and magazines on", ("テーブル", "机"), "食事を並べる"
    ),
    "bookshelf": Names(("bookshelf", "shelves for books"), "keep my novels on", ("本棚", "書棚"), "小説を並べる"),
    "dresser": Names(
        ("chest of drawers", "bureau with drawers"),
        "keep socks and shirts in",
        ("チェスト", "引き出し付きの家具"),
        "服をしまう",
    ),
    "vase": Names(("vase", "vase for roses"), "put cut flowers in", ("花瓶", "花器"), "花を生ける"),
    "cushion": Names(("cushion", "sofa pillow"), "make the couch softer", ("クッション", "座布団"), "ソファに置く"),
    "rug": Names(("rug", "rug for the hallway"), "lay on a cold floor", ("ラグ", "じゅうたん"), "床に敷く"),
    "wall_clock": Names(
        ("wall clock", "clock for the kitchen wall"),
        "tell the time from across the room",
        ("掛け時計", "壁の時計"),
        "壁で時間を見る",
    ),
    "picture_frame": Names(
        ("picture frame", "frame for a photograph"),
        "show off a family portrait",
        ("写真立て", "額縁"),
        "家族の写真を飾る",
    ),
    "plant_pot": Names(
        ("plant pot", "pot for a houseplant"), "grow a fern in", ("植木鉢", "鉢植えの鉢"), "観葉植物を植える"
    ),
    "mirror": Names(("mirror", "looking glass"), "check my hair in", ("鏡", "ミラー"), "身だしなみを見る"),
    "basket": Names(("basket", "hamper"), "toss toys and blankets in", ("バスケット", "かご"), "おもちゃを入れておく"),
    "backpack": Names(
        ("backpack", "bag for school that goes on your back"),
        "carry my laptop on my back",
        ("リュックサック", "リュック"),
        "背負って出かける",
    ),
    "suitcase": Names(
        ("suitcase", "travel case"), "pack for a trip", ("スーツケース", "旅行かばん"), "旅行の荷物を詰める"
    ),
    "umbrella": Names(("umbrella", "brolly"), "stay dry in the rain", ("傘", "雨傘"), "雨の日にさす"),
    "tote_bag": Names(
        ("tote bag", "tote for groceries"),
        "bring groceries home in",
        ("トートバッグ", "買い物バッグ"),
        "買い物に持っていく",
    ),
    "handbag": Names(
        ("handbag", "ladies' bag"), "carry to a party", ("ハンドバッグ", "手提げバッグ"), "パーティーに持っていく"
    ),
    "water_bottle": Names(
        ("water bottle", "bottle for the gym"),
        "take water to the gym in",
        ("水筒", "ウォーターボトル"),
        "ジムに水を持っていく",
    ),
    "sun_hat": Names(
        ("hat", "hat against the sun"), "wear at the beach on my head", ("帽子", "ハット"), "日差しをよける"
    ),
    "beanie": Names(("beanie", "winter cap"), "keep my ears warm", ("ニット帽", "毛糸の帽子"), "冬に頭にかぶる"),
    "sunglasses": Names(
        ("sunglasses", "sunnies"), "protect my eyes from the sun", ("サングラス", "日よけメガネ"), "まぶしい日にかける"
    ),
    "watch": Names(("watch", "watch for my wrist"), "wear on my wrist", ("腕時計", "時計"), "手首につける"),
    "ring": Names(("ring", "engagement ring"), "propose with", ("指輪", "リング"), "指につける"),
    "boot": Names(("rain boots", "gumboots"), "jump into puddles in", ("長靴", "レインブーツ"), "雨の日に履く"),
    "ball": Names(("ball", "ball to play with"), "throw and catch in the park", ("ボール", "球"), "公園で投げて遊ぶ"),
    "dumbbell": Names(
        ("dumbbell", "dumbbell for arm workouts"), "train my arms with", ("ダンベル", "鉄アレイ"), "腕を鍛える"
    ),
    "kettlebell": Names(
        ("kettlebell", "kettlebell for swings"),
        "do swings with at the gym",
        ("ケトルベル", "ケトルベルのおもり"),
        "スイングで鍛える",
    ),
    "skateboard": Names(
        ("skateboard", "board with wheels"), "roll down the street on", ("スケートボード", "スケボー"), "道で滑る"
    ),
    "yoga_mat": Names(
        ("yoga mat", "mat for stretching"),
        "stretch on at home",
        ("ヨガマット", "ストレッチ用マット"),
        "家でストレッチする",
    ),
    "paddle": Names(
        ("ping pong bat", "table tennis racket"),
        "play ping pong with",
        ("卓球ラケット", "ピンポンのラケット"),
        "卓球をする",
    ),
    "toy_car": Names(
        ("toy car", "little car for a toddler"),
        "let my son race on the floor",
        ("ミニカー", "車のおもちゃ"),
        "床で走らせて遊ぶ",
    ),
    "blocks": Names(
        ("building blocks", "toy bricks for kids"),
        "let the kids build castles with",
        ("積み木", "ブロック"),
        "お城を組み立てて遊ぶ",
    ),
    "teddy": Names(
        ("teddy bear", "cuddly bear"),
        "give a child to cuddle at night",
        ("テディベア", "くまのぬいぐるみ"),
        "子どもが抱いて寝る",
    ),
    "stacker": Names(
        ("stacking rings", "rings for a baby to stack"),
        "let a baby stack by size",
        ("輪投げのような積み重ねおもちゃ", "リングタワー"),
        "赤ちゃんが重ねて遊ぶ",
    ),
    "duck": Names(
        ("rubber duck", "ducky for the bath"),
        "float in the bathtub",
        ("お風呂のアヒル", "アヒルのおもちゃ"),
        "お風呂に浮かべる",
    ),
    "ukulele": Names(
        ("ukulele", "little guitar with four strings"), "strum on the beach", ("ウクレレ", "小さなギター"), "浜辺で弾く"
    ),
    "drum": Names(("drum", "drum for a beginner"), "beat a rhythm on", ("太鼓", "ドラム"), "たたいて演奏する"),
    "headphones": Names(
        ("headphones", "cans for music"),
        "listen to music on the train with",
        ("ヘッドホン", "ヘッドフォン"),
        "電車で音楽を聴く",
    ),
    "watering_can": Names(
        ("watering can", "can to water plants"),
        "water my tomatoes with",
        ("じょうろ", "水やりの道具"),
        "トマトに水をやる",
    ),
    "monitor": Names(
        ("monitor", "screen for my computer"),
        "look at spreadsheets on",
        ("モニター", "パソコンの画面"),
        "パソコンにつなぐ",
    ),
    "pen": Names(("pen", "biro"), "sign letters with", ("ペン", "万年筆"), "手紙を書く"),
    "pen_pot": Names(
        ("pen pot", "pot for pencils"), "stand my pencils in", ("ペン立て", "鉛筆立て"), "鉛筆を立てておく"
    ),
    "hammer": Names(
        ("hammer", "hammer for nails"), "bang nails into the wall with", ("ハンマー", "かなづち"), "釘を打つ"
    ),
    "screwdriver": Names(
        ("screwdriver", "driver for screws"), "tighten loose screws with", ("ドライバー", "ねじ回し"), "ねじを締める"
    ),
    "toolbox": Names(
        ("toolbox", "box for my tools"), "carry my tools around in", ("工具箱", "道具箱"), "工具を持ち運ぶ"
    ),
    "bird_house": Names(
        ("bird house", "little house for birds"), "give sparrows a home", ("巣箱", "鳥の家"), "小鳥が巣を作る"
    ),
    "bucket": Names(("bucket", "bucket for the garden"), "carry sand at the beach in", ("バケツ", "手桶"), "水を運ぶ"),
    "paint_roller": Names(
        ("paint roller", "roller for painting"),
        "paint the bedroom walls with",
        ("ペイントローラー", "塗装用ローラー"),
        "壁を塗る",
    ),
    "bath_mat": Names(
        ("bath mat", "mat for the bathroom floor"),
        "step onto after a shower",
        ("バスマット", "お風呂マット"),
        "お風呂上がりに踏む",
    ),
    "tumbler": Names(
        ("toothbrush holder", "cup for toothbrushes"),
        "stand toothbrushes in",
        ("歯ブラシ立て", "歯ブラシスタンド"),
        "歯ブラシを立てる",
    ),
    "hairbrush": Names(
        ("hairbrush", "brush for long hair"),
        "get tangles out of my hair with",
        ("ヘアブラシ", "髪のブラシ"),
        "髪をとかす",
    ),
    "speaker": Names(
        ("speaker", "box for music"), "play music for the whole room", ("スピーカー",), "部屋で音楽を流す"
    ),
    "camera": Names(("camera", "photo camera"), "take holiday snaps with", ("カメラ",), "旅行の写真を撮る"),
    "keyboard": Names(("keyboard", "keyboard for typing"), "type faster on", ("キーボード",), "文字を打つ"),
    "radio": Names(("radio", "kitchen radio"), "listen to the news on", ("ラジオ",), "ニュースを聴く"),
    "notebook": Names(
        ("notebook", "journal to write in"), "jot my thoughts down in", ("ノート", "手帳"), "考えを書きとめる"
    ),
    "scissors": Names(("scissors", "pair of shears"), "cut paper with", ("はさみ",), "紙を切る"),
    "towel": Names(("towel", "towel for the bathroom"), "dry off with", ("タオル",), "体をふく"),
    "soap_dispenser": Names(
        ("soap dispenser", "pump for hand soap"),
        "pump soap from at the sink",
        ("ソープディスペンサー",),
        "洗面台で石けんを出す",
    ),
}

COLOURS: dict[str, tuple[str, str]] = {
    "black": ("jet black", "真っ黒な"),
    "white": ("snow white", "真っ白な"),
    "grey": ("gray", "灰色の"),
    "charcoal": ("dark gray", "濃い灰色の"),
    "silver": ("silvery", "銀色の"),
    "red": ("bright red", "真っ赤な"),
    "burgundy": ("wine red", "ワインレッドの"),
    "pink": ("rosy pink", "桃色の"),
    "coral": ("salmon pink", "サーモンピンクの"),
    "orange": ("bright orange", "オレンジ色の"),
    "terracotta": ("rust coloured", "れんが色の"),
    "yellow": ("sunny yellow", "黄色い"),
    "mustard": ("mustardy yellow", "からし色の"),
    "cream": ("off-white", "クリーム色の"),
    "beige": ("sandy beige", "砂のようなベージュの"),
    "tan": ("camel brown", "キャメル色の"),
    "brown": ("chocolate brown", "茶色い"),
    "green": ("grass green", "緑色の"),
    "forest green": ("dark green", "深緑の"),
    "olive": ("olive green", "オリーブ色の"),
    "mint": ("pale green", "薄緑の"),
    "teal": ("petrol blue", "青緑の"),
    "turquoise": ("aqua", "ターコイズの"),
    "sky blue": ("light blue", "水色の"),
    "blue": ("royal blue", "青い"),
    "navy": ("dark blue", "紺色の"),
    "purple": ("violet", "紫色の"),
    "lavender": ("lilac", "薄紫の"),
    "gold": ("golden", "金色の"),
    "copper": ("coppery", "銅色の"),
    "clear": ("see-through", "透明な"),
    "amber": ("honey coloured", "琥珀色の"),
    "light wood": ("pale wooden", "明るい木の"),
    "dark wood": ("dark wooden", "濃い木の"),
    "natural": ("natural coloured", "自然な色の"),
}
"""Colour of the catalogue -> (English, Japanese) as a shopper puts it before the noun."""

PATTERNS: dict[str, tuple[str, str]] = {
    "striped": ("with stripes", "しま模様の"),
    "vertical striped": ("with upright stripes", "縦じまの"),
    "polka dot": ("with dots all over", "水玉模様の"),
    "checked": ("with a chessboard pattern", "格子模様の"),
    "gingham": ("like a picnic cloth", "ピクニックの布みたいな柄の"),
    "ombre": ("fading from one colour into another", "色がだんだん変わる"),
    "dipped": ("half in one colour and half in another", "上下で色が違う"),
    "banded": ("with a band around it", "帯の入った"),
    "zigzag": ("with a zig-zag line", "ギザギザ模様の"),
    "speckled": ("with little specks", "斑点のある"),
    "marbled": ("with swirls like marble", "大理石みたいな模様の"),
    "terrazzo": ("with confetti chips", "石のかけらを散らした柄の"),
    "floral": ("with flowers on it", "お花の模様の"),
}

MATERIALS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "oak": ("wooden", "木でできた", ("oak", "walnut", "bamboo", "painted wood")),
    "walnut": ("wooden", "木でできた", ("oak", "walnut", "bamboo", "painted wood")),
    "bamboo": ("bamboo", "竹でできた", ("bamboo",)),
    "painted wood": ("wooden", "木でできた", ("oak", "walnut", "bamboo", "painted wood")),
    "glass": ("glass", "ガラスでできた", ("glass",)),
    "steel": ("stainless", "ステンレスの", ("steel",)),
    "cast iron": ("cast-iron", "鋳鉄でできた", ("cast iron",)),
    "copper": ("real copper", "銅でできた", ("copper",)),
    "brass": ("brass", "真鍮でできた", ("brass",)),
    "plastic": ("plastic", "プラスチックでできた", ("plastic", "matte plastic")),
    "matte plastic": ("plastic", "プラスチックでできた", ("plastic", "matte plastic")),
    "leather": ("genuine leather", "本革の", ("leather",)),
    "wool": ("woollen", "毛でできた", ("wool",)),
    "velvet": ("velvety", "ビロードの", ("velvet",)),
    "linen": ("linen", "麻でできた", ("linen",)),
    "cotton": ("cotton", "木綿の", ("cotton",)),
    "canvas": ("canvas", "帆布の", ("canvas",)),
    "marble": ("real marble", "大理石でできた", ("marble",)),
    "concrete": ("concrete", "コンクリートの", ("concrete",)),
    "porcelain": ("china", "磁器の", ("porcelain",)),
    "enamel": ("enamelled", "ホーローの", ("enamel",)),
    "rattan": ("wicker", "籐でできた", ("rattan",)),
}
"""Material key -> (English before the noun, Japanese before the noun, keys that answer it)."""

OPTIONS: dict[tuple[str, str, str], tuple[str, str]] = {
    ("mug", "handle", "none"): ("without a handle", "取っ手のない"),
    ("headphones", "wire", "none"): ("without a wire", "コードなしの"),
    ("backpack", "pocket", "none"): ("without pockets", "ポケットのない"),
    ("sofa", "cushions", "none"): ("without cushions", "クッションなしの"),
    ("cooking_pot", "lid", "none"): ("without a lid", "ふたのない"),
    ("plant_pot", "plant", "none"): ("without a plant", "植物なしの"),
    ("bookshelf", "books", "none"): ("without books", "本なしの"),
    ("picture_frame", "mat", "none"): ("without a mat", "マットなしの"),
    ("basket", "lid", "none"): ("without a lid", "ふたのない"),
    ("water_bottle", "loop", "none"): ("without a loop", "ひもなしの"),
    ("drum", "sticks", "none"): ("without sticks", "バチなしの"),
    ("duck", "hat", "none"): ("without a hat", "帽子なしの"),
}
"""(kind, option, value) -> how a shopper asks that it be not there."""
