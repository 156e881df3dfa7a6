# What the bot says in English. tests/bot/test_sentences.py fails on a sentence that is missing, unused or told apart in
# its arguments from the other languages.

## How a question was understood (bot/answer.py puts the pieces together)
things = things
understood-any = { $first } or { $last }
understood-under = under { $price }
understood-over = over { $price }
understood-between = between { $low } and { $high }
understood-brand = from { $brand }
understood-stock = in stock
understood-not = not { $value }
understood-without = without { $what }
understood-photo = { $count ->
    [one] like your photo
   *[other] like your { $count } photos
}
understood-like = { $count ->
    [one] like the one you picked
   *[other] like the { $count } you picked
}
understood-cheapest = cheapest first
understood-page = { $text }, page { $page }

## Why a product is there
why-same-picture = this is your photo
why-exact = exactly what you asked for
why-photo = looks like your photo
why-like = looks like the one you picked
why-title = title says “{ $words }”
why-facts = its details say “{ $words }”
why-words = looks like what you described
why-value = { $value }
why-price = { $price }

## Conditions that were lifted
relaxed-price = None { $condition }; these are { $found }.
relaxed-price-none = None { $condition }; these are the nearest I have.
relaxed-stock = None in stock; these are not, or may not be.
relaxed-value = None in { $value }; these are other ones.
relaxed-brand = None from { $brand }; these are from others.
relaxed-not = Only { $value } ones are there, so I show those.

## Errors, one sentence each: what to do
sorry-empty = Tell me what you are looking for, or send a photo.
sorry-encoder = I am having trouble looking. Please try again in a minute.
sorry-waking = I am just waking up. Please ask again in a minute.
sorry-store = I cannot reach the catalogue right now. Please try again in a minute.
sorry-no-catalogue = There is no catalogue to search yet. Somebody has to run `looksee index` first.
sorry-wrong-model = The catalogue is being moved to another model. Please send your question again in a minute.
sorry-unreadable-photo = I could not open that photo. A JPEG or PNG works best.
sorry-no-decoder = I cannot open photos right now. Tell me in words, or try again in a minute.
sorry-unknown = Something went wrong on my side. Please try again in a minute.
