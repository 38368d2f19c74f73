from pathlib import Path

import pytest

from tests.terminal import environment


@pytest.fixture
def surroundings(database_url: str, tmp_path: Path) -> dict[str, str]:
    """The environment of a server that uses the tests' database."""
    return environment(database_url, tmp_path)
