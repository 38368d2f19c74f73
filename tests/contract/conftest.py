"""The run's last words: what the contracts have that is not served yet."""

import pytest

from tests.contract.not_yet_served import not_yet_served


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.section("operations not yet served")
    for name, missing in not_yet_served().items():
        terminalreporter.line(f"{name}: {len(missing)}")
        for operation in missing:
            terminalreporter.line(f"  {operation.method:6} {operation.path}")
