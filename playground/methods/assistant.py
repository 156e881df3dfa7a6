"""`assistant.threads.*`: what the app is doing, what it suggests, what a conversation is called."""

from playground import posting
from playground.calls import Call, method
from playground.errors import Json, SlackError


@method("assistant.threads.setStatus", "assistant:write", "chat:write")
async def set_status(call: Call) -> Json:
    """Show a status in a thread until the app posts, or for two minutes."""
    channel = call.channel("channel_id")
    messages = call.json("loading_messages") or []
    if not isinstance(messages, list) or len(messages) > 10:
        raise SlackError("invalid_arguments")
    status = {
        "status": call.text("status"),
        "loading_messages": messages,
        "until_s": call.hub.ids.now_s() + 120,
    }
    posting.set_status(call.hub, channel.id, call.required("thread_ts"), status)
    return {"ok": True}


@method("assistant.threads.setSuggestedPrompts", "assistant:write")
async def set_prompts(call: Call) -> Json:
    """Offer up to four questions in a direct message."""
    channel = call.channel("channel_id")
    prompts = call.json("prompts")
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= 4:
        raise SlackError("invalid_arguments")
    if not all(isinstance(each, dict) and each.get("title") and each.get("message") for each in prompts):
        raise SlackError("invalid_arguments")
    if call.text("thread_ts"):
        return {"ok": True}  # with agent_view Slack accepts the call and shows nothing
    call.hub.prompts[channel.id] = {"title": call.text("title"), "prompts": prompts}
    call.hub.tell("prompts", channel=channel.id, **call.hub.prompts[channel.id])
    return {"ok": True}


@method("assistant.threads.setTitle", "assistant:write")
async def set_title(call: Call) -> Json:
    """Name a conversation."""
    channel = call.channel("channel_id")
    channel.assistant_title = call.required("title")
    return {"ok": True}
