"""Every button, menu and dialogue, through the wire of a local Slack."""

import base64
from typing import Any

from bot.memory import Person, Place, Preferences, Workspace
from playground.workspace import Message, View
from tests.bot.conftest import Start, Talk, cards, hits, jpeg, kinds, understood


def home_of(talk: Talk, user: str = "ana") -> View:
    talk.slack.open_home(user)
    return talk.slack.wait_for_home(user)


def home_after(talk: Talk, home: View, action_id: str, value: Any = None, *, user: str = "ana") -> View:
    """Home as it is after something was pressed in it."""
    before = home.hash
    talk.slack.click(user, home, action_id, value)
    return talk.slack.wait_for_home(user, after_hash=before)


def texts(view: View) -> str:
    return str(view.content["blocks"])


def pressed(talk: Talk, answer: Message, action_id: str, value: Any = None, *, user: str = "ana") -> None:
    talk.slack.click(user, answer, action_id, value)


def test_similar_shows_what_is_like_a_product_in_a_new_answer(talk: Talk) -> None:
    asked = talk.asked("@looksee blue mug")
    answer = talk.slack.wait_for_reply(asked)

    pressed(talk, answer, "similar", "mug-blue")

    similar = talk.slack.wait_for_reply(asked, count=2)
    assert understood(similar) == "blue, like the one you picked"
    assert "mug-blue" not in hits(similar)


def test_show_more_goes_on_without_repeats(talk: Talk) -> None:
    asked = talk.asked("@looksee mug")
    first = talk.slack.wait_for_reply(asked)

    pressed(talk, first, "more")

    second = talk.slack.wait_for_reply(asked, count=2)
    assert understood(second) == "mug, page 2"
    assert len(hits(second)) == 5
    assert not set(hits(first)) & set(hits(second))


def test_a_part_of_the_question_is_taken_out_in_place(talk: Talk) -> None:
    asked = talk.asked("@looksee blue mug under $30")
    answer = talk.slack.wait_for_reply(asked)
    buttons = {
        element["text"]["text"]: element["action_id"]
        for block in answer.blocks
        if block["type"] == "actions"
        for element in block["elements"]
    }
    assert {"✕ blue", "✕ mug", "✕ under $30"} <= set(buttons)

    pressed(talk, answer, buttons["✕ blue"])

    talk.changed(answer, "mug under $30")
    assert len(talk.slack.replies(asked)) == 1
    pressed(talk, answer, "without-2")
    talk.changed(answer, "mug: ")


def test_a_refinement_goes_on_from_what_the_buttons_left(talk: Talk) -> None:
    asked = talk.asked("@looksee blue mug under $30")
    answer = talk.slack.wait_for_reply(asked)
    pressed(talk, answer, "without-1")
    talk.changed(answer, "mug under $30")
    talk.slack.wait_for(lambda: stored_words(talk, asked) == "mug")

    assert understood(talk.ask("in red", thread=asked)) == "red mug under $30"


def stored_words(talk: Talk, asked: Message) -> str:
    place = Place(Workspace("", talk.slack.team.id), asked.channel, asked.ts)
    turn = talk.bot.tools.memory.thread(place).turns[-1]
    return turn.query.words if turn.query and not turn.query.filters.any_of else ""


def test_start_over_begins_anew(talk: Talk) -> None:
    asked = talk.asked("@looksee blue mug")
    answer = talk.slack.wait_for_reply(asked)

    pressed(talk, answer, "start_over")

    assert talk.slack.wait_for_reply(asked, count=2).text == "Let us start over. What are you looking for?"
    assert understood(talk.ask("@looksee in red", thread=asked)) == "red things"


def test_a_saved_product_is_in_home_and_can_be_taken_out(talk: Talk) -> None:
    answer = talk.ask("@looksee blue mug")

    pressed(talk, answer, "save", "mug-blue")

    assert talk.whispered().text == "Saved. You find it in my Home."
    home = home_of(talk)
    assert "Blue ceramic mug" in texts(home)
    assert "Blue ceramic mug" not in texts(home_after(talk, home, "unsave", "mug-blue"))


def test_thumbs_are_noted(talk: Talk) -> None:
    answer = talk.ask("@looksee blue mug")

    pressed(talk, answer, "feedback", "up")
    assert talk.whispered().text == "Thank you, noted."
    pressed(talk, answer, "feedback", "down")
    assert "Tell me what to change" in talk.whispered(count=2).text


def test_open_leads_to_the_products_page(talk: Talk) -> None:
    answer = talk.ask("@looksee blue mug")
    button = cards(answer)[0]["actions"][2]

    assert button["url"] == "https://shop.example/mug-blue"
    pressed(talk, answer, "open", "mug-blue")


def test_filters_shows_counts_and_changes_the_answer_in_place(talk: Talk) -> None:
    asked = talk.asked("@looksee mug")
    answer = talk.slack.wait_for_reply(asked)

    pressed(talk, answer, "filters")
    dialogue = talk.slack.wait_for_view("ana", title="Filters")
    labels = [option["text"]["text"] for option in element(dialogue, "color")["options"]]
    assert "red (3)" in labels

    errors = talk.slack.submit(
        "ana", dialogue, {"color": {"value": ["blue"]}, "price-max": {"value": "20"}, "stock": {"value": ["in_stock"]}}
    )
    assert errors == {}
    talk.changed(answer, "blue mug under $20, in stock")
    assert len(talk.slack.replies(asked)) == 1


def element(view: View, block_id: str) -> dict[str, Any]:
    block = next(block for block in view.content["blocks"] if block.get("block_id") == block_id)
    found: dict[str, Any] = block["element"]
    return found


def test_filters_says_what_is_wrong_with_a_price(talk: Talk) -> None:
    answer = talk.ask("@looksee mug")
    pressed(talk, answer, "filters")
    dialogue = talk.slack.wait_for_view("ana")

    errors = talk.slack.submit("ana", dialogue, {"price-min": {"value": "30"}, "price-max": {"value": "20"}})
    assert errors == {"price-max": "This is less than the lowest price."}
    errors = talk.slack.submit("ana", dialogue, {"price-min": {"value": "cheap"}})
    assert errors == {"price-min": "Write an amount, for example 20."}


def test_filters_opens_with_what_the_question_says(talk: Talk) -> None:
    answer = talk.ask("@looksee blue mug under $30 in stock only")

    pressed(talk, answer, "filters")
    dialogue = talk.slack.wait_for_view("ana")

    assert element(dialogue, "price-max")["initial_value"] == "30"
    assert [option["value"] for option in element(dialogue, "color")["initial_options"]] == ["blue"]
    assert element(dialogue, "stock")["initial_options"]


def test_filters_speak_japanese_to_a_japanese_person_and_choose_the_same_values(talk: Talk) -> None:
    asked = talk.asked("@looksee マグカップ", user="kenji")
    answer = talk.slack.wait_for_reply(asked)

    pressed(talk, answer, "filters", user="kenji")
    dialogue = talk.slack.wait_for_view("kenji", title="絞り込み")
    labels = {
        option["value"]: option["text"]["text"]
        for block_id in ("color", "material", "category", "brand")
        for option in element(dialogue, block_id)["options"]
    }
    assert labels["red"] == "赤（3）"
    assert labels["leather"].startswith("レザー")
    assert labels["backpack"].startswith("リュック")
    assert labels["contoso"].startswith("Contoso")

    assert talk.slack.submit("kenji", dialogue, {"color": {"value": ["blue"]}}) == {}
    talk.changed(answer, "青、マグカップ")


def test_prices_and_facts_are_told_and_the_conversation_goes_on(talk: Talk) -> None:
    asked = talk.asked("@looksee blue mug under $30")
    answer = talk.slack.wait_for_reply(asked)

    said = talk.ask("how much is the first?", thread=asked)
    assert said.text == "Blue ceramic mug costs $17."
    assert len(talk.ask("how much are they?", thread=asked).text.splitlines()) == len(hits(answer))
    assert "Northwind" in talk.ask("who makes the first one?", thread=asked).text
    assert talk.ask("what colours do you have?", thread=asked).text.startswith("There are: ")
    assert talk.ask("do you ship to Japan?", thread=asked).text.startswith("I only find products")
    assert understood(talk.ask("in red", thread=asked)) == "red mug under $30"


def test_filters_works_from_an_old_answer(talk: Talk) -> None:
    asked = talk.asked("@looksee mug")
    old = talk.slack.wait_for_reply(asked)
    talk.ask("in red", thread=asked)

    pressed(talk, old, "filters")
    talk.slack.submit("ana", talk.slack.wait_for_view("ana"), {"color": {"value": ["green"]}})

    talk.changed(old, "green mug")


def test_a_private_answer_changes_in_place(talk: Talk) -> None:
    talk.slack.command("ana", "#shop", "/looksee mug")
    answer = talk.whispered()

    pressed(talk, answer, "more")
    talk.changed(answer, "mug, page 2")
    pressed(talk, answer, "filters")
    talk.slack.submit("ana", talk.slack.wait_for_view("ana"), {"color": {"value": ["green"]}})
    talk.changed(answer, "green mug")
    pressed(talk, answer, "start_over")
    talk.changed(answer, "Let us start over")
    assert len(talk.slack.ephemerals("ana")) == 1
    assert talk.slack.messages("#shop") == []


def test_the_buttons_of_a_shared_answer_work_for_others(talk: Talk) -> None:
    talk.slack.command("ana", "#shop", "/looksee mug")
    pressed(talk, talk.whispered(), "share")
    shared = talk.slack.wait_for_message("#shop")

    pressed(talk, shared, "more", user="ben")

    more = talk.slack.wait_for_reply(shared)
    assert understood(more) == "mug, page 2"


def test_a_shared_answer_works_where_the_bot_is_no_member(talk: Talk) -> None:
    talk.slack.add_channel("secret", with_bot=False, private=True)
    talk.slack.command("ana", "#secret", "/looksee mug")
    pressed(talk, talk.whispered(), "share")
    shared = talk.slack.wait_for_message("#secret")

    pressed(talk, shared, "more", user="ben")

    assert understood(talk.whispered("ben")) == "mug, page 2"


def test_a_product_that_was_not_shown_cannot_be_asked_for(talk: Talk) -> None:
    answer = talk.ask("@looksee blue mug")
    first = cards(answer)[0]["actions"][0]
    first["value"] = "chair-white"

    pressed(talk, answer, "similar", "chair-white")

    assert talk.whispered().text == "I do not remember that search any more. Please ask again."


def test_home_has_questions_searches_and_settings(talk: Talk) -> None:
    talk.ask("@looksee blue mug")
    home = home_of(talk)

    assert "blue mug" in texts(home)
    question = next(block for block in home.content["blocks"] if block["block_id"] == "home-try")["elements"][0]
    talk.slack.click("ana", home, question["action_id"])
    assert hits(talk.slack.wait_for_message("@ana"))


def test_a_search_is_repeated_from_home_and_refined_in_its_thread(talk: Talk) -> None:
    talk.ask("@looksee blue mug")
    home = home_of(talk)

    talk.slack.click("ana", home, "again-0")

    answer = talk.slack.wait_for_message("@ana")
    assert understood(answer) == "blue mug"
    assert understood(talk.ask("in red", channel="@", thread=answer)) == "red mug"


def test_language_and_page_size_are_kept(talk: Talk) -> None:
    home = home_of(talk)
    home = home_after(talk, home, "page_size", "3")
    home = home_after(talk, home, "language", "ja_JP")
    assert "設定" in texts(home)

    answer = talk.ask("@looksee", files=[("photo.jpg", jpeg("red"))])

    assert understood(answer) == "写真に似たもの"
    assert len(hits(answer)) == 3


def test_forget_me_erases_everything_of_mine(talk: Talk) -> None:
    asked = talk.asked("@looksee blue mug")
    answer = talk.slack.wait_for_reply(asked)
    pressed(talk, answer, "save", "mug-blue")
    talk.whispered()
    home = home_of(talk)

    home_after(talk, home, "forget")

    ana = Person(Workspace("", talk.slack.team.id), talk.slack.user("ana").id)
    memory = talk.bot.tools.memory
    assert (memory.saved(ana), memory.recent(ana), memory.preferences(ana)) == ([], [], Preferences())
    assert memory.thread(Place(ana.workspace, asked.channel, asked.ts)).turns == ()
    pressed(talk, answer, "start_over")
    assert talk.whispered(count=2).text == "I do not remember that search any more. Please ask again."


def test_the_embedding_of_my_photo_is_forgotten_with_me(talk: Talk) -> None:
    asked = talk.asked("@looksee", files=[("photo.jpg", jpeg("green"))])
    talk.slack.wait_for_reply(asked)
    ana = Person(Workspace("", talk.slack.team.id), talk.slack.user("ana").id)
    turn = talk.bot.tools.memory.thread(Place(ana.workspace, asked.channel, asked.ts)).turns[0]
    assert turn.query is not None
    embedding = base64.b64encode(turn.query.photos[0].vector)
    talk.slack.wait_for(lambda: talk.bot.answering.waiting == 0)
    assert embedding in on_disk(talk)

    home_after(talk, home_of(talk), "forget")

    assert embedding not in on_disk(talk)


def on_disk(talk: Talk) -> bytes:
    """All that the memory keeps, with what it has deleted and not overwritten."""
    file = talk.settings.memory_file
    return b"".join(path.read_bytes() for path in sorted(file.parent.glob(f"{file.name}*")))


def test_who_wants_to_be_forgotten_at_once_is_not_remembered_again(talk: Talk) -> None:
    """Between the post of an answer and whatever comes after it."""
    ana = Person(Workspace("", talk.slack.team.id), talk.slack.user("ana").id)
    delivery: Any = talk.bot.tools.delivery
    post = delivery.post

    def post_and_forget(*arguments: Any, **named: Any) -> Any:
        posted = post(*arguments, **named)
        talk.bot.tools.memory.forget(ana)
        return posted

    delivery.post = post_and_forget
    asked = talk.asked("@looksee blue mug")
    talk.slack.wait_for_reply(asked)
    talk.slack.wait_for(lambda: talk.bot.answering.waiting == 0)
    memory = talk.bot.tools.memory
    place = Place(ana.workspace, asked.channel, asked.ts)
    assert (memory.recent(ana), memory.thread(place).turns) == ([], ())


def test_uninstalling_erases_the_workspace(talk: Talk) -> None:
    asked = talk.asked("@looksee blue mug")
    talk.slack.wait_for_reply(asked)
    place = Place(Workspace("", talk.slack.team.id), asked.channel, asked.ts)
    assert talk.bot.tools.memory.thread(place).turns

    talk.slack.uninstall()

    talk.slack.wait_for(lambda: not talk.bot.tools.memory.thread(place).turns)


def test_home_without_a_catalogue_says_what_to_do(start: Start) -> None:
    talk = start(with_catalogue=False)

    assert "looksee index SOURCE" in texts(home_of(talk))


def test_commands_of_the_conversation_work_in_words(talk: Talk) -> None:
    asked = talk.asked("@looksee mug")
    talk.slack.wait_for_reply(asked)

    assert understood(talk.ask("show more", thread=asked)) == "mug, page 2"
    assert understood(talk.ask("in red", thread=asked)) == "red mug"
    assert understood(talk.ask("back", thread=asked)).startswith("mug")
    assert talk.ask("start over", thread=asked).text.startswith("Let us start over")
    assert talk.ask("@looksee help").text.startswith("Tell me what you are looking for")
    assert talk.ask("@looksee thanks").text == "You are welcome."
    assert talk.ask("@looksee back").text.startswith("There is nothing to go back to")
    assert kinds(talk.ask("@looksee help")) == ["section"]
