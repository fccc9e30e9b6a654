"""Brings the translation up to date: python -m tests.translate [--check].

Without --check: reads every text of the program into resources/i18n/zh_CN.ts (new ones stay unfinished until somebody
translates them) and compiles zh_CN.qm. With --check: changes nothing, says what is missing, and exits with 1.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

import PySide6

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "i18n"
LANGUAGE = "zh_CN"
_QT = Path(PySide6.__file__).resolve().parent


def sources() -> list[Path]:
    """Every file that holds text for the screen."""
    return [*sorted((ROOT / "ui").rglob("*.py")), ROOT / "app" / "setting_list.py"]


def extract(ts: Path) -> None:
    """Brings the .ts up to date with the sources; what is no longer used is dropped."""
    options = ["-no-obsolete", "-locations", "none", "-tr-function-alias", "QT_TRANSLATE_NOOP+=_t", "-silent"]
    _run("lupdate", *map(str, sources()), *options, "-target-language", LANGUAGE, "-ts", str(ts))


def compile_to(ts: Path, qm: Path) -> None:
    _run("lrelease", "-silent", str(ts), "-qm", str(qm))


def unfinished(ts: Path) -> list[str]:
    """The texts without a finished translation, as "context: text"."""
    found = []
    for context in ET.parse(ts).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None or translation.get("type") or not (translation.text or "").strip():
                found.append(f"{context.findtext('name')}: {message.findtext('source')}")
    return found


def texts(ts: Path) -> dict[tuple[str, str], str]:
    """Every text by context and English."""
    return {
        (context.findtext("name") or "", message.findtext("source") or ""): message.findtext("translation") or ""
        for context in ET.parse(ts).getroot().iter("context")
        for message in context.iter("message")
    }


def shortcomings() -> list[str]:
    """What is wrong with the committed translation: texts missing, left over or unfinished, or a stale .qm."""
    ts, qm = FOLDER / f"{LANGUAGE}.ts", FOLDER / f"{LANGUAGE}.qm"
    with tempfile.TemporaryDirectory() as name:
        fresh, compiled = Path(name) / ts.name, Path(name) / qm.name
        shutil.copyfile(ts, fresh)
        extract(fresh)
        compile_to(ts, compiled)
        kept, wanted = texts(ts).keys(), texts(fresh).keys()
        wrong = [f"missing: {': '.join(key)}" for key in sorted(wanted - kept)]
        wrong += [f"no longer used: {': '.join(key)}" for key in sorted(kept - wanted)]
        wrong += [f"unfinished: {text}" for text in unfinished(ts)]
        if not qm.is_file() or qm.read_bytes() != compiled.read_bytes():
            wrong.append(f"{qm.name} is not what {ts.name} compiles to")
    return wrong


def _run(tool: str, *arguments: str) -> None:
    """Runs one of PySide6's own tools, which lie beside its modules."""
    name = _QT / (f"{tool}.exe" if sys.platform == "win32" else tool)
    subprocess.run([str(name), *arguments], check=True, cwd=ROOT, timeout=120)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    if not parser.parse_args().check:
        FOLDER.mkdir(parents=True, exist_ok=True)
        extract(FOLDER / f"{LANGUAGE}.ts")
        compile_to(FOLDER / f"{LANGUAGE}.ts", FOLDER / f"{LANGUAGE}.qm")
    wrong = shortcomings()
    print("\n".join(wrong) or "the translation is complete")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
