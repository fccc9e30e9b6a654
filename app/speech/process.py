"""The speech process: the taps in, words out; commands in, notices and spoken sentences out."""

import contextlib
import faulthandler
import logging
import os
import queue
import stat
import sys
import threading
import time
from pathlib import Path

import msgspec
import psutil

from app.desk.commands import EndProcess, HearOut, LearnWords, ListenTo, LoadEars, Say, SpeechCommand, StopListening
from app.desk.events import EarsReady, Heard, NoticeCleared, Noticed, VoiceReady
from app.domain.call import CallId
from app.domain.notice import Gravity, Notice, NoticeCode
from app.domain.transcript import Utterance
from app.link import LinkServer
from app.speech.catalogue import default_folder
from app.speech.ears import EarsLoader
from app.speech.engine import Engine, teach
from app.speech.hearing import Decoder
from app.speech.listening import Listening
from app.speech.load_watch import LoadWatch
from app.speech.model_watch import Sight, sight_of
from app.speech.progress import ProgressFile
from app.speech.refusals import Refusals
from app.speech.saying import Sayer
from app.speech.unattended import Unattended
from app.speech.written import Writer
from app.taps import TapFrame, TapReader

log = logging.getLogger(__name__)

READ_S = 0.03
HUNG = 3
"""The exit code of a process whose engine hung."""
_STALLED_S = 30.0
"""An engine that hangs and keeps all threads of this process from running ends it too, after so long."""
_RETRY_S = 1.0
_FAILURES = 3
_FAILING_S = 60.0
_OF_MODELS = (
    NoticeCode.MODEL_MISSING, NoticeCode.MODEL_CORRUPT, NoticeCode.MODEL_ENGINE_UNKNOWN, NoticeCode.MODEL_LANGUAGE,
    NoticeCode.MODEL_STRANGER, NoticeCode.MODEL_UNREADABLE, NoticeCode.MODEL_LOADING, NoticeCode.MODEL_HANGS,
    NoticeCode.SPEECH_DOWN,
)  # fmt: skip

Command = LoadEars | LearnWords | ListenTo | StopListening | HearOut | Say | EndProcess


class SpeechProcess:
    """Serves one window at a time; what is true is told again to each that attaches. `run` is the thread of the taps."""

    def __init__(self, address: str, key: bytes, taps: Path) -> None:
        self._taps = taps
        self._commands: queue.Queue[Command] = queue.Queue()
        self._lock = threading.Lock()
        self._ears: EarsReady | None = None
        self._voice: VoiceReady | None = None
        self._notices: dict[NoticeCode, Notice] = {}
        self._wish: LoadEars | None = None
        self._is_deaf = False
        self._sight: Sight = frozenset()
        self._failures: list[float] = []
        self._slow_at = 0.0
        self._reader: TapReader | None = None
        self._retry_at = 0.0
        self._nowhere = Path(os.devnull).open("w")  # noqa: SIM115  the interpreter writes to it as it dies
        self._words: tuple[str, ...] = ()
        self._teaching = threading.Lock()
        self._engine: Engine | None = None
        self._writer = Writer()
        self._progress = ProgressFile(taps.with_name("told"))
        self._decoder = Decoder(self._tell_slow, self._engine_failed, write=self._writer.write, attempt=self._progress.attempt)
        self._listening = Listening(self._decoder, self._tell_heard, self._progress)
        self._unattended = Unattended()
        self._loading = LoadWatch(taps.with_name("loading"))
        self._loader = EarsLoader(self._ears_loaded, self._ears_failed, watch=self._loading, turns=self._allow_silence)
        self._sayer = Sayer(taps.parent / "said", self._tell)
        self._refused = Refusals()
        self._link = LinkServer(address, key, SpeechCommand, self._commands.put, self._attached)

    def run(self) -> None:
        """Until EndProcess, or until whoever started this process has ended or closed the pipe that is our standard input."""
        parent = psutil.Process(os.getppid())
        threading.Thread(target=self._wait_for_end_of_input, name="input", daemon=True).start()
        self._sayer.use(default_folder())
        looked_at = 0.0  # at once: an engine can hang in the first second too
        try:
            while self._serve_commands():
                self._hear_taps()
                if time.monotonic() - looked_at > 1:
                    looked_at = time.monotonic()
                    self._look_after_engine()
                    if not parent.is_running() or os.getppid() != parent.pid:
                        log.warning("the launcher has ended; so does the speech process")
                        break
        finally:
            self._close()

    def _hear_taps(self) -> None:
        for frames in self._read():
            self._listening.hear(frames)

    def _wait_for_end_of_input(self) -> None:
        with contextlib.suppress(OSError, ValueError, AttributeError):  # no standard input, as in a windowed program
            if stat.S_ISFIFO(os.fstat(sys.stdin.fileno()).st_mode):
                while os.read(sys.stdin.fileno(), 4096):
                    pass
                self._commands.put(EndProcess())

    def _close(self) -> None:
        self._listening.finish()
        self._decoder.wait_idle(3)
        faulthandler.cancel_dump_traceback_later()
        self._decoder.close()
        self._progress.close()
        self._nowhere.close()
        self._loader.close()
        self._loading.close()
        self._sayer.close()
        self._link.close()
        if self._reader is not None:
            self._reader.close()

    def _look_after_engine(self) -> None:
        self._allow_silence()
        self._look_for_models()
        self._look_after_loading()
        if self._decoder.hangs:
            self._end_hung()

    def _allow_silence(self) -> None:
        """The interpreter's own watch needs no thread of ours to run; an engine may keep them all while it loads a model."""
        faulthandler.dump_traceback_later(self._loading.rest_s + _STALLED_S, exit=True, file=self._nowhere)

    def _look_after_loading(self) -> None:
        """What listens already goes on listening beside a load that does not come back."""
        if self._loading.hangs:
            self._clear(NoticeCode.MODEL_LOADING)
            if self._engine is None:
                self._end_hung()
            self._notice(Notice(NoticeCode.MODEL_HANGS, (self._loading.model,)))
        elif (loading := self._loading.progress()) is not None:
            self._notice(Notice(NoticeCode.MODEL_LOADING, (loading[0], str(loading[1])), Gravity.INFO))
        elif not self._loading.model:
            self._clear(NoticeCode.MODEL_LOADING)

    def _end_hung(self) -> None:
        """A thread in native code cannot be stopped: the launcher starts another process, which goes on where this one was."""
        log.error("the speech engine does not come back; the speech process ends and is started again")
        self._notice(Notice(NoticeCode.SPEECH_DOWN))
        self._decoder.abandon()
        self._listening.note_progress()
        self._link.close()
        os._exit(HUNG)

    def _serve_commands(self) -> bool:
        """Waits for the next look at the taps; False when the process is to end."""
        until = time.monotonic() + READ_S
        while (rest := until - time.monotonic()) > 0:
            try:
                command = self._commands.get(timeout=rest)
            except queue.Empty:
                break
            if isinstance(command, EndProcess):
                return False
            self._serve(command)
        return True

    def _serve(self, command: Command) -> None:
        match command:
            case LoadEars():
                self._failures = []
                self._load(command)
                self._sayer.use(Path(command.folder))
            case ListenTo():
                self._listen_to(command)
            case StopListening(call=call):
                self._refused.stop(command)
                self._listening.stop(call)
            case HearOut():
                self._hear_taps()  # what they keep of the call must be here before it is heard out
                self._listening.hear_out(command)
            case LearnWords():
                with self._lock:
                    self._words = command.words
                threading.Thread(target=self._learn, name="words", daemon=True).start()
            case Say():
                self._sayer.say(command)

    def _learn(self) -> None:
        """On a thread of its own: a long list takes seconds, and the taps wait for nobody. The newest list is learnt last."""
        with self._teaching:
            with self._lock:
                words, engine = self._words, self._engine
            if engine is not None:
                teach(engine, words)
            self._writer.learn(words)

    def _listen_to(self, command: ListenTo) -> None:
        if self._refused.lets(command):
            for heard in self._unattended.of(command.call):
                self._link.send(heard)
            self._listening.listen_to(command.call, command.since, command.is_from_now)

    def _load(self, wish: LoadEars) -> None:
        """A window that was started anew wants what listens already: its engine must not be taken from the call for seconds."""
        sight = sight_of(wish)
        with self._lock:
            if (wish, sight) == (self._wish, self._sight) and self._ears is not None and not self._is_deaf:
                return
            self._wish, self._sight, self._is_deaf = wish, sight, False
        if self._loading.hangs:
            self._end_hung()  # another model can be loaded by another process only
        self._loader.load(wish)

    def _look_for_models(self) -> None:
        """A model that was missing or damaged is loaded as soon as somebody has put it right."""
        with self._lock:
            wish, before = self._wish, self._sight
            is_deaf = self._is_deaf
        if is_deaf and wish is not None and sight_of(wish) != before:
            self._load(wish)

    def _read(self) -> list[list[TapFrame]]:
        if self._reader is None and time.monotonic() >= self._retry_at:
            try:
                self._reader = TapReader(self._taps)
                if (left := self._progress.left) is not None:
                    self._reader.go_back_to(left.begins)
                self._clear(NoticeCode.SPEECH_DOWN)
            except (OSError, ValueError):
                self._retry_at = time.monotonic() + _RETRY_S
                self._notice(Notice(NoticeCode.SPEECH_DOWN))
        if self._reader is None:
            return []
        try:
            frames = self._reader.read()
        except (OSError, ValueError, UnicodeDecodeError):
            log.exception("the taps could not be read")
            self._reader.close()
            self._reader = None
            return []
        return [frames] if frames else []

    # --- told on other threads ---------------------------------------------------------------------------------------

    def _attached(self) -> None:
        with self._lock:
            facts = [fact for fact in (self._ears, self._voice) if fact is not None]
            notices = list(self._notices.values())
        for fact in facts:
            self._link.send(fact)
        self._link.send(self._refused.told())
        for notice in notices:
            self._link.send(Noticed(notice))

    def _tell(self, event: msgspec.Struct) -> None:
        match event:
            case NoticeCleared(code):
                self._clear(code)
                return
            case Noticed(notice) if notice.standing:
                self._notice(notice)
                return
            case VoiceReady():
                with self._lock:
                    self._voice = event
        self._link.send(event)

    def _tell_heard(self, call: CallId, utterance: Utterance) -> None:
        heard = Heard(call, utterance)
        self._unattended.note(heard, self._link.is_attended)
        self._link.send(heard)

    def _tell_slow(self) -> None:
        if time.monotonic() - self._slow_at > 30:
            self._slow_at = time.monotonic()
            self._link.send(Noticed(Notice(NoticeCode.SPEECH_SLOW, (), Gravity.WARNING, standing=False)))

    def _ears_loaded(self, engine: Engine, ready: EarsReady) -> None:
        with self._lock:
            self._ears, self._engine, words = ready, engine, self._words
        teach(engine, words)
        self._decoder.use(engine)
        self._link.send(ready)
        for code in _OF_MODELS:
            self._clear(code)

    def _ears_failed(self, notice: Notice) -> None:
        """Says why; what listened before goes on listening."""
        with self._lock:
            ears, self._is_deaf = self._ears, True
        self._link.send(ears or EarsReady("", ""))
        self._notice(notice)
        for code in _OF_MODELS:
            if code is not notice.code:
                self._clear(code)

    def _engine_failed(self, broken: Exception) -> None:
        """Loads the model anew, a few times a minute; one odd utterance must not end all hearing."""
        log.error("the speech engine broke: %s", type(broken).__name__)
        now = time.monotonic()
        self._failures = [*(at for at in self._failures if now - at < _FAILING_S), now]
        self._notice(Notice(NoticeCode.SPEECH_DOWN))
        with self._lock:
            wish = self._wish
        if wish is not None and len(self._failures) <= _FAILURES:
            self._loader.load(wish)

    def _notice(self, notice: Notice) -> None:
        with self._lock:
            if self._notices.get(notice.code) == notice:
                return
            self._notices[notice.code] = notice
        self._link.send(Noticed(notice))

    def _clear(self, code: NoticeCode) -> None:
        with self._lock:
            was_said = self._notices.pop(code, None) is not None
        if was_said:
            self._link.send(NoticeCleared(code))


def run(address: str, key: bytes, taps: Path) -> None:
    """Runs the speech process until it is told to end."""
    _step_back()
    SpeechProcess(address, key, taps).run()


def run_from_environment() -> int:
    """JIESU_SPEECH_LINK, JIESU_LINK_KEY (hexadecimal) and JIESU_TAPS say where to serve; exit code 2 where they do not."""
    try:
        address, key = os.environ["JIESU_SPEECH_LINK"], bytes.fromhex(os.environ["JIESU_LINK_KEY"])
        taps = Path(os.environ["JIESU_TAPS"])
    except (KeyError, ValueError) as wrong:
        print(f"The speech process is started by the console; {wrong} is missing or wrong.", file=sys.stderr)  # noqa: T201  no log and no window yet
        return 2
    run(address, key, taps)
    logging.shutdown()
    os._exit(0)  # a thread that still loads a model would come back from native code to no interpreter, and abort the process


def _step_back() -> None:
    """Lets the call and the window go first."""
    with contextlib.suppress(OSError, psutil.Error):
        if sys.platform == "win32":
            psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
        else:
            os.nice(5)
