"""A click, a dialogue, a shortcut, a command of a person -> the payload the app gets, and what its answer does."""

from typing import Any

from playground import posting
from playground.block_rules import nested
from playground.content import check_message_blocks, checked_view, numbered
from playground.errors import Json, SlackError
from playground.hub import Hub
from playground.methods import views
from playground.pictures import Pictures
from playground.wording import as_slack_text
from playground.workspace import Channel, Message, User, View


def _who(hub: Hub, user: User) -> Json:
    workspace = hub.workspace(user.team_id)
    enterprise = {"id": workspace.enterprise, "name": workspace.enterprise} if workspace.enterprise else None
    is_org_wide = bool(hub.installations[user.team_id].enterprise)
    return {
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id},
        "api_app_id": hub.credentials.app_id,
        "token": hub.credentials.verification_token,
        "team": None if is_org_wide else {"id": workspace.id, "domain": workspace.domain},
        "enterprise": enterprise,
        "is_enterprise_install": is_org_wide,
    }


async def click(hub: Hub, user: User, place: Message | View, action: Json, state: Json) -> None:
    """Tell the app that a person has used a control of a message or a view.

    `action` is what `as_action` makes; `state` is `state.values` of all inputs of the same message or view.

    Raises:
        AppDidNotAnswer: no acknowledgement within three seconds.
    """
    action = action | {"action_ts": hub.ids.ts()}
    payload: Json = {"type": "block_actions"} | _who(hub, user) | {"actions": [action], "state": {"values": state}}
    if isinstance(place, View):
        place.state = state
        payload |= {
            "container": {"type": "view", "view_id": place.id},
            "view": place.wire(),
            "trigger_id": hub.trigger(user, view_id=place.id),
        }
        del payload["state"]
    else:
        channel = hub.channel(place.channel)
        installation = hub.installations[user.team_id]
        container = {
            "type": "message",
            "message_ts": place.ts,
            "channel_id": channel.id,
            "is_ephemeral": place.ephemeral_to is not None,
        }
        if place.thread_ts:
            container["thread_ts"] = place.thread_ts
        payload |= {
            "container": container,
            "trigger_id": hub.trigger(user),
            "channel": _channel(channel),
            "response_url": hub.response_url(installation, channel, user, message=place, thread_ts=place.thread_ts),
        }
        if not place.ephemeral_to:
            payload["message"] = place.wire(hub.origin, with_metadata=True)
    await hub.delivery.ask("interactive", payload)


async def submit(hub: Hub, pictures: Pictures, user: User, view: View, state: Json) -> Json:
    """Hand in a modal and do what the app answers.

    Returns:
        block_id -> complaint, where the app did not accept the input; empty otherwise.

    Raises:
        AppDidNotAnswer: no acknowledgement within three seconds.
        SlackError: the view that the app answered with breaks a rule.
    """
    view.state = state
    payload = (
        {"type": "view_submission"}
        | _who(hub, user)
        | {"trigger_id": hub.trigger(user, view_id=view.id), "view": view.wire(), "response_urls": []}
    )
    answer = await hub.delivery.ask("interactive", payload)
    workspace = hub.workspace(user.team_id)
    action = answer.get("response_action")
    if action == "errors":
        errors: Json = answer.get("errors") or {}
        known = {block["block_id"] for block in view.content["blocks"] if block["type"] == "input"}
        if not errors or set(errors) - known:
            raise SlackError("invalid_arguments", detail="errors must name input blocks of the view")
        return errors
    if action in ("update", "push"):
        content = await checked_view(hub, pictures, workspace, answer["view"])
        if action == "update":
            views.replace(hub, view, content)
        else:
            views.show(hub, workspace, user.id, content, over=view)
    elif action == "clear":
        views.close(hub, workspace, view, everything=True)
    else:
        views.close(hub, workspace, view)
    return {}


async def close(hub: Hub, user: User, view: View) -> None:
    """Close a modal without handing it in; the app hears of it where it asked to.

    Raises:
        AppDidNotAnswer: no acknowledgement within three seconds.
    """
    workspace = hub.workspace(user.team_id)
    everything = bool(view.content.get("clear_on_close"))
    views.close(hub, workspace, view, everything=everything)
    if view.content.get("notify_on_close"):
        payload = {"type": "view_closed"} | _who(hub, user) | {"view": view.wire(), "is_cleared": everything}
        await hub.delivery.ask("interactive", payload)


async def message_shortcut(hub: Hub, user: User, message: Message, callback_id: str) -> None:
    """Choose an entry of a message's menu; it works where the app is no member, too.

    Raises:
        AppDidNotAnswer: no acknowledgement within three seconds.
    """
    channel = hub.channel(message.channel)
    url = hub.response_url(hub.installations[user.team_id], channel, user, thread_ts=message.thread_ts)
    payload = (
        {"type": "message_action"}
        | _who(hub, user)
        | {
            "callback_id": callback_id,
            "trigger_id": hub.trigger(user),
            "response_url": url,
            "message_ts": message.ts,
            "action_ts": hub.ids.ts(),
            "channel": _channel(channel),
            "message": message.wire(hub.origin),
        }
    )
    await hub.delivery.ask("interactive", payload)


async def global_shortcut(hub: Hub, user: User, callback_id: str) -> None:
    """Choose an entry of the composer's menu.

    Raises:
        AppDidNotAnswer: no acknowledgement within three seconds.
    """
    payload = (
        {"type": "shortcut"}
        | _who(hub, user)
        | {"callback_id": callback_id, "trigger_id": hub.trigger(user), "action_ts": hub.ids.ts()}
    )
    await hub.delivery.ask("interactive", payload)


async def command(hub: Hub, pictures: Pictures, user: User, channel: Channel, name: str, text: str) -> None:
    """Run a slash command and show what the app answers at once.

    Raises:
        AppDidNotAnswer: no acknowledgement within three seconds.
        SlackError: `unknown_command`, or the answer's blocks break a rule.
    """
    declared = next((each for each in hub.manifest.commands if each.name == name), None)
    if declared is None:
        raise SlackError("unknown_command")
    workspace = hub.workspace(user.team_id)
    if declared.should_escape:
        text = as_slack_text(text, workspace, named=True)
    installation = hub.installations[user.team_id]
    url = hub.response_url(installation, channel, user)
    answer = await hub.delivery.ask(
        "slash_commands",
        {
            "token": hub.credentials.verification_token,
            "team_id": workspace.id,
            "team_domain": workspace.domain,
            "channel_id": channel.id,
            "channel_name": "directmessage" if channel.kind == "im" else channel.name,
            "user_id": user.id,
            "user_name": user.name,
            "command": name,
            "text": text,
            "api_app_id": hub.credentials.app_id,
            "is_enterprise_install": "true" if installation.enterprise else "false",
            **({"enterprise_id": workspace.enterprise} if workspace.enterprise else {}),
            "response_url": url,
            "trigger_id": hub.trigger(user),
        },
    )
    if answer.get("text") or answer.get("blocks"):
        await respond(hub, pictures, url.rsplit("/", 1)[-1], answer)


async def respond(hub: Hub, pictures: Pictures, secret: str, body: Json) -> None:
    """Do what the app posts to a response_url.

    Raises:
        SlackError: `expired_url`, `used_url`, `no_text` or `invalid_blocks`.
    """
    target = hub.response_urls.get(secret)
    if target is None or hub.ids.now_s() - target.made_s > 30 * 60:
        raise SlackError("expired_url")
    if target.uses >= 5:
        raise SlackError("used_url")
    target.uses += 1
    channel, old = target.channel, target.message
    if body.get("delete_original"):
        if old:
            posting.remove(hub, channel, old)
        return
    blocks: list[Json] = body.get("blocks") or []
    if not (body.get("text") or blocks or body.get("attachments")):
        raise SlackError("no_text")
    await check_message_blocks(hub, pictures, hub.workspace(channel.team_id), blocks)
    content: Json = {
        "text": body.get("text", ""),
        "blocks": numbered(blocks, hub.ids.new),
        "attachments": body.get("attachments") or [],
    }
    if body.get("metadata"):
        content["metadata"] = body["metadata"]
    if body.get("replace_original") and old:
        posting.change(hub, channel, old, content, by=target.installation.bot_user)
        return
    in_channel = body.get("response_type") == "in_channel"
    thread_ts = body.get("thread_ts") or (target.thread_ts if not in_channel else None)
    posting.post(
        hub,
        Message(
            ts=hub.ids.ts(),
            channel=channel.id,
            team_id=channel.team_id,
            user=target.installation.bot_user,
            bot_id=target.installation.bot_id,
            app_id=hub.credentials.app_id,
            ephemeral_to=None if in_channel else target.user.id,
            thread_ts=thread_ts,
            **content,
        ),
    )


def find_element(blocks: list[Json], action_id: str, value: str | None = None, block_id: str | None = None) -> Json:
    """Return an interactive element of blocks, with the block_id that it is in.

    Raises:
        SlackError: `action_not_found`.
    """
    for block, _pointer in nested(blocks, ""):
        if block_id is not None and block.get("block_id") != block_id:
            continue
        inside: list[Any] = [block.get("accessory"), block.get("element")]
        inside += [*(block.get("elements") or []), *(block.get("actions") or [])]
        for element in inside:
            if not isinstance(element, dict) or element.get("action_id") != action_id:
                continue
            if value is None or value in _values(element):
                return element | {"block_id": block["block_id"]}
    raise SlackError("action_not_found", detail=f"No control {action_id!r} with value {value!r} in these blocks.")


def as_action(element: Json, value: Any = None) -> Json:
    """Return an element, and what a person chose in it, as `actions` of a payload reports it."""
    kind: str = element["type"]
    action: Json = {"type": kind, "action_id": element["action_id"], "block_id": element["block_id"]}
    if kind == "button":
        return action | {"text": element["text"]} | ({"value": element["value"]} if "value" in element else {})
    if kind == "feedback_buttons":
        chosen = next(
            element[side] for side in ("positive_button", "negative_button") if element[side]["value"] == value
        )
        return action | {"value": chosen["value"], "text": chosen["text"]}
    if kind == "icon_button":
        return action | {"value": element.get("value", ""), "icon": element["icon"]}
    return action | typed_value(element, value)


def typed_value(element: Json, value: Any) -> Json:
    """Return the value of an input as `view.state.values` holds it; `value` is plain: a string, a list, None."""
    kind: str = element["type"]
    options = element.get("options") or [
        option for group in element.get("option_groups") or [] for option in group["options"]
    ]
    by_value = {option["value"]: option for option in options}
    if kind == "overflow":
        return {"type": kind, "selected_option": by_value[value]}
    if kind in ("static_select", "radio_buttons"):
        return {"type": kind, "selected_option": by_value.get(value)}
    if kind in ("multi_static_select", "checkboxes"):
        return {"type": kind, "selected_options": [by_value[each] for each in value or []]}
    fields = {
        "users_select": "selected_user",
        "channels_select": "selected_channel",
        "conversations_select": "selected_conversation",
        "multi_users_select": "selected_users",
        "datepicker": "selected_date",
        "timepicker": "selected_time",
    }
    return {"type": kind, fields.get(kind, "value"): value}


def initial_state(blocks: list[Json]) -> Json:
    """Return `state.values` of blocks as they are first shown."""
    state: Json = {}
    for block, _pointer in nested(blocks, ""):
        elements = [block.get("element"), block.get("accessory"), *(block.get("elements") or [])]
        for element in elements:
            if not isinstance(element, dict) or element.get("type") in _STATELESS or "action_id" not in element:
                continue
            state.setdefault(block["block_id"], {})[element["action_id"]] = typed_value(element, _initial(element))
    return state


_STATELESS = ("button", "overflow", "image", "feedback_buttons", "icon_button", "mrkdwn", "plain_text")


def _initial(element: Json) -> Any:
    if element.get("initial_option"):
        return element["initial_option"]["value"]
    if element.get("initial_options"):
        return [option["value"] for option in element["initial_options"]]
    names = ("initial_value", "initial_user", "initial_users", "initial_channel", "initial_conversation")
    for name in (*names, "initial_date", "initial_time"):
        if element.get(name) is not None:
            return element[name]
    return [] if element["type"] in ("multi_static_select", "checkboxes") else None


def _values(element: Json) -> list[Any]:
    own = [element.get("value")]
    own += [element[side]["value"] for side in ("positive_button", "negative_button") if side in element]
    own += [option["value"] for option in element.get("options") or []]
    return own


def _channel(channel: Channel) -> Json:
    return {"id": channel.id, "name": "directmessage" if channel.kind == "im" else channel.name}
