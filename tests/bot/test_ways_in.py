"""Every way in which somebody asks, through the wire of a local Slack."""

import http.server
import threading
from collections.abc import Iterator

import pytest

from playground.workspace import File
from tests.bot.conftest import Start, Talk, cards, hits, jpeg, kinds, understood


def test_a_mention_in_a_channel_is_answered_in_its_thread_with_cards(talk: Talk) -> None:
    answer = talk.ask("@looksee blue mug")

    assert understood(answer) == "blue mug"
    assert hits(answer)[0] == "mug-blue"
    assert kinds(answer) == ["context", "actions", "carousel", "actions", "context_actions"]
    assert answer.text.startswith("blue mug: 1. Blue ceramic mug, $17")
    card = cards(answer)[0]
    assert card["title"]["text"] == "1. Blue ceramic mug"
    assert card["hero_image"]["alt_text"] == "Picture of Blue ceramic mug"
    assert [button["text"]["text"] for button in card["actions"]] == ["Similar", "Save", "Open"]


def test_a_photo_finds_what_it_shows(talk: Talk) -> None:
    answer = talk.ask("@looksee", files=[("photo.jpg", jpeg("green"))])

    assert understood(answer) == "like your photo"
    assert hits(answer)[0].endswith("-green")


def test_a_photo_and_words_are_one_question(talk: Talk) -> None:
    answer = talk.ask("@looksee like this but red", files=[("photo.jpg", jpeg("green"))])

    assert understood(answer) == "red, like your photo"
    assert all(hit.endswith("-red") for hit in hits(answer))


def test_up_to_five_photos_are_one_question(talk: Talk) -> None:
    files = [(f"{colour}.jpg", jpeg(colour)) for colour in ("red", "blue", "green", "pink", "black", "white")]

    assert understood(talk.ask("@looksee", files=files)) == "like your 5 photos"


def test_a_mention_whose_event_has_no_files_is_answered_with_its_photo(talk: Talk) -> None:
    talk.slack.misbehave(mention_files=False)

    for _ in range(3):  # whichever of its two events comes first
        assert understood(talk.ask("@looksee", files=[("photo.jpg", jpeg("green"))])) == "like your photo"


def test_a_direct_message_asks_without_a_mention(talk: Talk) -> None:
    answer = talk.ask("green chair", channel="@")

    assert hits(answer)[0] == "chair-green"


def test_a_direct_conversation_goes_on_in_new_messages(talk: Talk) -> None:
    talk.ask("green chair", channel="@")

    assert understood(talk.ask("in red", channel="@")) == "red chair"


def test_a_direct_conversation_goes_on_in_its_threads_too(talk: Talk) -> None:
    first = talk.asked("green chair", channel="@")
    talk.slack.wait_for_reply(first)
    talk.ask("blue mug", channel="@")

    assert understood(talk.ask("in red", channel="@", thread=first)) == "red chair"


def test_a_reply_of_the_one_who_asked_refines(talk: Talk) -> None:
    asked = talk.asked("@looksee blue mug")
    talk.slack.wait_for_reply(asked)

    assert understood(talk.ask("in red", thread=asked)) == "red mug"
    assert understood(talk.ask("under $30", thread=asked)) == "red mug under $30"


def test_a_photo_keeps_counting_in_the_thread(talk: Talk) -> None:
    asked = talk.asked("@looksee", files=[("photo.jpg", jpeg("green"))])
    talk.slack.wait_for_reply(asked)

    assert understood(talk.ask("in red", thread=asked)) == "red, like your photo"


@pytest.mark.parametrize("text", ["lunch at noon?", "I think we should ask Ben", "thanks, that is great"])
def test_what_is_said_to_others_in_the_thread_is_left_alone(talk: Talk, text: str) -> None:
    asked = talk.asked("@looksee blue mug")
    talk.slack.wait_for_reply(asked)

    before = len(talk.slack.replies(asked))
    talk.silence_after(asked, before, talk.asked(text, thread=asked))


def test_a_reply_of_somebody_else_or_to_somebody_else_is_left_alone(talk: Talk) -> None:
    asked = talk.asked("@looksee blue mug")
    talk.slack.wait_for_reply(asked)

    before = len(talk.slack.replies(asked))
    talk.silence_after(asked, before, talk.asked("in red", user="ben", thread=asked))
    talk.silence_after(asked, before + 1, talk.asked("@ben in red?", thread=asked))


def test_a_message_that_mentions_nobody_is_left_alone(talk: Talk) -> None:
    talk.silence(talk.asked("blue mug"))


def test_a_photo_that_came_earlier_in_the_thread_counts(talk: Talk) -> None:
    shown = talk.asked("look what I saw", user="ben", files=[("photo.jpg", jpeg("yellow"))])

    answer = talk.ask("@looksee find this", thread=shown)

    assert "like your photo" in understood(answer)
    assert hits(answer)[0].endswith("-yellow")


def test_a_new_photo_of_the_one_who_asked_is_a_new_question(talk: Talk) -> None:
    asked = talk.asked("@looksee blue mug")
    talk.slack.wait_for_reply(asked)

    answer = talk.ask("", thread=asked, files=[("photo.jpg", jpeg("pink"))])

    assert hits(answer)[0].endswith("-pink")


def test_an_edited_question_updates_its_answer(talk: Talk) -> None:
    asked = talk.asked("@looksee blue mug")
    answer = talk.slack.wait_for_reply(asked)

    talk.slack.edit("ana", asked, "@looksee red mug")

    talk.changed(answer, "red mug")
    assert hits(answer)[0] == "mug-red"
    assert len(talk.slack.replies(asked)) == 1
    talk.slack.wait_for(lambda: talk.slack.hub.statuses == {})


def test_a_mention_that_comes_with_an_edit_is_answered(talk: Talk) -> None:
    asked = talk.asked("blue mug")
    talk.slack.edit("ana", asked, "@looksee blue mug")

    assert hits(talk.slack.wait_for_reply(asked))[0] == "mug-blue"


def test_the_command_is_answered_privately_and_can_be_shared(talk: Talk) -> None:
    talk.slack.command("ana", "#shop", "/looksee blue mug")
    answer = talk.whispered()
    assert hits(answer)[0] == "mug-blue"
    assert talk.slack.messages("#shop") == []

    talk.slack.click("ana", answer, "share")

    shared = talk.slack.wait_for_message("#shop")
    assert hits(shared)[0] == "mug-blue"
    assert "shared this search" in shared.text


def test_the_command_works_where_the_bot_is_no_member(talk: Talk) -> None:
    talk.slack.add_channel("secret", with_bot=False, private=True)

    talk.slack.command("ana", "#secret", "/looksee blue mug")

    assert hits(talk.whispered())[0] == "mug-blue"


def test_the_command_without_words_says_what_to_do(talk: Talk) -> None:
    talk.slack.command("ana", "#shop", "/looksee")

    assert talk.whispered().text.startswith("Tell me what you are looking for, send a photo, or both")


def test_the_message_menu_finds_what_anybodys_photo_shows(talk: Talk) -> None:
    shown = talk.asked("my desk", user="ben", files=[("photo.jpg", jpeg("orange"))])

    talk.slack.shortcut("ana", shown, "find_similar")

    answer = talk.whispered()
    assert understood(answer) == "like your photo"
    assert hits(answer)[0].endswith("-orange")


def test_the_assistant_pane_offers_questions_that_have_answers(talk: Talk) -> None:
    talk.slack.open_messages_tab("ana")

    channel = talk.slack.channel("@ana").id
    prompts = talk.slack.wait_for(lambda: talk.slack.hub.prompts.get(channel))
    assert 1 <= len(prompts["prompts"]) <= 4
    for prompt in prompts["prompts"]:
        assert hits(talk.ask(prompt["message"], channel="@"))


def test_a_bot_never_asks(talk: Talk) -> None:
    other = talk.slack.on_loop(
        lambda: talk.slack.hub.add_user(talk.slack.team.id, "robot", "Robot", bot_id="B0000000999")
    )
    talk.slack.on_loop(lambda: talk.slack.team.channel_named("#shop").members.add(other.id))

    before = talk.slack.calls("chat.postMessage")
    talk.slack.on_loop(lambda: None)
    assert before == talk.slack.calls("chat.postMessage")


@pytest.fixture
def picture_url() -> Iterator[str]:
    """A web server with one picture."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(jpeg("purple") if self.path.endswith(".jpg") else b"<html>a page</html>")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_a_link_to_a_picture_is_a_photo(talk: Talk, picture_url: str) -> None:
    answer = talk.ask(f"@looksee {picture_url}/thing.jpg")

    assert understood(answer) == "like your photo"
    assert hits(answer)[0].endswith("-purple")


def test_a_link_to_a_page_does_not_disturb_the_words(talk: Talk, picture_url: str) -> None:
    assert understood(talk.ask(f"@looksee blue mug {picture_url}/page")) == "blue mug"


def test_a_file_from_a_shared_channel_is_looked_up(talk: Talk) -> None:
    talk.slack.misbehave(files_need_info=True)

    assert hits(talk.ask("@looksee", files=[("photo.jpg", jpeg("green"))]))[0].endswith("-green")


def test_a_person_is_spoken_to_in_the_language_of_their_slack(talk: Talk) -> None:
    answer = talk.ask("@looksee", user="kenji", files=[("photo.jpg", jpeg("red"))])

    assert understood(answer) == "写真に似たもの"
    assert cards(answer)[0]["actions"][0]["text"]["text"] == "似たもの"


def test_without_a_public_address_one_numbered_sheet_of_pictures_follows(start: Start) -> None:
    talk = start(with_pictures=False)
    asked = talk.asked("@looksee blue mug")

    sheet = talk.slack.wait_for_reply(asked, count=2)
    answer = talk.slack.replies(asked)[0]

    assert kinds(answer) == ["context", "actions", "carousel", "actions", "context_actions"]
    assert all("hero_image" not in card for card in cards(answer))
    assert isinstance(sheet.files[0], File)
    assert sheet.files[0].width_px > 300
