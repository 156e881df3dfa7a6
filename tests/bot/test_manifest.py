"""manifest.json says what the code listens to and calls, no less and no more."""

import json
import re
from pathlib import Path

import bot
from bot.manifest import SCOPES, bot_scopes, manifest, manifest_text
from playground import methods
from playground.calls import HISTORY_SCOPES, METHODS
from tests.conftest import Golden

ROOT = Path(bot.__file__).parents[1]
CODE = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot").rglob("*.py"))
assert methods.__all__  # importing the package fills METHODS


def used_methods() -> set[str]:
    """Web API methods that the code calls, as Slack writes them."""
    named = set(re.findall(r'api_call\(\s*"([\w.]+)"', CODE))
    by_name = {name.replace(".", "_").lower(): name for name in METHODS}
    called = {name.lower() for name in re.findall(r"client\.(\w+)\(", CODE)}
    if "files_upload_v2" in called:
        called |= {"files_getuploadurlexternal", "files_completeuploadexternal"}
    return named | {by_name[name] for name in called if name in by_name}


def test_the_committed_manifest_is_what_the_code_makes(golden: Golden) -> None:
    golden(ROOT / "manifest.json", manifest_text())


def test_every_method_that_is_called_has_its_scope() -> None:
    used = used_methods()
    assert {"chat.postMessage", "views.open", "users.info", "conversations.replies"} <= used

    for method in used:
        needed = METHODS[method].scopes
        assert not needed or set(needed) & set(SCOPES), f"{method} needs one of {needed}"
    assert set(HISTORY_SCOPES.values()) <= set(SCOPES), "conversations.replies reads every kind of conversation"


def test_every_scope_is_asked_for_by_something() -> None:
    events = manifest()["settings"]["event_subscriptions"]["bot_events"]
    needed = {scope for method in used_methods() for scope in METHODS[method].scopes}
    needed |= set(HISTORY_SCOPES.values()) | {"commands", "files:read"}
    needed |= {"app_mentions:read"} if "app_mention" in events else set()

    assert set(bot_scopes()) <= needed


def test_every_event_command_and_shortcut_of_the_code_is_declared() -> None:
    declared = manifest()
    heard = set(re.findall(r'@app\.event\("(\w+)"\)', CODE))
    events = {event.split(".")[0] for event in declared["settings"]["event_subscriptions"]["bot_events"]}

    assert heard == events
    assert re.findall(r"@app\.command\((\w+)\)", CODE) == ["COMMAND"]
    assert [command["command"] for command in declared["features"]["slash_commands"]] == ["/looksee"]
    assert [shortcut["callback_id"] for shortcut in declared["features"]["shortcuts"]] == ["find_similar"]


def test_over_http_every_part_has_its_address() -> None:
    declared = manifest(request_url="https://l.example/slack/events", redirect_url="https://l.example/r")

    assert json.dumps(declared).count("https://l.example/slack/events") == 3
    assert declared["oauth_config"]["redirect_urls"] == ["https://l.example/r"]
    assert declared["settings"]["socket_mode_enabled"] is False


def test_the_page_for_people_lists_the_same_scopes() -> None:
    page = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")

    assert set(re.findall(r"`([a-z_]+:[a-z]+|commands)`", page.split("## Scopes")[1].split("##")[0])) == set(SCOPES)
