"""The shape of the repository that no other tool holds: top level, file length, names, and a place for every library."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

from app import VERSION

ROOT = Path(__file__).resolve().parents[2]
TOP = {
    *("app", "ui", "resources", "speech_models", "tests", "docs", ".ci"),
    *("pyproject.toml", "build_installer.spec", "dev.py", "LICENSE", "README.md", "README.zh-CN.md", ".gitignore", ".git"),
}
MAX_LINES = 400
EMPTY_WORDS = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc"}
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
SOURCES = [*(ROOT / "app").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]
EVERY_FILE = [*SOURCES, *(ROOT / "tests").rglob("*.py"), ROOT / "dev.py", ROOT / "build_installer.spec"]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def ignored_names() -> set[str]:
    lines = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    return {line.strip("/") for line in lines if line.endswith("/") and "/" not in line.strip("/")}


def test_the_top_level_is_what_the_design_fixes() -> None:
    found = {path.name for path in ROOT.iterdir()} - ignored_names()

    assert found - TOP == set()


@pytest.mark.parametrize("name", ["app", "ui", "tests", "resources", "speech_models", "docs"])
def test_no_file_is_named_by_an_empty_word(name: str) -> None:
    parts = [path for path in (ROOT / name).rglob("*") if "__pycache__" not in path.parts]

    assert [relative(path) for path in parts if set(re.split(r"[_.]", path.name.lower())) & EMPTY_WORDS] == []


def test_no_file_is_too_long_to_have_one_subject() -> None:
    lengths = {relative(path): len(path.read_text("utf-8").splitlines()) for path in EVERY_FILE}

    assert {path: length for path, length in lengths.items() if length > MAX_LINES} == {}


def test_every_file_names_its_subject() -> None:
    silent = [
        path
        for path in SOURCES
        if path.read_text("utf-8").strip() and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]

    assert [relative(path) for path in silent] == []


def test_every_library_has_a_room() -> None:
    """A library is imported by one room (an import-linter contract) or is named among those all rooms may import."""
    rooms = {
        name
        for contract in PYPROJECT["tool"]["importlinter"]["contracts"]
        if contract["type"] == "protected"
        for name in contract["protected_modules"]
    }
    known = rooms | set(PYPROJECT["tool"]["jiesu"]["libraries"]) | set(sys.stdlib_module_names) | {"app", "ui"}

    assert {f"{relative(path)} imports {name}" for path in SOURCES for name in imported(path) if name not in known} == set()


def test_every_module_of_app_has_a_place_in_the_import_line() -> None:
    layers = PYPROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
    placed = {name.strip() for layer in layers for name in layer.split("|")}
    modules = {
        f"app.{path.stem}" for path in (ROOT / "app").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }

    assert modules - placed - {"app.__init__"} == set()


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add((node.module or "").partition(".")[0])
    return names


def test_program_and_package_say_the_same_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    assert project["project"]["version"] == VERSION
