"""The telephony process: its link to the window, its voices, and how it ends."""

import ctypes
import logging
import os
import signal
import stat
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import psutil

from app.desk.commands import (
    ChooseHeadset,
    EndProcess,
    ForgetEnded,
    PauseRecording,
    PlaySound,
    PlayToEar,
    PlayVoice,
    SetUpRecording,
    StartRecording,
    StartShiftCheck,
    StopEar,
    StopShiftCheck,
    TelephonyCommand,
    TellRingerHeard,
)
from app.desk.events import CallDialled, CallRang, DeskEvent, LegChanged, Noticed, SoundOver
from app.domain.announcement import SoundEnd
from app.domain.notice import Notice, NoticeCode
from app.link import LinkServer
from app.telephony.announcer import Announcer
from app.telephony.audio import Headset
from app.telephony.courtesy import EAR_PAUSE_S, CallerVoice, Turn
from app.telephony.ear_voice import EarVoice, beside
from app.telephony.first_voice import FirstVoice
from app.telephony.hid_keys import HeadsetKeys
from app.telephony.playback import Playback
from app.telephony.quality import QualityMeter
from app.telephony.recorder import Recorder
from app.telephony.sip import SipAgent
from app.telephony.sip_events import SipBind, SipEvent
from app.telephony.sounds import SoundUnreadable, hold_tone, load_frames, ringback_tone
from app.telephony.switchboard import Switchboard
from app.telephony.tap import CallTap
from app.telephony.unseen import Unseen
from app.telephony.wiring import ANNOUNCER, CALLER_TAP, EAR, HOLD_TONE, MICROPHONE, RINGBACK

log = logging.getLogger(__name__)

_LOOK_S = 0.5
_ORPHAN_LOOKS = 6
"""Whoever started us is gone, no window is attached, no call is up: a telephone without a desk must not take calls."""
_M_ARENA_MAX = -8  # malloc.h
WANTED = ("JIESU_TELEPHONY_LINK", "JIESU_LINK_KEY", "JIESU_TAPS")


def run(address: str, key: bytes, taps: Path) -> NoReturn:
    """Serves one window after the other at `address`; never returns: leaves by os._exit (0, or 1 when it cannot go on).

    Ends, hanging up properly, on EndProcess, on SIGTERM, and when the pipe given as standard input closes. If the process
    that started us was killed instead, calls that are up go on and this process ends after the last of them.
    """
    _keep_memory_together()
    try:
        _Process(address, key, taps).serve()
        code = 0
    except Exception:
        log.exception("the telephony process could not go on")
        code = 1
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit(code)  # leftovers of the SIP library abort a normal exit


def _keep_memory_together() -> None:
    """glibc gives each thread an arena of its own; calls that come and go on a dozen of them left 2 kB each in holes."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def run_from_environment() -> int:
    """`run` where JIESU_TELEPHONY_LINK, JIESU_LINK_KEY (hexadecimal) and JIESU_TAPS say; 2 where they do not."""
    try:
        link, key, taps = (os.environ[name] for name in WANTED)
        run(link, bytes.fromhex(key), Path(taps))
    except (KeyError, ValueError) as wrong:
        sys.stderr.write(f"The telephony process is started by the console; {wrong} is missing or wrong.\n")
        return 2


class _Process:
    def __init__(self, address: str, key: bytes, taps: Path) -> None:
        self._has_ended = threading.Event()
        self._link: LinkServer | None = None
        self._board: Switchboard | None = None
        self._is_greeted = False
        self._recorder = Recorder(self._emit)
        self._first_voice = FirstVoice(lambda spoke: self._agent.post(lambda: self._emit(spoke)))
        self._tap = CallTap(taps, self._recorder, self._first_voice)
        self._playback = Playback()
        self._caller_voice = CallerVoice()
        self._announcer = Announcer(self._caller_voice, self._tell_over)
        self._ear_voice = EarVoice(self._caller_voice, self._tell_over)
        self._unseen = Unseen(self._emit)
        self._agent = SipAgent(SipBind(), self._hear)
        self._headset = Headset(self._emit, self._is_idle)
        self._headset.earpiece.beside = lambda count: beside(self._playback.pull(count), self._ear_voice.pull(count))
        self._keys = HeadsetKeys(
            self._emit, self._is_attended, lambda command: self._on_board(lambda board: board.obey(command))
        )
        self._agent.do(self._wire)
        self._link = LinkServer(address, key, TelephonyCommand, self._obey, self._attached)

    def serve(self) -> None:
        """Returns when everything has ended; to be called on the main thread."""
        parent = psutil.Process(os.getppid())
        for kind in (signal.SIGTERM, signal.SIGINT):
            signal.signal(kind, lambda *_: self._has_ended.set())
        threading.Thread(target=self._wait_for_end_of_input, args=(parent,), name="input", daemon=True).start()
        looks = 0
        while not self._has_ended.wait(_LOOK_S):
            is_orphan = not parent.is_running() and self._is_idle() and not self._is_attended()
            looks = looks + 1 if is_orphan else 0
            if looks >= _ORPHAN_LOOKS:
                log.warning("nobody is left who could use this telephone")
                break
        self._agent.close()
        self._recorder.close()
        if self._link is not None:
            self._link.close()
        self._headset.close()
        self._keys.close()

    def _wait_for_end_of_input(self, parent: psutil.Process) -> None:
        with suppress(OSError, ValueError, AttributeError):  # no standard input, as in a windowed program
            if not stat.S_ISFIFO(os.fstat(sys.stdin.fileno()).st_mode):
                return
            while os.read(sys.stdin.fileno(), 4096):
                pass
            time.sleep(_LOOK_S)  # a parent that was killed takes a moment to be gone
            if parent.is_running():
                self._has_ended.set()

    def _wire(self) -> None:
        tones = ringback_tone()
        self._agent.add_source(MICROPHONE, self._tap.hearing(self._headset.microphone.pull))
        self._agent.add_source(ANNOUNCER, self._announcer.pull)
        self._agent.add_source(RINGBACK, tones.pull)
        self._agent.add_source(HOLD_TONE, hold_tone().pull)
        self._agent.add_sink(EAR, self._headset.earpiece.push)
        self._agent.add_sink(CALLER_TAP, self._hear_caller)
        self._board = Switchboard(self._agent, self._tap, self._announcer, self._headset.ring, self._unseen.pass_on)
        self._recorder.add_sink = self._agent.add_sink
        self._agent.beside = self._tap.wires
        self._meter = QualityMeter(self._agent, self._board.streams, self._emit)

    def _emit(self, event: DeskEvent) -> None:
        if (keys := getattr(self, "_keys", None)) is not None:  # the very first events come while we are still being built
            keys.hear(event)
            if isinstance(event, CallRang | CallDialled | LegChanged):
                self._headset.call_began()
        if self._link is not None and self._is_greeted:
            self._link.send(event)

    def _is_idle(self) -> bool:
        return self._board is None or self._board.is_idle

    def _is_attended(self) -> bool:
        return self._link is not None and self._link.is_attended

    def _hear(self, event: SipEvent) -> None:
        if self._board is not None:
            self._board.hear(event)

    def _attached(self) -> None:
        """A new window hears how everything stands before it hears of any change."""
        self._is_greeted = False
        self._on_board(self._greet)

    def _greet(self, board: Switchboard) -> None:
        self._is_greeted = True
        board.show_all()
        self._unseen.tell()
        self._headset.tell_again()
        self._first_voice.tell_again()
        self._keys.tell_again()
        self._recorder.tell_again()

    def _obey(self, command: TelephonyCommand) -> None:
        """On the link's thread; everything about calls goes to the SIP thread, in order."""
        match command:
            case EndProcess():
                self._has_ended.set()
            case ChooseHeadset(choice):
                self._headset.choose(choice)
            case StartShiftCheck():
                self._headset.start_check()
            case StopShiftCheck():
                self._headset.stop_check()
            case TellRingerHeard(is_heard):
                self._headset.tell_ringer_heard(is_heard)
            case PlaySound() | PlayToEar() | StopEar() | PlayVoice():
                self._obey_sound(command)
            case SetUpRecording() | StartRecording() | PauseRecording():
                self._on_board(lambda board: board.after(lambda: self._recorder.obey(command)))
            case ForgetEnded(calls):
                self._agent.post(lambda: self._unseen.forget(calls))
            case _:
                self._on_board(lambda board: board.obey(command))

    def _obey_sound(self, command: PlaySound | PlayToEar | StopEar | PlayVoice) -> None:
        match command:
            case PlaySound():
                self._play(command)
            case PlayToEar():
                self._play_to_ear(command)
            case StopEar():
                self._ear_voice.stop()
            case PlayVoice(voice):
                self._playback.play(voice)

    def _play(self, command: PlaySound) -> None:
        frames = self._frames(command)
        if frames is None:
            return
        is_polite = bool(command.request)
        turn = Turn(command.request, frames, command.patience_s, command.tries) if is_polite else None
        self._on_board(lambda board: board.announce(command.call, frames, command.is_for_caller, command.follows, turn))

    def _play_to_ear(self, command: PlayToEar) -> None:
        frames = self._frames(command)
        if frames is not None:
            self._ear_voice.play(Turn(command.request, frames, command.patience_s, pause_s=EAR_PAUSE_S))

    def _frames(self, command: PlaySound | PlayToEar) -> list[bytes] | None:
        try:
            return load_frames(Path(command.path))
        except SoundUnreadable as wrong:
            self._emit(Noticed(Notice(NoticeCode.VOICE_FAILED, wrong.values, standing=False)))
            self._tell_over(command.request, SoundEnd.FAILED)
            return None

    def _hear_caller(self, frame: bytes) -> None:
        """On the media clock."""
        self._caller_voice.hear(frame)
        self._tap.hear_caller(frame)

    def _tell_over(self, request: str, how: SoundEnd) -> None:
        """Comes on the media clock and the sound system's thread, which must not wait for a link."""
        if request:
            self._agent.post(lambda: self._emit(SoundOver(request, how)))

    def _on_board(self, work: Callable[[Switchboard], None]) -> None:
        board = self._board
        if board is not None:
            self._agent.post(lambda: work(board))
