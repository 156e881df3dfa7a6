"""Run by the toolkit's interpreter: `HandlerService` behind plain HTTP, one request at a time, as its worker is."""

import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from sagemaker_pytorch_serving_container.handler_service import HandlerService


class Properties:
    def __init__(self, headers: dict[str, str]) -> None:
        self._headers = headers

    def get_request_properties(self) -> dict[str, str]:
        return self._headers


class Context:
    """What TorchServe hands a handler, as far as the toolkit reads it."""

    def __init__(self, model_dir: str) -> None:
        self.system_properties = {"model_dir": model_dir}
        self.request_processor: list[Properties] = [Properties({})]
        self.status = 200
        self.content_type = ""

    def set_response_status(self, code: int = 200, phrase: str = "", idx: int = 0) -> None:
        self.status = code

    def set_response_content_type(self, idx: int, value: str) -> None:
        self.content_type = value


def main(model_dir: str, port: int) -> None:
    context = Context(model_dir)
    service: Any = HandlerService()
    service.initialize(context)
    turn = threading.Lock()  # connections that are kept open must not keep others out

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # one packet an answer: Nagle's wait would cost 45 ms

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", "0")))
            headers = {"Content-Type": self.headers.get("content-type", ""), "Accept": self.headers.get("accept", "")}
            with turn:
                context.request_processor[0] = Properties(headers)
                context.status = 200
                answer = service.handle([{"body": bytearray(body)}], context)[0]
                status, content_type = context.status, context.content_type or "text/plain"
            data = answer.encode() if isinstance(answer, str) else bytes(answer)
            self.send_response(status)
            self.send_header("content-type", content_type)
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
            self.wfile.flush()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()


main(sys.argv[1], int(sys.argv[2]))
