"""`auth.*`, `users.*`, `bots.info`, `team.info`: who the app is, and whom it may know."""

from playground import events
from playground.calls import Call, method
from playground.errors import Json, SlackError


@method("auth.test", caller="any")
async def auth_test(call: Call) -> Json:
    """Return whose token this is."""
    hub = call.hub
    if call.installed is None:
        return {"ok": True, "app_name": hub.manifest.name, "app_id": hub.credentials.app_id}
    return {
        "ok": True,
        "url": f"{hub.origin}/",
        "team": call.workspace.name,
        "user": call.bot.name,
        "team_id": call.workspace.id,
        "user_id": call.bot.id,
        "bot_id": call.installation.bot_id,
        "enterprise_id": call.workspace.enterprise or None,
        "is_enterprise_install": bool(call.installation.enterprise),
    }


@method("auth.revoke")
async def revoke(call: Call) -> Json:
    """End the bot token; nothing is left of the installation."""
    if call.flag("test"):
        return {"ok": True, "revoked": False}
    call.installation.revoked = True
    events.app_removed(call.hub, call.installation.team_id, [call.bot.id])
    return {"ok": True, "revoked": True}


@method("apps.uninstall", caller="any")
async def uninstall(call: Call) -> Json:
    """Uninstall the app from the workspace of the token."""
    same_id = call.text("client_id") == call.hub.credentials.client_id
    if not same_id or call.text("client_secret") != call.hub.credentials.client_secret:
        raise SlackError("invalid_client_id" if not same_id else "bad_client_secret")
    call.installation.revoked = True
    events.app_removed(call.hub, call.installation.team_id, [call.bot.id])
    return {"ok": True}


@method("users.info", "users:read")
async def user_info(call: Call) -> Json:
    """Return a person, with the locale where it is asked for."""
    user = call.workspace.users.get(call.required("user"))
    if user is None:
        raise SlackError("user_not_found")
    return {"ok": True, "user": user.wire(with_locale=call.flag("include_locale"))}


@method("users.list", "users:read")
async def user_list(call: Call) -> Json:
    """Return everybody in the workspace."""
    with_locale = call.flag("include_locale")
    everybody = [user.wire(with_locale=with_locale) for user in call.workspace.users.values()]
    return {"ok": True, "members": everybody, "response_metadata": {"next_cursor": ""}}


@method("bots.info", "users:read")
async def bot_info(call: Call) -> Json:
    """Return a bot: the app's own where none is named."""
    wanted = call.text("bot") or call.installation.bot_id
    for user in call.workspace.users.values():
        if user.bot_id == wanted:
            app_id = call.hub.credentials.app_id
            bot = {"id": wanted, "deleted": False, "name": user.name, "app_id": app_id, "user_id": user.id}
            return {"ok": True, "bot": bot}
    raise SlackError("bot_not_found")


@method("team.info", "team:read")
async def team_info(call: Call) -> Json:
    """Return the workspace."""
    team = {"id": call.workspace.id, "name": call.workspace.name, "domain": call.workspace.domain}
    return {"ok": True, "team": team | {"email_domain": "", "icon": {"image_default": True}}}
