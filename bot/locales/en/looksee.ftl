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
relaxed-price-currency = Prices here are in { $currency }, so none is known to be { $condition }; these are { $found }.
relaxed-stock = None in stock; these are not, or may not be.
relaxed-value = None in { $value }; these are other ones.
relaxed-brand = None from { $brand }; these are from others.
relaxed-not = Only { $value } ones are there, so I show those.

## Errors, and what does not go as wished: one sentence each, what to do. tests/bot/test_every_sentence.py reaches each.
sorry-empty = Tell me what you are looking for, or send a photo.
sorry-encoder = I am having trouble looking. Please try again in a minute.
waking-wait = I am just waking up. I will answer here in a moment.
waking-meanwhile = I am just waking up. This is what your words find; I will complete it here in a moment.
waking-alone = I am just waking up, so this is what your words find. Ask again in a minute for more.
sorry-waking = I am just waking up. Please ask again in a minute.
sorry-store = I cannot reach the catalogue right now. Please try again in a minute.
sorry-no-catalogue = There is no catalogue to search yet. Somebody has to run `looksee index SOURCE` first.
sorry-wrong-model = The catalogue is being moved to another model. Please send your question again in a minute.
sorry-unreadable-photo = I could not open that photo. A JPEG or PNG works best.
sorry-no-decoder = I cannot open photos right now. Tell me in words, or try again in a minute.
sorry-unknown = Something went wrong on my side. Please try again in a minute.
sorry-memory = I cannot remember things right now, so I would lose your question. Please ask again in a minute.
sorry-photo-scope = I may not open files here yet: my app lacks the permission `files:read`. Whoever installed me can add it.
sorry-photo-gone = That photo is not there any more. Please send it again.
sorry-photo-large = That file is too large for me. A photo of up to 20 MB works.
sorry-photo-elsewhere = That file lies outside of Slack, where I cannot open it. Please upload the photo itself.
sorry-not-a-photo = That file is not a picture. Send me a photo, or tell me in words.
sorry-photo-out-of-reach = I cannot read that photo from here. Invite me, or send me the photo directly.
sorry-photo-late = Slack did not give me that photo in time. Please send it again in a minute.
sorry-link = I could not open that link. Please send the photo itself.
nothing-close = Nothing close. This is the closest I have:
nothing-found = I found nothing like that. Try other words, or a photo.
nothing-more = That was all I have.
is-partial = I ran out of time and looked at a part of the catalogue only.
still-looking = I am still looking…
what-to-change = I am not sure what to change. Say for example “in blue”, “cheaper”, “not striped” or “more like the second”.
nothing-before = There is nothing to go back to. What are you looking for?
no-longer = I do not remember that search any more. Please ask again.
gone-product = That product is not in the catalogue any more.
too-many = You ask faster than I can answer. Give me a moment, then go on.
not-yours = Only the one who asked can do that here. Ask me yourself: mention me, or send me a message.
cannot-write = I may not write in <#{ $channel }>, so I answer here.
no-photo-there = There is no photo in that message. Choose one with a photo.
filters-not-a-price = Write an amount, for example 20.
filters-order = This is less than the lowest price.
home-no-catalogue = There is no catalogue yet. Somebody has to run `looksee index SOURCE` first.

## The answer in Slack (bot/slack/blocks.py)
answer-notification = { $understood }: { $titles }
out-of-stock = out of stock
button-similar = Similar
button-save = Save
button-open = Open
button-more = Show more
button-filters = Filters
button-start-over = Start over
button-share = Share
button-without = ✕ { $part }
button-good = Good answer
button-bad = Bad answer
label-similar = Show things similar to { $title }
label-save = Save { $title }
label-open = Open the page of { $title }
picture-alt = Picture of { $title }
sheet-title = Pictures of what I found
sheet-alt = The products found, numbered: { $titles }

## Talk (bot/slack)
status-looking = is looking…
help = Tell me what you are looking for, send a photo, or both: “{ $first }”, “{ $second }”. Then go on: “in blue”, “under { $price }”, “more like the second”, “show more”.
thanks = You are welcome.
bought-elsewhere = I only find products: their prices I can tell, orders, delivery and returns I know nothing of. Where a product has a page, *Open* leads there.
fact-values = There are: { $values }.
fact-line = { $place }. { $title }: { $value }
fact-line-unknown = { $place }. { $title }: not known
fact-unknown = That I do not know. Where a product has a page, *Open* leads there.
price-of = { $title } costs { $price }.
price-unknown = I have no price for { $title }.
price-line = { $place }. { $title }: { $price }
price-line-unknown = { $place }. { $title }: no price given
started-over = Let us start over. What are you looking for?
saved-it = Saved. You find it in my Home.
noted-good = Thank you, noted.
noted-bad = Thank you, noted. Tell me what to change, for example “in blue” or “cheaper”.
shared-by = <@{ $user }> shared this search.

## Filters (bot/slack/filters.py)
filters-title = Filters
filters-apply = Apply
filters-cancel = Cancel
filters-least = Price from ({ $currency })
filters-most = Price up to ({ $currency })
filters-prices = { $low } to { $high } in the catalogue
filters-category = Type
filters-brand = Brand
filters-color = Colour
filters-material = Material
filters-any = Any
filters-option = { $value } ({ $count })
filters-stock = Availability
filters-in-stock = In stock only ({ $count })

## Home (bot/slack/home.py)
home-title = Find products by words, by photo, or both
home-how = Mention me in a channel, write to me here, type `/looksee`, or choose *Find similar* in the menu of a message with a photo. In the thread, just go on: “in red”, “cheaper”, “not leather”, “more like the second”.
home-try = Try one of these
home-recent = Your last searches
home-no-recent = What you look for appears here.
home-saved = Saved products
home-no-saved = Press *Save* on a product, and it stays here.
home-remove = Remove
home-settings = Settings
home-language = Language
home-follow-slack = As in Slack
home-page-size = Products in an answer
home-forget = Forget me
home-forget-title = Forget everything?
home-forget-text = Your searches, photos' fingerprints, saved products and settings are erased.
home-forget-backups = { $days ->
    [one] Backups keep them for one more day; then they are gone for good.
   *[other] Backups keep them for { $days } more days; then they are gone for good.
}
home-forget-yes = Forget
home-forget-no = Keep
prompts-title = What are you looking for?
example-kind = { $kind }
example-color = { $color } { $kind }
example-price = { $kind } under { $price }
