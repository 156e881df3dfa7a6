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
relaxed-price-currency = 価格は{ $currency }表示のため、{ $condition }かどうかは分かりません。こちらは{ $found }です。
relaxed-stock = 在庫のある商品はありません。在庫のないもの、または不明なものです。
relaxed-value = { $value }の商品はありません。ほかのものをご覧ください。
relaxed-brand = { $brand }の商品はありません。ほかのブランドの商品です。
relaxed-not = { $value }の商品しかないため、そちらを表示します。

## Errors
sorry-empty = お探しのものを言葉で伝えるか、写真を送ってください。
sorry-encoder = うまく検索できませんでした。1分ほどしてから、もう一度お試しください。
waking-wait = ただいま準備中です。まもなくここでお答えします。
waking-meanwhile = ただいま準備中です。まずは言葉だけで見つかったものです。まもなくここを更新します。
waking-alone = ただいま準備中のため、言葉だけで見つかったものです。1分ほどしてから、もう一度お尋ねください。
sorry-waking = ただいま準備中です。1分ほどしてから、もう一度お尋ねください。
sorry-store = 今はカタログに接続できません。1分ほどしてから、もう一度お試しください。
sorry-no-catalogue = 検索できるカタログがまだありません。まず `looksee index SOURCE` を実行してもらってください。
sorry-wrong-model = カタログを新しいモデルに切り替えています。1分ほどしてから、もう一度質問を送ってください。
sorry-unreadable-photo = その写真を開けませんでした。JPEGかPNGでお試しください。
sorry-no-decoder = 今は写真を開けません。言葉で伝えるか、1分ほどしてからもう一度お試しください。
sorry-unknown = こちらで問題が起きました。1分ほどしてから、もう一度お試しください。
sorry-memory = 今は記録ができないため、質問が失われてしまいます。1分ほどしてから、もう一度お尋ねください。
sorry-photo-scope = まだファイルを開く権限（`files:read`）がありません。インストールした方に追加してもらってください。
sorry-photo-gone = その写真はもうありません。もう一度送ってください。
sorry-photo-large = ファイルが大きすぎます。20 MBまでの写真を送ってください。
sorry-photo-elsewhere = そのファイルはSlackの外にあり、開けません。写真そのものをアップロードしてください。
sorry-not-a-photo = そのファイルは画像ではありません。写真を送るか、言葉で伝えてください。
sorry-photo-out-of-reach = ここからはその写真を読めません。私を招待するか、写真を直接送ってください。
sorry-photo-late = 時間内に写真を受け取れませんでした。1分ほどしてから、もう一度送ってください。
sorry-link = そのリンクを開けませんでした。写真そのものを送ってください。
nothing-close = 近いものはありません。いちばん近いのはこちらです。
nothing-found = 見つかりませんでした。別の言葉か、写真でお試しください。
nothing-more = これですべてです。
is-partial = 時間が足りず、カタログの一部だけを探しました。
still-looking = まだ探しています…
what-to-change = 何を変えればよいか分かりませんでした。「青で」「もっと安い」「縞模様以外」「2番目に似たもの」のように言ってください。
nothing-before = 前の検索はありません。何をお探しですか。
no-longer = その検索はもう覚えていません。もう一度お尋ねください。
gone-product = その商品はもうカタログにありません。
too-many = 質問が速すぎて追いつけません。少し待ってから続けてください。
not-yours = ここでは質問した本人だけが操作できます。私をメンションするか、メッセージを送ってください。
cannot-write = <#{ $channel }>には書けないため、こちらでお答えします。
no-photo-there = そのメッセージには写真がありません。写真のあるものを選んでください。
filters-not-a-price = 金額を入力してください。例：20
filters-order = 下限より小さい値です。
home-no-catalogue = カタログがまだありません。まず `looksee index SOURCE` を実行してもらってください。

## The answer in Slack
answer-notification = { $understood }：{ $titles }
out-of-stock = 在庫なし
button-similar = 似たもの
button-save = 保存
button-open = 開く
button-more = もっと見る
button-filters = 絞り込み
button-start-over = 最初から
button-share = 共有
button-without = ✕ { $part }
button-good = 良い回答
button-bad = 良くない回答
label-similar = { $title }に似たものを見る
label-save = { $title }を保存
label-open = { $title }のページを開く
picture-alt = { $title }の写真
sheet-title = 見つかった商品の写真
sheet-alt = 見つかった商品（番号順）：{ $titles }

## Talk
status-looking = 探しています…
help = お探しのものを言葉や写真、またはその両方で教えてください。例：「{ $first }」「{ $second }」。続けて「青いの」「{ $price }以下」「2番目に似たもの」「もっと見る」などと言えます。
thanks = どういたしまして。
bought-elsewhere = 私は商品を探すだけで、注文・配送・返品のことは分かりません。商品ページがあれば *開く* からご覧ください。
fact-values = こちらがあります：{ $values }。
fact-line = { $place }. { $title }：{ $value }
fact-line-unknown = { $place }. { $title }：不明
fact-unknown = それは分かりません。商品ページがあれば *開く* からご覧ください。
price-of = { $title }は{ $price }です。
price-unknown = { $title }の価格は分かりません。
price-line = { $place }. { $title }：{ $price }
price-line-unknown = { $place }. { $title }：価格不明
started-over = 最初から始めましょう。何をお探しですか。
saved-it = 保存しました。ホームで見られます。
noted-good = ありがとうございます。記録しました。
noted-bad = ありがとうございます。記録しました。「青いの」「もっと安く」など、変えたい点を教えてください。
shared-by = <@{ $user }>さんがこの検索を共有しました。

## Filters
filters-title = 絞り込み
filters-apply = 適用
filters-cancel = キャンセル
filters-least = 価格の下限（{ $currency }）
filters-most = 価格の上限（{ $currency }）
filters-prices = カタログでは{ $low }から{ $high }まで
filters-category = 種類
filters-brand = ブランド
filters-color = 色
filters-material = 素材
filters-any = 指定なし
filters-option = { $value }（{ $count }）
filters-stock = 在庫
filters-in-stock = 在庫ありのみ（{ $count }）

## Home
home-title = 言葉や写真で商品を探せます
home-how = チャンネルでメンションする、ここに書く、`/looksee` と入力する、または写真付きメッセージのメニューから *Find similar* を選んでください。スレッドでは「赤いの」「もっと安く」「革以外」「2番目に似たもの」と続けられます。
home-try = 試してみる
home-recent = 最近の検索
home-no-recent = 検索した内容がここに表示されます。
home-saved = 保存した商品
home-no-saved = 商品の *保存* を押すと、ここに残ります。
home-remove = 外す
home-settings = 設定
home-language = 言語
home-follow-slack = Slackに合わせる
home-page-size = 一度に表示する商品数
home-forget = 私の記録を消す
home-forget-title = すべて消しますか。
home-forget-text = 検索、写真の特徴量、保存した商品、設定が消去されます。
home-forget-backups = バックアップにはあと{ $days }日間残り、その後完全に消えます。
home-forget-yes = 消す
home-forget-no = 残す
prompts-title = 何をお探しですか。
example-kind = { $kind }
example-color = { $color }の{ $kind }
example-price = { $price }以下の{ $kind }
