"""`views.*`: modals on a person's screen, and the Home tab."""

from playground.calls import Call, method
from playground.content import view_content
from playground.errors import Json, SlackError
from playground.hub import TRIGGER_LIFETIME_S, Hub, Trigger
from playground.workspace import View, Workspace

MOST_VIEWS = 3


@method("views.open")
async def open_view(call: Call) -> Json:
    """Open a modal for the person who has just clicked."""
    content = await view_content(call)
    if content["type"] != "modal":
        raise SlackError("invalid_arguments")
    trigger = _use(call)
    view = show(call.hub, call.workspace, trigger.user.id, content)
    return {"ok": True, "view": view.wire()}


@method("views.push")
async def push_view(call: Call) -> Json:
    """Put a modal on top of the one that the person has just clicked in."""
    content = await view_content(call)
    trigger = _use(call)
    top = stack(call.workspace, trigger.user.id)
    if not top:
        raise SlackError("not_found")
    if len(top) >= MOST_VIEWS:
        raise SlackError("push_limit_reached")
    view = show(call.hub, call.workspace, trigger.user.id, content, over=top[-1])
    return {"ok": True, "view": view.wire()}


@method("views.update")
async def update_view(call: Call) -> Json:
    """Replace the content of an open view."""
    content = await view_content(call)
    view = _named(call)
    if call.text("hash") and call.text("hash") != view.hash:
        raise SlackError("hash_conflict")
    replace(call.hub, view, content)
    return {"ok": True, "view": view.wire()}


@method("views.publish")
async def publish_view(call: Call) -> Json:
    """Set a person's Home tab."""
    content = await view_content(call)
    if content["type"] != "home":
        raise SlackError("invalid_arguments")
    if not call.hub.manifest.home_tab:
        raise SlackError("not_enabled")
    user_id = call.required("user_id")
    if user_id not in call.workspace.users:
        raise SlackError("user_not_found")
    key = (user_id, call.hub.credentials.app_id)
    view = call.workspace.homes.get(key)
    if view and call.text("hash") and call.text("hash") != view.hash:
        raise SlackError("hash_conflict")
    if view is None:
        view = _new_view(call.hub, call.workspace, user_id, content)
        call.workspace.homes[key] = view
    replace(call.hub, view, content)
    return {"ok": True, "view": view.wire()}


def stack(workspace: Workspace, user_id: str) -> list[View]:
    """Return a person's open modals, the lowest first."""
    return [view for view in workspace.views.values() if view.user == user_id]


def show(hub: Hub, workspace: Workspace, user_id: str, content: Json, *, over: View | None = None) -> View:
    """Put a modal on a person's screen: alone, or over another."""
    if over is None:
        for old in stack(workspace, user_id):
            del workspace.views[old.id]
    external_id = content.get("external_id")
    if external_id and any(view.content.get("external_id") == external_id for view in workspace.views.values()):
        raise SlackError("duplicate_external_id")
    view = _new_view(hub, workspace, user_id, content)
    if over:
        view.previous_view_id, view.root_view_id = over.id, over.root_view_id
    workspace.views[view.id] = view
    hub.tell("view", user=user_id, view=view.wire())
    return view


def replace(hub: Hub, view: View, content: Json) -> None:
    """Give a view new content and a new hash."""
    view.content = content
    view.hash = f"{hub.ids.ts()}.{hub.ids.secret('')[:8]}"
    hub.tell("home" if content["type"] == "home" else "view", user=view.user, view=view.wire())


def close(hub: Hub, workspace: Workspace, view: View, *, everything: bool = False) -> None:
    """Take a modal, or a person's whole stack, off the screen."""
    gone = stack(workspace, view.user) if everything else [view]
    for each in gone:
        workspace.views.pop(each.id, None)
    hub.tell("view_closed", user=view.user, views=[each.id for each in gone])


def _new_view(hub: Hub, workspace: Workspace, user_id: str, content: Json) -> View:
    view_id = hub.ids.new("V")
    return View(
        id=view_id,
        team_id=workspace.id,
        user=user_id,
        app_id=hub.credentials.app_id,
        bot_id=hub.installations[workspace.id].bot_id,
        content=content,
        hash=f"{hub.ids.ts()}.{hub.ids.secret('')[:8]}",
        root_view_id=view_id,
    )


def _use(call: Call) -> Trigger:
    trigger = call.hub.triggers.get(call.required("trigger_id"))
    if trigger is None or trigger.user.team_id != call.workspace.id:
        raise SlackError("invalid_trigger_id")
    if trigger.used:
        raise SlackError("exchanged_trigger_id")
    if call.hub.ids.now_s() - trigger.made_s > TRIGGER_LIFETIME_S:
        raise SlackError("expired_trigger_id")
    trigger.used = True
    return trigger


def _named(call: Call) -> View:
    homes = {view.id: view for view in call.workspace.homes.values()}
    everything = call.workspace.views | homes
    if view_id := call.text("view_id"):
        if view_id in everything:
            return everything[view_id]
    elif external_id := call.text("external_id"):
        for view in everything.values():
            if view.content.get("external_id") == external_id:
                return view
    raise SlackError("not_found")
