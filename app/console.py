"""Builds one console out of its parts. The only place that knows them all, and the only one that reads settings and places."""

import logging
import socket
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import uuid_utils

from app import settings as settings_file
from app.announcing import with_announcements
from app.desk.commands import Command
from app.desk.core import Ports
from app.desk.desk import Desk
from app.desk.events import DeskEvent, Noticed, ProcessFound, ProcessLost, StoreOpened
from app.desk.policy import Rules
from app.desk.queue_state import NO_SEAT, Seat
from app.desk.state import DeskState
from app.desk.transcript_wishes import AskWords
from app.domain.agent import AgentState, SupervisionMode
from app.domain.deadlines import deadline_text
from app.domain.gazetteer import Gazetteer
from app.domain.intake import Intake, guess_kind, guess_urgency
from app.domain.notice import Gravity, Notice, NoticeCode
from app.domain.numerals import NumberKind, kind_of
from app.domain.ticket import TicketId
from app.errors import JiesuError
from app.link import SteadyLink
from app.places import Places
from app.settings import Settings
from app.site import audio_of, desk_address_of, policy_of
from app.speech.glance import Glance, glances
from app.speech.spoken_numbers import spoken_groups, spoken_number
from app.storage.adviser import AdviserThread
from app.storage.catalogue import read_catalogue
from app.storage.directory import directory_of
from app.storage.kinds_file import read_kinds
from app.storage.knowledge import KnowledgeBase
from app.storage.knowledge_files import read_knowledge
from app.storage.late_store import LateStore
from app.storage.rulepack_file import read_rulepack
from app.storage.site_words_watch import SiteWordsWatch
from app.storage.wanted_file import read_wanted_fields
from app.sync.late_messenger import LateMessenger
from app.vigilance import Vigilance

if TYPE_CHECKING:
    from app.sync.recording_upload import RecordingUploader
    from app.sync.worker import SyncWorker

log = logging.getLogger(__name__)

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
Emit = Callable[[DeskEvent], None]
_FOLLOWED = ("telephony.", "emergency.", "speech.models", "intake.", "agent.busy", "agent.ring", "agent.role")
"""Settings that the desk takes up without a restart."""


class ProcessPort:
    """One of the processes as the desk sees it: commands go out, events come in, found and lost are events too."""

    def __init__(self, address: str, key: bytes, process: str, emit: Emit) -> None:
        self._address, self._key, self._process, self._emit = address, key, process, emit
        self._link: SteadyLink | None = None

    def start(self) -> None:
        self._link = SteadyLink(
            self._address,
            self._key,
            DeskEvent,
            self._emit,
            lambda: self._emit(ProcessFound(self._process)),
            lambda: self._emit(ProcessLost(self._process)),
        )

    def send(self, command: Command) -> bool:
        return self._link is not None and self._link.send(command)

    def close(self) -> None:
        if self._link is not None:
            self._link.close()


@dataclass(frozen=True, slots=True)
class _Presence:
    state: AgentState
    since: float
    ringing: int
    is_in_call: bool
    oldest_ring_at: float
    seat: Seat


class LateCourier:
    """The courier from the first moment on: what was said before the store was open is said again when sync begins."""

    def __init__(self) -> None:
        self._worker: SyncWorker | None = None
        self._presence: _Presence | None = None
        self._wants_figures = False
        self._words_asked: list[AskWords] = []

    def begin(self, worker: "SyncWorker") -> None:
        self._worker = worker
        while self._words_asked:
            worker.ask_words(self._words_asked.pop(0))
        if self._presence is not None:
            self._tell(self._presence)
        worker.want_figures(self._wants_figures)

    def wake(self) -> None:
        if self._worker is not None:
            self._worker.wake()

    def tell_presence(
        self, state: AgentState, since: float, ringing: int, is_in_call: bool, oldest_ring_at: float, seat: Seat = NO_SEAT
    ) -> None:
        self._presence = _Presence(state, since, ringing, is_in_call, oldest_ring_at, seat)
        self._tell(self._presence)

    def _tell(self, said: _Presence) -> None:
        if self._worker is not None:
            self._worker.tell_presence(said.state, said.since, said.ringing, said.is_in_call, said.oldest_ring_at, said.seat)

    def supervise(self, id: str, console: str, mode: SupervisionMode | None) -> None:
        if self._worker is not None:
            self._worker.supervise(id, console, mode)

    def ask_words(self, wish: AskWords) -> None:
        if self._worker is not None:
            self._worker.ask_words(wish)
        else:
            self._words_asked = [*self._words_asked[-9:], wish]

    def is_in_call(self) -> bool:
        return self._presence is not None and self._presence.is_in_call

    def want_figures(self, is_wanted: bool) -> None:
        self._wants_figures = is_wanted
        if self._worker is not None:
            self._worker.want_figures(is_wanted)

    def stop(self) -> None:
        if self._worker is not None:
            self._worker.stop()


class Console:
    """One agent's console. Built, started and stopped on the main thread; `emit` must accept events from any thread."""

    def __init__(self, places: Places, settings: Settings, emit: Emit, show: Callable[[DeskState], None], version: str,
                 later: Emit | None = None) -> None:  # fmt: skip
        """`later`: brings an event to the desk a moment later, after what waits in the window."""
        self._places, self._settings, self._emit, self._version = places, settings, emit, version
        pack = read_rulepack(RESOURCES / "rulepacks" / f"{settings.text('city.rule_pack')}.toml")
        policy, self._silence = with_announcements(policy_of(settings, places, pack.may_decline), RESOURCES)
        policy = replace(policy, abuse=pack.abuse, wanted=read_wanted_fields(RESOURCES / "wanted_fields.toml"))
        self._line, self._ears, self._trainer = (
            ProcessPort(places.link(process), places.link_key, process, emit) for process in ("telephony", "speech", "practice")
        )
        self._store = LateStore(places.store, self._on_store_event, policy.agent)
        self._loader = threading.Thread(target=self._load, name="load", daemon=True)
        self._adviser = AdviserThread(
            lambda: KnowledgeBase(read_knowledge(RESOURCES / "knowledge"), _sound_of),
            read_catalogue(RESOURCES / "dispatch_catalogue.toml"),
            emit,
            lambda text: deadline_text(pack, guess_kind(text), guess_urgency(text), text),
        )
        self._site_words = SiteWordsWatch(
            RESOURCES / "dispatch_catalogue.toml", RESOURCES / "knowledge", settings.text("speech.site_words"), emit
        )
        self._courier = LateCourier()
        self._uploader: RecordingUploader | None = None
        self._agent = policy.agent
        self._messenger = LateMessenger(desk_address_of(settings), emit)
        ports = Ports(self._line, self._ears, self._trainer, self._store, self._adviser, self._courier, self._messenger,
                      later)  # fmt: skip
        self._vigilance = Vigilance(RESOURCES / "danger", _sound_of)
        self.desk = Desk(ports, policy, _rules(self._vigilance), show)

    @property
    def models(self) -> tuple[Glance, ...]:
        """The recognisers that the catalogues know, and whether they are there now; a few looks at the disk."""
        return glances(Path(self._places.models))

    def start(self) -> None:
        """Opens the store and reaches for the processes; everything that happens comes as an event."""
        if self._silence is not None:
            self._emit(Noticed(self._silence))
        for port in (self._line, self._ears):
            port.start()
        if self._places.practice_sip:
            self._trainer.start()
        self._loader.start()

    def stop(self) -> None:
        """Returns when every thread has ended and the store is closed; what was typed is on the disk."""
        if self._loader.is_alive():
            self._loader.join()
        self.desk.leave()
        self._courier.stop()
        if self._uploader is not None:
            self._uploader.stop()
        self._messenger.stop()
        self._site_words.stop()
        self._adviser.stop()
        self._store.stop()
        for port in (self._trainer, self._ears, self._line):
            port.close()

    def _load(self) -> None:
        """What takes long to load, one after the other, so that the window keeps its share: the store first."""
        self._store.open()
        self._adviser.start()
        _sound_of("热")
        self._vigilance.prepare()
        self._messenger.load()
        self._site_words.start()
        self._read_directory()

    def _read_directory(self) -> None:
        catalogue = read_catalogue(RESOURCES / "dispatch_catalogue.toml")
        self._emit(directory_of(catalogue, self._settings.text("telephony.directory_file"), _sound_of))

    def save_settings(self, changes: Mapping[str, object]) -> None:
        """Writes the settings file; headset, lines and emergency routes follow at once. Raises SettingsError, OSError."""
        self.adopt(settings_file.save(self._places.settings_file, changes))

    def adopt(self, settings: Settings) -> None:
        """Takes up what is new in the settings, as far as that is possible without a restart."""
        before, self._settings = self._settings, settings
        changes = [setting.key for setting in settings_file.SETTINGS if before.get(setting.key) != settings.get(setting.key)]
        if any(key.startswith("audio.") for key in changes):
            self.desk.choose_headset(audio_of(self._settings))
        if any(key.startswith(_FOLLOWED) for key in changes):
            self.desk.follow(policy_of(self._settings, self._places, self.desk.policy.may_decline))
            self._messenger.set_up(desk_address_of(self._settings))

        if "speech.site_words" in changes:
            self._site_words.use(self._settings.text("speech.site_words"))
        if "speech.keeps_undone_repairs" in changes:
            self.desk.undone.follow(self._settings.claim("speech.keeps_undone_repairs"))
        if any(key.startswith("speech.") for key in changes):
            self.desk.follow_speech(policy_of(self._settings, self._places, self.desk.policy.may_decline))
        if any(key == "telephony.directory_file" for key in changes):
            threading.Thread(target=self._read_directory, name="directory", daemon=True).start()

    def _on_store_event(self, event: DeskEvent) -> None:
        """On the store's thread: sync begins when there is a store to sync."""
        self._emit(event)
        if isinstance(event, StoreOpened):
            self._messenger.keep_in(self._store.cards)
        if isinstance(event, StoreOpened) and self._places.centre:
            try:
                self._begin_sync()
            except JiesuError as wrong:
                self._emit(Noticed(Notice(NoticeCode(wrong.code), wrong.values, Gravity.ERROR)))

    def _begin_sync(self) -> None:
        from app.sync.worker import SyncWorker  # its HTTP library takes 0.1 s to load

        name = f"{socket.gethostname()}-{self._agent}"
        worker = SyncWorker(
            self._places.centre, self._places.centre_token, name, self._store.outbox, self._emit, self._version, self._agent
        )
        worker.start()
        self._courier.begin(worker)
        self._send_recordings()

    def _send_recordings(self) -> None:
        from app.sync.recording_upload import RecordingUploader

        recordings, rate = self._store.recordings, int(self._settings.number("recording.upload_kbytes")) * 1024
        is_busy = self._courier.is_in_call
        uploader = RecordingUploader(self._places.centre, recordings.another(), self._agent, self._version, is_busy, rate)
        uploader.start()
        recordings.kept = uploader.wake
        self._uploader = uploader


def _sound_of(text: str) -> tuple[str, ...]:
    """The pinyin table takes a moment to load: it is loaded beside the window, not before it."""
    from app.speech.sound import sound_of

    return sound_of(text)


def _intake() -> Intake:
    catalogue = read_catalogue(RESOURCES / "dispatch_catalogue.toml")
    matters = (matter for unit in catalogue.units for matter in unit.matters)
    return Intake(Gazetteer.of(catalogue), _sound_of, matters, read_kinds(RESOURCES / "intake" / "kinds.bin", _sound_of))


def _spoken_contact(number: str) -> str:
    what = "证件号码" if kind_of(number) is NumberKind.ID else "联系电话"
    return f"您的{what}是，{spoken_groups(number)}，对吗？"


def _rules(vigilance: Vigilance) -> Rules:
    intake = _intake()
    return Rules(
        hear_danger=vigilance.hear_danger,
        propose=intake.propose,
        read_ahead=intake.read_ahead,
        spoken_number=lambda number: f"您的工单编号是，{spoken_number(number)}。",
        new_ticket_id=lambda: TicketId(str(uuid_utils.uuid7())),
        new_call_id=lambda: uuid.uuid4().hex,
        clock=time.time,
        spoken_contact=_spoken_contact,
        spoken_groups=spoken_groups,
        sound_of=_sound_of,
        hear_abuse=vigilance.hear_abuse,
    )
