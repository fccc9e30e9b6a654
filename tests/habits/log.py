"""A warning or error in the log that no test declared fails that test.

A test that means to provoke one says so: `@pytest.mark.expects_log("pattern")` (must come) or
`@pytest.mark.allows_log("pattern")` (may come). Patterns are regular expressions searched in "LEVEL logger: message".
The fixture `expects_log` does the same from inside a test.
"""

import logging
import re
from collections.abc import Callable, Iterator

import pytest

ExpectLog = Callable[[str], None]


class Watch(logging.Handler):
    """Keeps every warning and worse, from any thread."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self.expected: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "expects_log(*patterns): the test must log a warning or worse that each pattern finds")
    config.addinivalue_line("markers", "allows_log(*patterns): the test may log warnings or worse that a pattern finds")


@pytest.fixture(autouse=True)
def quiet_log(request: pytest.FixtureRequest) -> Iterator[Watch]:
    watch = Watch()
    logging.getLogger().addHandler(watch)
    yield watch
    logging.getLogger().removeHandler(watch)
    expected = [*watch.expected, *_marked(request.node, "expects_log")]
    allowed = [*expected, *_marked(request.node, "allows_log")]
    messages = [f"{record.levelname} {record.name}: {record.getMessage()}" for record in watch.records]
    surprises = [message for message in messages if not any(re.search(pattern, message) for pattern in allowed)]
    absent = [pattern for pattern in expected if not any(re.search(pattern, message) for message in messages)]
    if surprises:
        pytest.fail("unexpected in the log:\n  " + "\n  ".join(surprises), pytrace=False)
    if absent:
        pytest.fail(f"never came in the log: {absent}", pytrace=False)


@pytest.fixture
def expects_log(quiet_log: Watch) -> ExpectLog:
    """Call it with a pattern that must be found in a warning of this test."""
    return quiet_log.expected.append


def _marked(node: pytest.Item, name: str) -> list[str]:
    return [pattern for mark in node.iter_markers(name) for pattern in mark.args]
