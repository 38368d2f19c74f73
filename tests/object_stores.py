"""A server that speaks S3, for what is to work with an object store as with a folder."""

from collections.abc import Generator
from contextlib import contextmanager

import httpx
from moto.server import ThreadedMotoServer

BUCKET = "rolecall-tests"


@contextmanager
def s3_server() -> Generator[dict[str, str]]:
    """The variables that lead to the server's one bucket, as an operator would set them; it stops with the block."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    httpx.put(f"{endpoint}/{BUCKET}").raise_for_status()
    try:
        yield {
            "AWS_ENDPOINT_URL": endpoint,
            "AWS_ALLOW_HTTP": "true",
            "AWS_ACCESS_KEY_ID": "of-the-tests",
            "AWS_SECRET_ACCESS_KEY": "of-the-tests",
            "AWS_REGION": "us-east-1",
        }
    finally:
        server.stop()
