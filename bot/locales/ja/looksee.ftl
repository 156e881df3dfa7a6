# ボットの日本語の文。tests/bot/test_sentences.py checks it against the English one.

## How a question was understood
things = 商品
understood-any = { $first }または{ $last }
understood-under = { $price }以下
understood-over = { $price }以上
understood-between = { $low }～{ $high }
understood-brand = { $brand }
understood-stock = 在庫あり
understood-not = { $value }以外
understood-without = { $what }なし
understood-photo = { $count ->
    [1] 写真に似たもの
   *[other] { $count }枚の写真に似たもの
}
understood-like = { $count ->
    [1] 選んだ商品に似たもの
   *[other] 選んだ{ $count }点に似たもの
}
understood-cheapest = 安い順
understood-page = { $text }（{ $page }ページ目）

## Why a product is there
why-same-picture = お送りの写真そのものです
why-exact = ご指定の商品です
why-photo = 写真に似ています
why-like = 選んだ商品に似ています
why-title = 商品名に「{ $words }」
why-facts = 商品情報に「{ $words }」
why-words = ご説明に近い見た目です
why-value = { $value }
why-price = { $price }

## Conditions that were lifted
relaxed-price = { $condition }の商品はありません。こちらは{ $found }です。
relaxed-price-none = { $condition }の商品はありません。近いものをご覧ください。
relaxed-stock = 在庫のある商品はありません。在庫のないもの、または不明なものです。
relaxed-value = { $value }の商品はありません。ほかのものをご覧ください。
relaxed-brand = { $brand }の商品はありません。ほかのブランドの商品です。
relaxed-not = { $value }の商品しかないため、そちらを表示します。

## Errors
sorry-empty = お探しのものを言葉で伝えるか、写真を送ってください。
sorry-encoder = うまく検索できませんでした。1分ほどしてから、もう一度お試しください。
sorry-waking = ただいま準備中です。1分ほどしてから、もう一度お尋ねください。
sorry-store = 今はカタログに接続できません。1分ほどしてから、もう一度お試しください。
sorry-no-catalogue = 検索できるカタログがまだありません。まず `looksee index` を実行してもらってください。
sorry-wrong-model = カタログを新しいモデルに切り替えています。1分ほどしてから、もう一度質問を送ってください。
sorry-unreadable-photo = その写真を開けませんでした。JPEGかPNGでお試しください。
sorry-no-decoder = 今は写真を開けません。言葉で伝えるか、1分ほどしてからもう一度お試しください。
sorry-unknown = こちらで問題が起きました。1分ほどしてから、もう一度お試しください。
