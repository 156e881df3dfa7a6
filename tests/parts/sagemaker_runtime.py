"""SageMaker's runtime service on loopback: `/endpoints/NAME/invocations` is passed on to a server's `/invocations`.

An error of the container becomes what the service makes of it: 424 `ModelError` with `OriginalStatusCode`.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import boto3
import httpx
from botocore.config import Config
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from inference.sagemaker import runtime_config
from tests.parts.served import served

Fault = Callable[[str], Response | None]
"""An endpoint's name in, the service's own error instead of the container's answer out; None lets the request pass."""


def service_error(status: int, code: str, message: str = "") -> Response:
    """An error as AWS's JSON services send it."""
    return JSONResponse({"Message": message or code}, status, headers={"x-amzn-ErrorType": code})


@contextmanager
def sagemaker_runtime(containers: Mapping[str, str], fault: Fault | None = None) -> Iterator[str]:
    """Its address, for a client's `endpoint_url`.

    Args:
        containers: an endpoint's name -> address of the server behind it.
        fault: asked before each request is passed on.
    """
    with httpx.Client(timeout=60, trust_env=False) as inner:

        def invoke(name: str, body: bytes, headers: dict[str, str]) -> Response:
            if fault is not None and (error := fault(name)) is not None:
                return error
            if name not in containers:
                return service_error(400, "ValidationError", f"Endpoint {name} of account 123456789012 not found.")
            answer = inner.post(f"{containers[name]}/invocations", content=body, headers=headers)
            if answer.status_code != 200:
                told = {
                    "ErrorCode": "CLIENT_ERROR_FROM_MODEL" if answer.status_code < 500 else "SERVER_ERROR_FROM_MODEL",
                    "Message": f"Received error ({answer.status_code}) from primary with message",
                    "OriginalMessage": answer.text,
                    "OriginalStatusCode": answer.status_code,
                    "LogStreamArn": "",
                }
                return JSONResponse(told, 424, headers={"x-amzn-ErrorType": "ModelError"})
            return Response(answer.content, media_type=answer.headers.get("content-type"))

        async def answer(request: Request) -> Response:
            headers = {
                "content-type": request.headers.get("content-type", "application/octet-stream"),
                "accept": request.headers.get("accept", "*/*"),
            }
            return await run_in_threadpool(invoke, request.path_params["name"], await request.body(), headers)

        with served(Starlette(routes=[Route("/endpoints/{name}/invocations", answer, methods=["POST"])])) as address:
            yield address


def runtime_client(address: str, config: Config | None = None) -> Any:  # its stub takes a TypedDict, no port does
    """A client of it, with the settings that the product uses."""
    return boto3.client(
        "sagemaker-runtime",
        endpoint_url=address,
        region_name="eu-west-1",
        aws_access_key_id="local",
        aws_secret_access_key="local",
        config=config or runtime_config(),
    )
