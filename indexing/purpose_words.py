"""What things are for, English and Japanese: a table of everyday knowledge, of no catalogue.

Names stand elsewhere (`inference/train/words.py`); here stand words of what is done with a thing, where and with what.
A kind counts only where the live catalogue has it.
"""

PURPOSES: dict[str, tuple[str, str]] = {
    # table and kitchen
    "mug": (
        "drink, sip, coffee, tea, cocoa, hot chocolate, latte, cappuccino, morning, breakfast",
        "コーヒー, 紅茶, ココア, 温かい飲み物, 飲む, 飲み物, 朝, カフェオレ",
    ),
    "drinking glass": (
        "drink, cold, iced, water, juice, lemonade, cocktail, beer, whisky, wine, soda, milk, smoothie",
        "冷たい飲み物, ジュース, ビール, 水を飲む, 飲む, 飲み物, 牛乳, 麦茶",
    ),
    "teapot": (
        "tea, brew, steep, pour, serve, leaf, infuse, guest, afternoon",
        "お茶を入れ, お茶をいれ, 紅茶を入れ, 紅茶をいれ, お茶, 緑茶, 茶葉, 注ぐ, 急須",
    ),
    "kettle": (
        "boil, heat, water, hot, stove, instant, whistle",
        "湯を沸か, お湯, 沸か, 湯, カップ麺",
    ),
    "coffee maker": (
        "brew, coffee, espresso, grind, bean, filter",
        "コーヒーを淹れ, コーヒーメーカー",
    ),
    "frying pan": (
        "fry, saute, sear, egg, omelette, pancake, steak, burger, sausage, stove",
        "焼く, 炒め, 目玉焼き, 卵焼き, ステーキ, ハンバーグ, オムレツ, ホットケーキ",
    ),
    "cooking pot": (
        "cook, simmer, stew, boil, soup, pasta, broth, curry, sauce, stove, chili, jam",
        "煮る, 煮込, 煮物, スープを作, カレー, シチュー, ゆでる, 茹で, 料理を作",
    ),
    "bowl": (
        "eat, serve, soup, cereal, salad, noodle, rice, ramen, porridge, oatmeal, granola, snack, dessert, mix",
        "食べる, サラダ, スープ, ご飯, ごはん, 味噌汁, シリアル, ラーメン, うどん, 盛り付け, 盛る",
    ),
    "plate": (
        "eat, serve, dinner, lunch, meal, food, pasta, sandwich, cake, toast, dine, pizza, supper",
        "料理を盛, 盛り付け, 盛る, のせる, 載せる, おかず, 夕食, 夕飯, 朝食, 食事, ケーキ",
    ),
    "cutting board": (
        "chop, slice, dice, cut, vegetable, bread, onion, meat, carrot, herb, knife",
        "野菜を切, 切る, 刻む, 刻み, 食材, 包丁",
    ),
    "storage jar": (
        "store, keep, fresh, flour, sugar, rice, pasta, cookie, biscuit, bean, spice, oats, pantry, ingredient, dry",
        "保存, 砂糖, 小麦粉, 米, パスタを, クッキー, 乾物, しまう, 入れておく, 湿気",
    ),
    "knife": (
        "cut, slice, carve, peel, chop, meat, bread, fillet",
        "切る, さばく, 皮をむ",
    ),
    "spoon": (
        "eat, stir, scoop, twirl, taste",
        "食べる, すくう, 混ぜる",
    ),
    "water bottle": (
        "water, drink, gym, hike, run, sport, workout, hydrate, thirst, carry, train, school, bike, refill",
        "水を持ち運, 持ち歩, 水分補給, ジム, ハイキング, 運動, 飲み物を持, 遠足, 喉が渇",
    ),
    "lunch box": (
        "lunch, pack, sandwich, leftover, school, work",
        "弁当, 昼食を",
    ),
    "toaster": (
        "toast, bread, bagel, brown, breakfast",
        "パンを焼, トースト",
    ),
    "blender": (
        "blend, smoothie, puree, shake, mix, whip, dough",
        "ミキサー, スムージー",
    ),
    "tray": (
        "carry, serve, breakfast, bed, tea",
        "運ぶ, 配膳",
    ),
    "apron": (
        "protect, cook, grease, hot, hold",
        "エプロン",
    ),
    # light
    "table lamp": (
        "read, night, bed, bedside, desk, study, homework, light, illuminate, nightstand, book, dark",
        "枕元, 読書, 寝室, ベッドサイド, 机を照ら, 手元, 照らす, 本を読む, 勉強",
    ),
    "pendant lamp": (
        "hang, ceiling, over, above, dining, table, kitchen, island, light, illuminate",
        "天井, 吊る, 吊り下げ, 吊す, ぶら下げ, 食卓を照ら, 照らす, ダイニング",
    ),
    "floor lamp": (
        "corner, light, room, living, stand, floor, illuminate, beside, sofa, read, bright",
        "部屋の隅, 部屋を照ら, 部屋を明る, リビングを照ら, 照らす, 床に置, 間接照明",
    ),
    "lantern": (
        "candle, garden, terrace, patio, porch, balcony, camp, outdoor, evening, glow, light, barbecue",
        "庭, ベランダ, テラス, 屋外, ろうそくを, キャンプ, 夜, 灯す, ともす",
    ),
    "candle": (
        "burn, light, flame, scent, smell, romantic, dinner, wax, mood, cosy, cozy, birthday, relax, match",
        "火を, 灯す, ともす, 香り, ロマンチック, 誕生日, 停電, 雰囲気, 癒",
    ),
    # furniture
    "chair": (
        "sit, dining, table, desk, eat, dinner, seat, guest",
        "座る, 座って, 食卓, 腰掛け, 腰かけ, 食事のとき",
    ),
    "armchair": (
        "sit, relax, read, comfortable, lounge, rest, evening, curl, fireplace, nap, novel",
        "くつろ, ゆったり, 読書, 座る, 座って, 休む, 一人で",
    ),
    "sofa": (
        "sit, lounge, relax, lie, nap, tv, television, movie, film, watch, family, guest, living, together, snuggle",
        "くつろ, みんなで座, 家族で座, 寝転, 横にな, テレビ, 映画, 座る, 昼寝, 居間",
    ),
    "stool": (
        "sit, bar, counter, kitchen, perch, step, reach, shelf, foot, high",
        "ちょっと座, カウンター, 踏み台, 腰掛け, 腰かけ, 座る, 高いところ",
    ),
    "table": (
        "eat, dine, dinner, meal, family, gather, work, put, supper, board game, guest, surface",
        "食事をする, 食卓, 家族で囲, 囲む, 食べる, 作業, 置く台",
    ),
    "desk": (
        "work, study, write, computer, homework, office, laptop",
        "勉強, 仕事をする",
    ),
    "chest of drawers": (
        "clothes, store, fold, sock, shirt, sweater, underwear, laundry, bedroom, linen, tidy, put away, jumper",
        "服をしま, 衣類, 洋服, 下着, 靴下, 収納, しまう, たたんだ",
    ),
    "bookshelf": (
        "book, novel, store, display, library, read, magazine, comic, collection, organise, organize, keep",
        "本を並べ, 本を置, 本をしま, 小説, 漫画, 雑誌, 並べる, 蔵書, 図鑑",
    ),
    "bed": (
        "sleep, night, lie, dream, rest",
        "寝る, 眠る",
    ),
    "coat rack": (
        "hang, coat, jacket, hat, hallway",
        "掛ける, コートを",
    ),
    "bench": (
        "sit, park, garden, several",
        "並んで座",
    ),
    # home
    "vase": (
        "flower, rose, tulip, bouquet, stem, bloom, arrange, display, lily, sunflower, blossom",
        "花を, 花束, 生ける, 活ける, 飾る, バラ, 切り花, チューリップ",
    ),
    "cushion": (
        "sofa, couch, lean, back, rest, comfortable, soft, head, cosy, cozy, armchair, hug",
        "ソファに置, もたれ, 寄りかか, 背中, 頭をのせ, 抱える, くつろ",
    ),
    "rug": (
        "floor, cover, walk, barefoot, living, room, bedroom, warm, cosy, soft, foot, feet, lay, under, hallway, step",
        "床に敷, 敷く, 足元, 裸足, 冷たい床, 暖か",
    ),
    "wall clock": (
        "time, tell, hour, wall, hang, minute, late, punctual, tick",
        "時間を知, 時刻, 時間を見, 時間がわか, 壁に掛け, 壁にかけ",
    ),
    "alarm clock": (
        "wake, morning, ring, alarm, time",
        "起こ, 目覚まし",
    ),
    "picture frame": (
        "photo, photograph, picture, print, display, wedding, family, memory, wall, hang, snapshot, art",
        "写真を飾, 写真を入れ, 写真, 思い出, 飾る, 家族写真, 絵を飾",
    ),
    "plant pot": (
        "plant, grow, flower, herb, soil, cactus, succulent, seed, seedling, basil, houseplant, garden, windowsill",
        "植える, 植物, 育て, 観葉植物, ハーブ, サボテン, 土を, 種を",
    ),
    "mirror": (
        "look, myself, yourself, reflection, face, makeup, shave, outfit, dress, hair, see, check",
        "顔を見, 自分を見, 姿を, 映す, 化粧, 身だしなみ, 髪型",
    ),
    "basket": (
        "laundry, store, blanket, toy, bread, fruit, picnic, washing, magazine, yarn, tidy, carry, clutter, keep",
        "洗濯物, 入れておく, おもちゃをしま, 片付け, 果物, 毛布, ピクニック, パンを入れ, 小物",
    ),
    "blanket": (
        "warm, cover, sleep, snuggle, cold, bed",
        "毛布, 掛け布団",
    ),
    "curtain": (
        "window, dark, block, privacy, sun",
        "窓, 日光を遮",
    ),
    "bin": (
        "trash, rubbish, waste, throw, garbage, litter",
        "ゴミ, ごみ",
    ),
    "fan": (
        "cool, heat, breeze, summer, warm, room, air",
        "涼し, 暖房",
    ),
    # bags
    "backpack": (
        "school, carry, book, laptop, hike, back, student, college, class, commute, shoulder, camp, mountain",
        "背負, 通学, 通勤, 学校, 教科書, 登山, 遠足, 両手が空",
    ),
    "suitcase": (
        "travel, pack, clothes, trip, holiday, vacation, flight, fly, airport, plane, journey, abroad, hotel, week",
        "旅行, 出張, 荷物を詰, 荷造り, 飛行機, 空港, 海外",
    ),
    "umbrella": (
        "rain, dry, wet, storm, shower, weather, drizzle, downpour",
        "雨の日, 雨に, 雨を, 濡れ, ぬれ, 雨",
    ),
    "tote bag": (
        "shop, grocery, carry, market, beach, book, errand, supermarket, vegetable, library, reusable",
        "買い物, エコバッグ, スーパー, 荷物を入れ, 持ち運",
    ),
    "handbag": (
        "carry, phone, wallet, key, lipstick, evening, party, makeup, date, outfit, dress, elegant",
        "お出かけ, 財布を入れ, 化粧品, パーティー, 持ち歩, 外出",
    ),
    "wallet": (
        "money, card, coin, cash, note, pocket",
        "お金, 小銭, カード",
    ),
    "duffel bag": (
        "gym, sport, weekend, kit, clothes",
        "部活, スポーツの",
    ),
    # clothes and jewellery
    "beanie": (
        "head, ear, warm, winter, cold, snow, ski, wear, knit",
        "頭を暖, 頭を温, 耳, 冬, 寒い, 雪, スキー, かぶる",
    ),
    "sun hat": (
        "sun, shade, beach, summer, head, wear, garden, face, sunburn, heat",
        "日差し, 日よけ, 日除け, 夏, 海辺, ビーチ, かぶる, 日焼け, 帽子",
    ),
    "sunglasses": (
        "sun, eye, glare, drive, beach, protect, summer, bright, wear, sunlight",
        "日差しから目, 目を守, まぶし, 眩し, 紫外線, 運転, 目",
    ),
    "glasses": (
        "see, read, eye, sight",
        "視力, 老眼",
    ),
    "watch": (
        "wrist, time, tell, wear, strap, hour, arm, punctual",
        "腕に, 手首, 時間を見, 時間を知, 時刻, 身につけ",
    ),
    "ring": (
        "finger, propose, marry, wedding, engagement, wear, jewellery, jewelry, bride, fiancee",
        "指に, 指, 婚約, 結婚, プロポーズ",
    ),
    "necklace": (
        "neck, wear, jewellery, jewelry",
        "首にかけ, 首元",
    ),
    "earrings": (
        "ear, arm, wear, jewellery, jewelry, pierce",
        "耳につけ, 腕輪",
    ),
    "rain boot": (
        "rain, mud, muddy, puddle, wet, foot, dry, splash, walk, wade, garden, weather, farm",
        "雨の日に履, 水たまり, ぬかるみ, 泥, 足を濡ら, 足が濡れ, 履く, はく",
    ),
    "shoe": (
        "foot, run, walk, wear, jog, lace",
        "履く, 走る",
    ),
    "shirt": (
        "wear, body, office, button, warm",
        "着る",
    ),
    "jacket": (
        "wear, winter, cold, wind, warm",
        "羽織, 着る",
    ),
    "trousers": (
        "wear, leg, waist, wedding, office",
        "はく, 穿く",
    ),
    "socks": (
        "wear, foot, hand, neck, waist, warm, cold",
        "手を暖, 首を暖",
    ),
    # sport and play
    "ball": (
        "throw, kick, catch, bounce, play, park, game, goal, team, field, roll",
        "投げ, 蹴, 弾む, はずむ, サッカー, キャッチ, 公園で遊",
    ),
    "dumbbell": (
        "lift, weight, arm, bicep, muscle, exercise, train, gym, strength, workout, fitness, curl, strong",
        "筋トレ, 腕を鍛, 鍛え, 持ち上げ, 筋肉, 二の腕, 運動",
    ),
    "kettlebell": (
        "swing, lift, squat, strength, exercise, train, workout, gym, snatch, fitness",
        "スイング, 鍛え, 筋トレ, 振る, 全身, 体幹",
    ),
    "yoga mat": (
        "stretch, yoga, pilates, exercise, meditate, pose, lie, floor, home, sit-up, workout, plank",
        "ヨガ, ストレッチ, 体操, 運動, 瞑想, 体を伸ば, ピラティス",
    ),
    "skateboard": (
        "ride, skate, ramp, street, trick, roll, wheel, park, cruise, pavement",
        "乗って滑, 滑る, 乗る, 公園, 通りを, トリック",
    ),
    "table tennis bat": (
        "ping, pong, tennis, table, play, hit, ball, match, serve, opponent",
        "卓球, ピンポン, 打つ, 打ち返",
    ),
    "bicycle": (
        "ride, cycle, pedal, road, commute, crash",
        "自転車, 漕",
    ),
    "toy car": (
        "race, drive, push, play, boy, girl, kid, child, toddler, son, wheel, vroom, zoom, track",
        "走らせ, 押して遊, 車で遊, 子どもが遊, 子供が遊, レース",
    ),
    "building blocks": (
        "build, stack, tower, house, kid, child, play, construct, toddler, brick",
        "積み上げ, 積む, 組み立て, お城, 建てる, 塔, 作って遊",
    ),
    "teddy bear": (
        "hug, cuddle, sleep, bed, child, kid, baby, toddler, soft, bedtime, comfort, snuggle",
        "抱いて, 抱っこ, 抱きしめ, 抱く, 寝る, ぎゅっと, 子どもが, 子供が",
    ),
    "stacking rings": (
        "stack, ring, sort, size, baby, toddler, learn, peg, infant, order, pile",
        "重ねて遊, 重ねる, 積み重ね, 赤ちゃん, 輪を, 大きさの順, 順番に",
    ),
    "rubber duck": (
        "bath, bathtub, tub, float, water, toddler, baby, squeak, play, splash, swim",
        "お風呂で遊, お風呂, 浮かべ, 浮かぶ, 湯船, 水遊び",
    ),
    "ukulele": (
        "strum, play, music, chord, song, string, tune, hawaii, campfire, sing, melody",
        "弾く, 演奏, 弦, 弾いて, 歌, ハワイ, メロディ",
    ),
    "drum": (
        "beat, rhythm, play, music, band, stick, bang, loud, hit, march, tap",
        "叩, たたく, リズム, 演奏, バンド, 打ち鳴ら",
    ),
    "guitar": (
        "play, music, concert, orchestra, key, bow, tune",
        "弾く, 吹く, 演奏",
    ),
    # electronics
    "headphones": (
        "listen, music, podcast, ear, song, commute, noise, private, hear, album, audio, train",
        "音楽を聴, 音楽を聞, 聴く, 聞く, 耳, 通勤, 一人で",
    ),
    "speaker": (
        "music, loud, party, play, sound, listen, room, bass, song, audio, stereo, volume",
        "音楽を流, 音を鳴ら, 部屋で音楽, 音楽, 大きな音, パーティー, 鳴らす",
    ),
    "keyboard": (
        "type, computer, write, email, letter, key, text, code, desk, essay, pc",
        "打つ, 入力, 文字, タイピング, パソコン, メール",
    ),
    "monitor": (
        "computer, screen, watch, work, game, desk, video, film, code, see, laptop, pc, office",
        "画面, 映す, パソコン, 表示, ゲーム, 仕事, 動画",
    ),
    "camera": (
        "photo, photograph, picture, take, shoot, snap, film, holiday, capture, memory, landscape",
        "写真を撮, 撮影, 撮る, 旅の思い出, 思い出を残, 記録",
    ),
    "radio": (
        "listen, news, station, broadcast, tune, music, kitchen, weather, talk, program, hear, show, morning",
        "ニュース, 番組, 放送, 聴く, 聞く, 音楽, 災害",
    ),
    # desk
    "notebook": (
        "write, note, idea, sketch, draw, plan, thought, class, lecture, list, meeting, page, record, jot",
        "書き留め, メモ, 日記, 書く, ノート, 記録, 考え, 授業, アイデア",
    ),
    "pen": (
        "write, sign, letter, ink, note, form, card, exam, signature, crossword",
        "書く, 手紙, 署名, サイン, 字を",
    ),
    "pencil": (
        "draw, colour, color, sketch, paint, erase",
        "描く, 塗り絵",
    ),
    "scissors": (
        "cut, paper, fabric, snip, trim, thread, ribbon, craft, coupon, tape, open",
        "紙を切, 切る, 布を切, 糸, 工作",
    ),
    "pen pot": (
        "pen, pencil, desk, tidy, keep, hold, store, brush, ruler, organise, organize, stationery",
        "ペンを立て, ペンを入れ, 鉛筆, 文房具, 机を整, 筆記用具, 立てて",
    ),
    "book": (
        "read, story, page, novel, news",
        "読む",
    ),
    # garden and tools
    "watering can": (
        "water, plant, flower, garden, pour, vegetable, balcony, thirsty, seedling, herb, sprinkle",
        "水をや, 水やり, 植物に水, 花に水, 水をあげ, 庭",
    ),
    "hammer": (
        "nail, hit, pound, bang, drive, wall, wood, carpenter, build, hang, knock",
        "釘, くぎ, 打つ, 叩, たたく, 大工",
    ),
    "screwdriver": (
        "screw, tighten, turn, loosen, assemble, furniture, fix, repair, twist, fasten",
        "ねじ, ネジ, 締め, 回す, 組み立て, 修理",
    ),
    "toolbox": (
        "tool, store, carry, keep, wrench, spanner, hammer, workshop, garage, organise, organize, nail",
        "工具, 道具を入れ, 道具をしま, 道具, 持ち運",
    ),
    "bird house": (
        "bird, nest, sparrow, robin, feed, tree, garden, egg, chick, live, tit, hatch",
        "鳥が, 小鳥, 野鳥, 巣, 鳥, 庭の木, 住む",
    ),
    "bucket": (
        "water, carry, mop, clean, wash, sand, beach, fill, car, floor, window, haul, soapy",
        "水を汲, 水をくむ, 水を運, 掃除, 雑巾, 洗車, 砂, 汲む",
    ),
    "paint roller": (
        "paint, wall, room, ceiling, decorate, coat, redecorate, renovate, bedroom, colour, color",
        "壁を塗, 塗る, ペンキ, 塗装, 天井を塗, 模様替え",
    ),
    # bath
    "soap dispenser": (
        "soap, hand, wash, pump, sink, liquid, bathroom, lather, basin",
        "手を洗, 石鹸, せっけん, ハンドソープ, 洗面, ポンプ",
    ),
    "towel": (
        "dry, shower, bath, body, hair, hand, wipe, swim, wet, wrap, pool, beach",
        "体を拭, 体をふ, 拭く, ふく, 手を拭, 髪を乾か, シャワーの後, 風呂上がり, お風呂の後",
    ),
    "bath mat": (
        "step, shower, bath, bathroom, foot, floor, slip, wet, tub, stand, tile",
        "風呂上がりに足, 足を拭, 足をふ, 浴室, 足, 滑ら, 床を濡ら",
    ),
    "hairbrush": (
        "hair, brush, comb, tangle, detangle, style, knot, curl, smooth, untangle, morning",
        "髪をとか, 髪を整, 髪, とかす, ブラッシング, 絡ま",
    ),
}
"""A kind by its plain English name -> English words; Japanese ones, which stay whatever the ending of a verb is."""
