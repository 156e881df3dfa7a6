"""The page where a person allows the app -> a code, carried back to the app's redirect URL."""

import html
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from playground.errors import SlackError
from playground.hub import Hub


class OAuthPage:
    """The route `/oauth/v2/authorize`: GET shows what the app asks for, POST allows it."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def routes(self) -> list[Route]:
        """Return the routes for Starlette."""
        return [Route("/oauth/v2/authorize", self._page, methods=["GET", "POST"])]

    async def _page(self, request: Request) -> Response:
        query = dict(request.query_params)
        try:
            teams = self._asked(query)
        except SlackError as error:
            return _page(f"<h1>Something went wrong</h1><p>{html.escape(error.code)}</p>", status=400)
        if request.method == "POST":
            wanted = query.get("team") or next(iter(teams))
            target = html.escape(approve(self._hub, query, wanted))
            return _page(f'<h1>Allowed</h1><p><a id="continue" href="{target}">Continue to the app</a></p>')
        scopes = "".join(f"<li>{html.escape(each)}</li>" for each in query.get("scope", "").split(",") if each)
        forms = "".join(
            f'<form method="post" action="?{html.escape(urlencode(query | {"team": team_id}))}">'
            f"<button>Allow in {html.escape(name)}</button></form>"
            for team_id, name in teams.items()
        )
        return _page(f"<h1>{html.escape(self._hub.manifest.name)} asks for</h1><ul>{scopes}</ul>{forms}")

    def _asked(self, query: dict[str, str]) -> dict[str, str]:
        """Return the workspaces in question: team id -> name."""
        check(self._hub, query)
        return {each.id: each.name for each in self._hub.workspaces.values() if query.get("team", each.id) == each.id}


def check(hub: Hub, query: dict[str, str]) -> None:
    """Refuse a request that Slack would refuse.

    Raises:
        SlackError: `invalid_client_id`, `bad_redirect_uri` or `invalid_scope`.
    """
    if query.get("client_id") != hub.credentials.client_id:
        raise SlackError("invalid_client_id")
    redirect = query.get("redirect_uri", "")
    allowed = hub.manifest.redirect_urls
    if redirect and allowed and not redirect.startswith(allowed):
        raise SlackError("bad_redirect_uri")
    if urlsplit(redirect or (allowed[0] if allowed else "")).scheme not in ("http", "https"):
        raise SlackError("bad_redirect_uri")
    scopes = {each for each in query.get("scope", "").split(",") if each}
    if not scopes or scopes - hub.manifest.scopes:
        raise SlackError("invalid_scope")


def approve(hub: Hub, query: dict[str, str], team_id: str) -> str:
    """Allow the app in a workspace or an organisation; return where Slack sends the browser: the redirect with a code.

    Raises:
        SlackError: `invalid_client_id`, `bad_redirect_uri`, `invalid_scope` or `invalid_team`.
    """
    check(hub, query)
    if team_id not in hub.workspaces and team_id not in {each.enterprise for each in hub.workspaces.values()}:
        raise SlackError("invalid_team")
    code = hub.ids.secret("")
    hub.codes[code] = (team_id, frozenset(each for each in query["scope"].split(",") if each))
    redirect = query.get("redirect_uri") or hub.manifest.redirect_urls[0]
    separator = "&" if "?" in redirect else "?"
    return f"{redirect}{separator}{urlencode({'code': code, 'state': query.get('state', '')})}"


def _page(body: str, *, status: int = 200) -> HTMLResponse:
    page = f'<!DOCTYPE html><html lang="en"><head><title>Allow an app</title></head><body>{body}</body></html>'
    return HTMLResponse(page, status_code=status)
