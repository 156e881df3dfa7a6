"""An httpx transport that connects to public addresses only, and to the very address that it checked.

A name is resolved once, when a connection is opened; every address it has must be public, and the connection goes to
one of them. The name itself stays in the Host header, in SNI and in the certificate's check. A redirect is a new
request through the same transport, so every hop is checked.
"""

import ipaddress
import socket
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore
import httpx

_CLOUD_METADATA = {ipaddress.ip_address("168.63.129.16")}  # Azure's, which looks public
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class PrivateAddress(httpx.TransportError):
    """A link leads to an address that is not public; nothing was sent there."""


def is_public(address: str) -> bool:
    """True for an address on the public internet, whatever form it is written in; IPv4 inside IPv6 is looked into."""
    ip: Address = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in _NAT64:
            inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        found = [embedded for embedded in inner if embedded is not None]
        if found:
            return all(is_public(str(embedded)) for embedded in found)
        if int(ip) < 1 << 33 or ip.is_site_local:  # `::a.b.c.d`, the old way to write IPv4
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified) and ip not in _CLOUD_METADATA


def public_addresses(host: str, port: int) -> list[str]:
    """All addresses of a host.

    Raises:
        PrivateAddress: one of them is not public.
        httpcore.ConnectError: the host has none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"the host {host} is not known") from error
    addresses = list(dict.fromkeys(str(info[4][0]) for info in found))
    if not addresses or not all(is_public(address) for address in addresses):
        raise PrivateAddress(f"{host} is not a public address")
    return addresses


class _PublicOnly(httpcore.NetworkBackend):
    """Opens connections to public addresses only."""

    def __init__(self) -> None:
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        *others, last = public_addresses(host, port)
        for address in others:
            try:
                return self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._inner.connect_tcp(last, port, timeout, local_address, socket_options)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        raise PrivateAddress(f"{path} is not a public address")

    def sleep(self, seconds: float) -> None:
        self._inner.sleep(seconds)


class PublicTransport(httpx.BaseTransport):
    """An httpx transport whose connections go to public addresses only. Thread-safe."""

    def __init__(self, *, max_connections: int = 32) -> None:
        """Open nothing yet."""
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl_context(),
            max_connections=max_connections,
            max_keepalive_connections=max_connections,
            keepalive_expiry=15.0,
            network_backend=_PublicOnly(),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        asked = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=request.stream if isinstance(request.stream, httpx.SyncByteStream) else None,
            extensions=request.extensions,
        )
        with _as_httpx(request):
            answer = self._pool.handle_request(asked)
        stream = answer.stream if isinstance(answer.stream, Iterable) else ()
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Stream(stream, request, answer.close),
            extensions=dict(answer.extensions),
        )

    def close(self) -> None:
        self._pool.close()


class _Stream(httpx.SyncByteStream):
    def __init__(self, parts: Iterable[bytes], request: httpx.Request, close: Any) -> None:
        self._parts, self._request, self._close = parts, request, close

    def __iter__(self) -> Iterator[bytes]:
        with _as_httpx(self._request):
            yield from self._parts

    def close(self) -> None:
        self._close()


def ssl_context() -> ssl.SSLContext:
    """Certificates checked as httpx checks them."""
    return httpx.create_ssl_context(trust_env=False)


@contextmanager
def _as_httpx(request: httpx.Request) -> Iterator[None]:
    """Errors of httpcore as httpx's, for callers that know only those."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise httpx.ReadTimeout(str(error), request=request) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
        raise httpx.ReadError(str(error), request=request) from error
