import pytest

from rolecall.processes.listening import AddressTaken, listen, with_address
from rolecall.settings import Settings


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("localhost", "localhost"),
        ("0.0.0.0", "localhost"),
        ("::1", "[::1]"),
        ("::", "localhost"),
    ],
)
def test_the_base_url_names_the_port_that_was_taken(host: str, name: str):
    try:
        listening = listen(host, 0)
    except AddressTaken:
        pytest.skip(f"{host} cannot be listened at here")
    with listening:
        port = listening.getsockname()[1]
        settings = with_address(Settings(host=host, port=0, base_url=None), listening)
    assert settings.port == port
    assert settings.public_url == f"http://{name}:{port}"
    assert settings.jobs_url == f"http://{name}:{port}/jobs"


def test_a_base_url_that_is_set_stays():
    with listen("127.0.0.1", 0) as listening:
        settings = with_address(Settings(base_url="https://api.example.com/"), listening)
    assert settings.public_url == "https://api.example.com"
