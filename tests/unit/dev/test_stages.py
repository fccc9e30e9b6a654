"""The stages of `dev.py test`: each file runs in exactly one, and what needs an exchange never in pairs with a window."""

from itertools import chain
from pathlib import Path

import dev

ROOT = Path(dev.__file__).parent


def files_of(arguments: list[str]) -> list[str]:
    """The test files that pytest would take of these arguments."""
    left_out = [ROOT / part.removeprefix("--ignore=") for part in arguments if part.startswith("--ignore=")]
    found = chain.from_iterable(
        [ROOT / part] if part.endswith(".py") else (ROOT / part).rglob("test_*.py")
        for part in arguments
        if not part.startswith("--")
    )
    return [str(path.relative_to(ROOT)) for path in found if not any(path.is_relative_to(other) for other in left_out)]


def test_every_test_file_runs_in_exactly_one_stage() -> None:
    run = sorted(chain.from_iterable(files_of(arguments) for _, arguments in dev.STAGES))

    assert run == sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests").rglob("test_*.py"))


def test_what_runs_in_pairs_with_windows_is_there_and_has_no_exchange() -> None:
    for path in dev.IN_PAIRS:
        text = (ROOT / path).read_text("utf-8")

        assert "mark.pbx" not in text and "Exchange" not in text, path
