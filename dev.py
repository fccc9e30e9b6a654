"""Everything a newcomer or the build machine types: `python3 dev.py run | test | check | lock`.

Needs nothing but Python 3.11 or 3.12. The environment lives in `.venv`; a start that finds nothing to do installs nothing.
"""

import ctypes
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

SUPPORTED = ("3.11", "3.12")


def hand_over() -> int:
    """Starts this file again with a Python that fits; only syntax that old Pythons know above the guard below."""
    for version in SUPPORTED:
        for found in (["python" + version], ["py", "-" + version]):
            if shutil.which(found[0]) and subprocess.call([*found, "-c", ""], stderr=subprocess.DEVNULL) == 0:
                return subprocess.call([*found, __file__, *sys.argv[1:]])
    print("Jiesu needs Python 3.11 or 3.12; this is {}.{} and no other was found.".format(*sys.version_info))
    return 1


if ".".join(map(str, sys.version_info[:2])) not in SUPPORTED:
    sys.exit(hand_over())

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "jiesu.json"
LOCKS = ROOT / ".ci" / "locks"
MODELS = ("vosk-model-small-cn-0.22", "whisper-base", "kokoro-82m")
IN_PAIRS = (
    *(f"tests/integration/speech/test_{name}.py" for name in ("announcements", "bench", "engines", "voice")),
    *(f"tests/end_to_end/test_{name}.py" for name in ("installer", "trouble_centre", "trouble_store", "trouble_words")),
)
"""Of the two folders below, what reads sound from files or has a window of its own to wait for: no live sound, no exchange,
nothing that is measured against a clock or does less where the machine is busy. A file that is not named here runs alone."""
STAGES = (
    (
        "tests of parts",
        ["tests", "--ignore=tests/end_to_end", "--ignore=tests/integration/speech", "--numprocesses=3", "--dist=loadfile"],
    ),
    ("tests of models and of single windows", [*IN_PAIRS, "--numprocesses=2", "--dist=loadfile"]),
    (
        "tests of live speech and of the whole program",
        ["tests/integration/speech", "tests/end_to_end", *(f"--ignore={path}" for path in IN_PAIRS)],
    ),
)
"""Parts mostly wait for each other and for clocks (a third of a core each), so three files at a time; live recognition and the
whole program want the machine for themselves."""
RETRY_MODEL_S = 86_400
"""A model that could not be had is not asked for again at every start."""
NO_DISPLAY = (
    "No display: the console needs a desktop. Start it there, through `ssh -X`, "
    "or try it out with `apt-get install xvfb` and `xvfb-run -a python3 dev.py run`."
)


class Trouble(Exception):
    """Something that stops the command; its text is all the user needs."""


def say(text: str) -> None:
    print(text, flush=True)


# --- the environment -----------------------------------------------------------------------------------------------------


def read_stamp() -> dict[str, object]:
    try:
        stamp = json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(changes: dict[str, object]) -> None:
    STAMP.write_text(json.dumps(read_stamp() | changes, indent=1), "utf-8")


def fingerprint(lock: str) -> str:
    """What `.venv` is compared with: the hash of a lock and of what builds its few source packages."""
    return hashlib.sha256(b"".join((LOCKS / f"{name}.txt").read_bytes() for name in ("build", lock))).hexdigest()


def make_environment(lock: str) -> None:
    """Makes `.venv` hold exactly-hashed packages of the lock "run" or "test" (which holds "run"); does nothing when it does."""
    stamp = read_stamp()
    if stamp.get(lock) == fingerprint(lock) and is_alive(PYTHON):
        return
    make_venv()
    wanted = sum("==" in line for line in (LOCKS / f"{lock}.txt").read_text("utf-8").splitlines())
    say(f"Installing {wanted} packages into .venv; the first time takes some minutes.")
    begun = time.monotonic()
    failed = install("build", 1) or install(lock, wanted)
    if failed and lock not in stamp:
        raise Trouble(f"The packages could not be installed:\n{failed}\nIs the package registry within reach? Then try again.")
    if failed:
        say(f"The packages could not be brought up to date, so those from before are used:\n{failed}")
        return
    write_stamp({name: fingerprint(name) for name in ({"run", lock})})
    say(f"Packages installed in {time.monotonic() - begun:.0f} s.")


def is_alive(python: Path) -> bool:
    return python.exists() and subprocess.call([python, "-c", ""], stderr=subprocess.DEVNULL) == 0


def make_venv() -> None:
    if is_alive(PYTHON) and subprocess.call([PYTHON, "-c", "import pip"], stderr=subprocess.DEVNULL) == 0:
        return
    version = ".".join(map(str, sys.version_info[:2]))
    if subprocess.call([sys.executable, "-c", "import ensurepip, venv"], stderr=subprocess.DEVNULL) != 0:
        install_packages([f"python{version}-venv"])
    say(f"Making .venv with Python {version}.")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True, check=False)
    if made.returncode:
        hint = f"On Debian type: sudo apt-get install -y python{version}-venv"
        raise Trouble(f"The environment .venv could not be made:\n{last_lines(made.stdout + made.stderr)}\n{hint}")


def install(lock: str, wanted: int) -> str:
    """pip with hashes; returns "" or what went wrong. Source packages are built with the locked tools of `build.txt`."""
    command = [str(PYTHON), "-m", "pip", "install", "--no-deps", "--require-hashes", "--no-build-isolation", "--use-pep517"]
    command += ["--disable-pip-version-check", "--progress-bar", "off", "-r", str(LOCKS / f"{lock}.txt")]
    lines: list[str] = []
    seen = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8") as pip:
        for line in pip.stdout or ():
            lines.append(line)
            if line.startswith("Collecting ") and sys.stdout.isatty():
                seen += 1
                print(f"\r  {seen}/{wanted} {line.split()[1].partition('==')[0]:<40}", end="", flush=True)
    if seen:
        print("\r" + " " * 60, end="\r", flush=True)
    return last_lines("".join(lines)) if pip.returncode else ""


def last_lines(text: str, count: int = 12) -> str:
    return "\n".join(text.strip().splitlines()[-count:])


# --- system packages -----------------------------------------------------------------------------------------------------


def missing(purposes: tuple[str, ...]) -> list[dict[str, object]]:
    """The needs of `.ci/system.toml` for these purposes that this Linux system does not meet."""
    import tomllib

    needs = tomllib.loads((ROOT / ".ci" / "system.toml").read_text("utf-8"))["needs"]
    return [need for need in needs if set(purposes) & set(need["purposes"]) and not is_met(need)]


def is_met(need: dict[str, str]) -> bool:
    if "library" in need:
        try:
            ctypes.CDLL(need["library"])
        except OSError:
            return False
        return True
    if "program" in need:
        return shutil.which(need["program"], path=os.environ.get("PATH", os.defpath) + ":/usr/sbin:/sbin") is not None
    if "file" in need:
        return any(Path("/").glob(need["file"].lstrip("/")))
    return has_font(need["font"])


def has_font(language: str) -> bool:
    if not shutil.which("fc-list"):
        return any(Path("/usr/share/fonts").glob("**/*CJK*")) or any(Path("/usr/share/fonts").glob("**/wqy-*"))
    return bool(subprocess.run(["fc-list", f":lang={language}"], capture_output=True, check=False).stdout.strip())


def bring_system_packages(*purposes: str) -> None:
    """Installs what is missing where it may, else prints the line to type; raises Trouble when no window could open."""
    if not sys.platform.startswith("linux"):
        return
    lacking = missing(purposes)
    if lacking and install_packages([str(need["package"]) for need in lacking]):
        lacking = missing(purposes)
    for need in lacking:
        say(f"Without {need['package']} {need.get('without', 'the window cannot open')}.")
    if any(need.get("is_needed") for need in lacking):
        raise Trouble("The window cannot open before these libraries are there.")


def install_packages(packages: list[str]) -> bool:
    """Installs Debian packages as root; otherwise prints the one line to type and returns False."""
    names = " ".join(packages)
    if os.name == "nt" or os.geteuid() != 0 or not shutil.which("apt-get"):
        say(f"Please type once (names as in Debian): sudo apt-get install -y {names}")
        return False
    say(f"Installing system packages: {names}")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    options = ["-qq", "-o", "Dpkg::Use-Pty=0", "-o", "Acquire::Retries=3"]
    install = ["apt-get", *options, "install", "-y", "--no-install-recommends", *packages]
    for command in (["apt-get", *options, "update"], install):
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", check=False
        )
    if done.returncode:
        say(f"They could not be installed:\n{last_lines(done.stdout + done.stderr)}\nType later: apt-get install -y {names}")
    return done.returncode == 0


# --- speech models -------------------------------------------------------------------------------------------------------


def bring_models() -> None:
    """Installs the speech models that are missing; a model that cannot be had costs one sentence and nothing else."""
    refused = read_stamp().get("refused")
    refused = refused if isinstance(refused, dict) else {}
    models = Path(os.environ.get("JIESU_MODELS") or ROOT / "speech_models")
    for name in MODELS:
        if (models / name / "installed.json").is_file() or time.time() - refused.get(name, 0) < RETRY_MODEL_S:
            continue
        say(f"Bringing the speech model {name}.")
        if subprocess.call([PYTHON, "-m", "app.speech", "models", "install", name], cwd=ROOT, stdin=subprocess.DEVNULL):
            refused[name] = time.time()
            say(f"The speech model {name} could not be had now; everything else works. It is tried again tomorrow.")
        else:
            refused.pop(name, None)
    write_stamp({"refused": refused})


# --- the commands --------------------------------------------------------------------------------------------------------


def has_display() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    if os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in ("offscreen", "minimal", "vnc"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run(arguments: list[str]) -> int:
    """The console with an embedded centre and the practice exchange; further arguments go to the console."""
    if not has_display():
        say(NO_DISPLAY)
        return 2
    make_environment("run")
    bring_system_packages("run")
    bring_models()
    command = [str(PYTHON), "-m", "ui", *arguments]
    os.chdir(ROOT)
    if os.name != "nt":
        os.execv(command[0], command)
    return subprocess.call(command)


def check(_: list[str]) -> int:
    """Everything that tools can hold: format, lint, types, imports."""
    make_environment("test")
    scripts = PYTHON.parent
    steps: tuple[tuple[str, list[object]], ...] = (
        ("format", [PYTHON, "-m", "ruff", "format", "--check", "."]),
        ("lint", [PYTHON, "-m", "ruff", "check", "."]),
        ("types", [PYTHON, "-m", "mypy"]),
        ("imports", [scripts / "lint-imports"]),
    )
    failed = [name for name, command in steps if step(name, command)]
    return report(failed)


def step(name: str, command: list[object], **environment: str) -> int:
    begun = time.monotonic()
    say(f"--- {name}")
    code = subprocess.call([str(part) for part in command], cwd=ROOT, env=os.environ | environment, stdin=subprocess.DEVNULL)
    say(f"--- {name}: {'ok' if code == 0 else f'failed ({code})'} in {time.monotonic() - begun:.0f} s")
    return code


def report(failed: list[str]) -> int:
    say(f"FAILED: {', '.join(failed)}" if failed else "All is well.")
    return 1 if failed else 0


def test(arguments: list[str]) -> int:
    """Every test, after `check`; with arguments only `pytest ARGUMENTS`."""
    make_environment("test")
    bring_system_packages("run", "test")
    bring_models()
    failed = [] if arguments else ["check"] * check([])
    bring_exchange()
    for name, chosen in [("tests", arguments)] if arguments else STAGES:
        if step(name, [PYTHON, "-m", "pytest", *chosen], QT_QPA_PLATFORM="offscreen"):
            failed.append(name)
    return report(failed)


def bring_exchange() -> None:
    """The telephone exchange of the tests, a Debian 11 folder with Asterisk: some minutes the first time, only as root."""
    if os.name == "nt" or os.geteuid() != 0:
        say("Tests that need a telephone exchange are skipped: they need root.")
        return
    say("Looking after the test exchange; the first time takes some minutes.")
    made = subprocess.run([PYTHON, "-m", "tests.exchange", "install"], cwd=ROOT, capture_output=True, text=True, check=False)
    if made.returncode:
        say(f"Tests that need a telephone exchange are skipped:\n{last_lines(made.stdout + made.stderr)}")


def lock(_: list[str]) -> int:
    """Resolves the packages of pyproject.toml anew: `.ci/locks/{build,test,run}.txt`, for Linux and Windows, with hashes."""
    if not (VENV / "bin" / "uv").exists() and not (VENV / "Scripts" / "uv.exe").exists():
        make_environment("test")
    uv = [PYTHON, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--upgrade", "--python-version", SUPPORTED[0]]
    uv += ["--fork-strategy", "fewest", "--generate-hashes", "--no-emit-index-url", "--no-annotate"]
    uv += ["--custom-compile-command", "python3 dev.py lock"]
    build, run_lock, test_lock = (LOCKS / f"{name}.txt" for name in ("build", "run", "test"))
    jobs: tuple[list[object], ...] = (
        [*uv, "pyproject.toml", "-o", run_lock],
        [*uv, "pyproject.toml", "--group", "test", "-c", run_lock, "-o", test_lock],
        [*uv, ROOT / ".ci" / "build.in", "-o", build],
    )
    return report([str(job[-1]) for job in jobs if subprocess.call([str(part) for part in job], cwd=ROOT)])


COMMANDS = {"run": run, "test": test, "check": check, "lock": lock}


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in COMMANDS:
        say(__doc__ or "")
        say("\n".join(f"  {name:6} {command.__doc__}" for name, command in COMMANDS.items()))
        return 0 if arguments and arguments[0] in ("-h", "--help") else 2
    try:
        return COMMANDS[arguments[0]](arguments[1:])
    except Trouble as trouble:
        say(str(trouble))
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
