"""A real HTTP server on loopback that serves what a test puts in it, and counts what it is asked."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TypeAlias

Answer: TypeAlias = tuple[int, Mapping[str, str], bytes]
"""Status, headers, body."""


@dataclass
class ShopServer:
    """Answers by path; a path may be given a function that answers each request anew."""

    url: str = ""
    pages: dict[str, Answer | Callable[[Mapping[str, str]], Answer]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    """Requests by path."""
    statuses: Counter[int] = field(default_factory=Counter)

    def serve(self, path: str, body: bytes, *, etag: str = "", content_type: str = "image/png") -> str:
        """Put a page there; with an ETag it is not sent again to who has it. Its link."""

        def answer(headers: Mapping[str, str]) -> Answer:
            if etag and headers.get("If-None-Match") == etag:
                return 304, {"ETag": etag}, b""
            return 200, {"Content-Type": content_type, **({"ETag": etag} if etag else {})}, body

        self.pages[path] = answer
        return self.url + path


@contextmanager
def shop_server() -> Iterator[ShopServer]:
    """A running server on a free port."""
    shop = ShopServer()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            shop.asked[self.path] += 1
            page = shop.pages.get(self.path, (404, {}, b"nothing here"))
            status, headers, body = page(dict(self.headers.items())) if callable(page) else page
            shop.statuses[status] += 1
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if "Content-Length" not in headers and "Transfer-Encoding" not in headers:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has there
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    shop.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield shop
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
