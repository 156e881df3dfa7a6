"""`apps.connections.open`, `oauth.v2.access`: how the app gets its connection and its tokens."""

from playground.calls import Call, method
from playground.errors import Json, SlackError
from playground.hub import Hub, Installation


@method("apps.connections.open", caller="app")
async def open_connection(call: Call) -> Json:
    """Return a Socket Mode link that can be used once."""
    if not call.hub.manifest.socket_mode:
        raise SlackError("socket_mode_not_enabled")
    ticket = call.hub.ids.secret("")
    call.hub.tickets.add(ticket)
    return {"ok": True, "url": f"{call.hub.origin.replace('http', 'ws', 1)}/link/?ticket={ticket}"}


@method("oauth.v2.access", caller="none")
async def exchange(call: Call) -> Json:
    """Exchange a code, or a refresh token, for a bot token."""
    hub = call.hub
    if call.text("client_id") != hub.credentials.client_id:
        raise SlackError("invalid_client_id")
    if call.text("client_secret") != hub.credentials.client_secret:
        raise SlackError("bad_client_secret")
    if call.text("grant_type") == "refresh_token":
        refreshed = call.text("refresh_token")
        for installation in hub.installations.values():
            if refreshed and installation.refresh_token == refreshed and not installation.revoked:
                hub.rotate(installation)
                return granted(hub, installation)
        raise SlackError("invalid_refresh_token")
    team_id, scopes = hub.codes.pop(call.text("code"), ("", frozenset[str]()))
    if not team_id:
        raise SlackError("invalid_code")
    is_organisation = team_id not in hub.workspaces
    make = hub.install_org_wide if is_organisation else hub.install
    return granted(hub, make(team_id, scopes=scopes))


def granted(hub: Hub, installation: Installation) -> Json:
    """Return what `oauth.v2.access` answers for an installation."""
    workspace = hub.workspace(installation.team_id)
    installer = next(user for user in workspace.users.values() if user.bot_id is None)
    body: Json = {
        "ok": True,
        "access_token": installation.token,
        "token_type": "bot",
        "scope": ",".join(sorted(installation.scopes)),
        "bot_user_id": installation.bot_user,
        "app_id": hub.credentials.app_id,
        "team": None if installation.enterprise else {"id": workspace.id, "name": workspace.name},
        "enterprise": {"id": workspace.enterprise, "name": workspace.enterprise} if workspace.enterprise else None,
        "is_enterprise_install": bool(installation.enterprise),
        "authed_user": {"id": installer.id},
    }
    if installation.refresh_token and installation.expires_s is not None:
        left_s = int(installation.expires_s - hub.ids.now_s())
        body |= {"refresh_token": installation.refresh_token, "expires_in": left_s}
    return body
