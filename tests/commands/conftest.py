from pathlib import Path

import pytest

from tests.terminal import Terminal, environment


@pytest.fixture
def terminal(database_url: str, tmp_path: Path) -> Terminal:
    """A terminal whose commands use the tests' database."""
    return Terminal(environment(database_url, tmp_path))
