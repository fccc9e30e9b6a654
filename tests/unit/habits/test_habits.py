"""The habits themselves: each fails the test that breaks it, and only that one."""

import os
import sys
import textwrap
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def outcome(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> "Outcome":
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # the habits need none of them; each start is thrice as fast
    return Outcome(pytester)


class Outcome:
    """Runs a file of tests in a pytest of its own under our habits."""

    def __init__(self, pytester: pytest.Pytester) -> None:
        self._pytester = pytester
        pytester.makeconftest((ROOT / "tests" / "conftest.py").read_text("utf-8"))

    def of(self, source: str) -> pytest.RunResult:
        self._pytester.makepyfile(textwrap.dedent(source))
        return self._pytester.runpytest_subprocess(
            "-p", "no:cacheprovider", "-p", "no:pytest-qt", "--strict-markers", "-rs", timeout=60
        )


def test_a_quiet_test_passes(outcome: Outcome) -> None:
    result = outcome.of("def test_nothing(): assert True")

    result.assert_outcomes(passed=1)


def test_an_undeclared_warning_in_the_log_fails(outcome: Outcome) -> None:
    result = outcome.of("""
        import logging, threading
        def test_warns():
            thread = threading.Thread(target=logging.getLogger("app.some").warning, args=("the %s is gone", "headset"))
            thread.start()
            thread.join()
    """)

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*unexpected in the log*", "*WARNING app.some: the headset is gone*"])


def test_a_declared_warning_passes_and_is_missed_when_it_does_not_come(outcome: Outcome) -> None:
    result = outcome.of("""
        import logging, pytest
        @pytest.mark.expects_log("headset is gone")
        def test_marked(): logging.warning("the headset is gone")
        def test_told(expects_log):
            expects_log("centre")
            logging.error("the centre is down")
        @pytest.mark.allows_log("maybe")
        def test_may(): pass
        @pytest.mark.expects_log("headset")
        def test_never_came(): pass
    """)

    result.assert_outcomes(passed=4, errors=1)
    result.stdout.fnmatch_lines(["*ERROR at teardown of test_never_came*", "*never came in the log*headset*"])


@pytest.mark.parametrize("daemon", [True, False])
def test_a_thread_that_outlives_its_test_fails_it(outcome: Outcome, daemon: bool) -> None:
    result = outcome.of(f"""
        import threading, time
        def test_leaks():
            threading.Thread(target=time.sleep, args=(6,), name="forgotten", daemon={daemon}).start()
        def test_next(): pass
    """)

    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["*ERROR at teardown of test_leaks*", f"*thread forgotten (daemon={daemon})*"])


def test_a_thread_that_is_just_ending_does_not(outcome: Outcome) -> None:
    result = outcome.of("""
        import threading, time
        def test_ends(): threading.Thread(target=time.sleep, args=(0.3,)).start()
    """)

    result.assert_outcomes(passed=1)


def test_a_process_that_outlives_its_test_fails_it_and_is_killed(outcome: Outcome, tmp_path: Path) -> None:
    note = tmp_path / "pid"

    result = outcome.of(f"""
        import subprocess, sys, pathlib
        def test_leaks():
            process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(100)"])
            pathlib.Path({str(note)!r}).write_text(str(process.pid))
            process.returncode = 0  # or Popen warns
    """)

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*outlived the test*", "process *time.sleep(100)*"])
    assert not psutil.pid_exists(int(note.read_text()))


@pytest.mark.skipif(os.name == "nt", reason="no sessions there")
def test_an_orphan_is_found_by_the_token_it_inherited(outcome: Outcome, tmp_path: Path) -> None:
    note = tmp_path / "pid"
    orphan = "import os, time, pathlib; pathlib.Path(r'NOTE').write_text(str(os.getpid())); time.sleep(100)".replace(
        "NOTE", str(note)
    )

    result = outcome.of(f"""
        import subprocess, sys
        from tests.waiting import wait_for
        import pathlib
        def test_leaks():
            parent = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', sys.argv[1]], start_new_session=True)"
            subprocess.run([sys.executable, "-W", "ignore", "-c", parent, {orphan!r}], check=True)
            wait_for(lambda: pathlib.Path({str(note)!r}).exists() and pathlib.Path({str(note)!r}).read_text(), "the orphan", 10)
    """)

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*outlived the test*"])
    assert (
        not psutil.pid_exists(int(note.read_text())) or psutil.Process(int(note.read_text())).status() == psutil.STATUS_ZOMBIE
    )


def test_a_process_of_a_wider_fixture_may_stay(outcome: Outcome) -> None:
    result = outcome.of("""
        import subprocess, sys, pytest
        @pytest.fixture(scope="module")
        def server():
            with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
                yield
                process.communicate(b"\\n")
        def test_one(server): pass
        def test_two(server): pass
    """)

    result.assert_outcomes(passed=2)


def test_reaching_another_machine_is_refused_and_fails(outcome: Outcome) -> None:
    result = outcome.of("""
        import socket, pytest
        def test_connects():
            with pytest.raises(OSError), socket.socket() as outside:
                outside.connect(("192.0.2.1", 80))
        def test_sends():
            with pytest.raises(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as outside:
                outside.sendto(b"x", ("192.0.2.1", 9))
        def test_looks_up():
            with pytest.raises(OSError):
                socket.getaddrinfo("registry.example", 443)
    """)

    result.assert_outcomes(passed=3, errors=3)
    result.stdout.fnmatch_lines(["*reached out of this machine: connect '192.0.2.1'*"])


def test_this_machine_may_be_reached(outcome: Outcome) -> None:
    result = outcome.of("""
        import asyncio, socket
        def test_connects():
            with socket.create_server(("127.0.0.1", 0)) as server:
                with socket.create_connection(("localhost", server.getsockname()[1])): pass
        def test_asyncio():
            async def go():
                server = await asyncio.start_server(lambda r, w: w.close(), "127.0.0.1", 0)
                reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
                await reader.read()
                writer.close()
                await writer.wait_closed()
                server.close()
                await server.wait_closed()
            asyncio.run(go())
    """)

    result.assert_outcomes(passed=2)


def test_the_users_own_folders_are_out_of_sight(outcome: Outcome) -> None:
    home = os.environ["HOME"]

    result = outcome.of(f"""
        import os, pathlib, platformdirs
        seen = set()
        def test_home():
            assert str(pathlib.Path.home()) != {home!r}
            assert platformdirs.user_data_dir("jiesu").startswith(str(pathlib.Path.home().parent))
            seen.add(pathlib.Path.home())
        def test_another_home():
            assert pathlib.Path.home() not in seen
        def test_no_desktop():
            assert "DBUS_SESSION_BUS_ADDRESS" not in os.environ
            assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    """)

    result.assert_outcomes(passed=3)


def test_what_a_test_needs_and_is_not_there_skips_it_by_name(outcome: Outcome, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JIESU_SHARED", raising=False)

    result = outcome.of("""
        import pytest
        @pytest.mark.speech("no-such-model")
        def test_model(): raise AssertionError
        @pytest.mark.shared
        def test_data(): raise AssertionError
        @pytest.mark.programs("no-such-program")
        def test_program(): raise AssertionError
    """)

    result.assert_outcomes(skipped=3)
    result.stdout.fnmatch_lines(["*no-such-model*"])


@pytest.mark.skipif(sys.platform == "win32", reason="PySide6 is loaded offscreen here")
def test_a_qt_warning_fails(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nqt_log_level_fail = WARNING\nqt_api = pyside6")
    pytester.makepyfile("""
        from PySide6.QtCore import qWarning
        def test_warns(qtbot): qWarning("a layout was set twice")
    """)

    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", timeout=60)

    result.assert_outcomes(failed=1)
