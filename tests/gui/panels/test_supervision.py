"""What the wallboard says of the exchange's queue and of the agents in it, and what a team lead can do from there."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.desk.queue_state import QueuePolicy, QueueView, Supervising
from app.desk.state import DeskState
from app.domain.agent import AgentState, QueueStanding, SupervisionMode
from app.domain.figures import AgentFigure, QueueFigure
from tests import sample_state as sample
from ui.reason_dialog import ReasonDialog
from ui.wallboard import WallboardWindow

AGENT = AgentFigure("C-01", "林", AgentState.READY, sample.NOW - 60, True, sample.NOW, 0, True, "id-1", extension="1001")
QUEUE = QueueFigure("hotline", 3, 42.0, 120, 4, 92.5, 9, 5)


def shown(link: str = "up", lead: bool = True, supervising: Supervising | None = None, **agent: object) -> DeskState:
    figures = replace(sample.FIGURES, queues=(QUEUE,), queue_link=link, agents=(replace(AGENT, **agent),))  # type: ignore[arg-type]
    queue = QueueView(QueuePolicy(is_lead=lead), supervising=supervising)
    return replace(sample.IDLE, figures=figures, queue=queue)


def board(qtbot: QtBot, state: DeskState, asked: list[tuple[str, SupervisionMode]] | None = None) -> WallboardWindow:
    told = asked if asked is not None else []
    window = WallboardWindow(lambda _: None, supervise=lambda console, mode: told.append((console, mode)))
    qtbot.addWidget(window)
    window.show()
    window.show_state(state)
    return window


def cell(window: WallboardWindow) -> str:
    return str(window.agents.rows.index(0, 1).data())


def test_the_queues_figures_stand_in_the_head_and_an_exchange_that_is_away_is_said_there(qtbot: QtBot) -> None:
    window = board(qtbot, shown())
    up = window.queue.text()

    window.show_state(shown("down"))

    assert up.startswith("hotline: 3 waiting") and "ready 5 of 9" in up and "92.5 %" in up
    assert "not reached" in window.queue.text() and window.queue.property("tone") == "danger"


def test_without_an_exchange_nothing_is_said_of_a_queue(qtbot: QtBot) -> None:
    window = board(qtbot, replace(sample.IDLE, figures=sample.FIGURES))

    assert window.queue.isHidden()


def test_reason_loss_untaken_calls_and_supervision_are_words_in_the_agents_row(qtbot: QtBot) -> None:
    said = [
        cell(board(qtbot, shown(state=AgentState.BUSY, reason="会议", is_in_call=False))),
        cell(board(qtbot, shown(is_online=False, is_lost=True))),
        cell(board(qtbot, shown(unanswered=2))),
        cell(board(qtbot, shown(supervised=SupervisionMode.WHISPER, supervised_by="王班长"))),
        cell(board(qtbot, shown(queue=QueueStanding.FAILED))),
    ]

    wanted = ("(会议)", "LOST", "not taken: 2", "Whisper: 王班长", "not in the queue")
    assert [word in text for word, text in zip(wanted, said, strict=True)] == [True] * 5


def test_only_a_team_leads_board_offers_to_take_part(qtbot: QtBot) -> None:
    assert board(qtbot, shown(lead=False)).agents.supervision.isHidden()
    assert not board(qtbot, shown()).agents.supervision.isHidden()


def test_the_agent_chosen_by_keys_is_the_one_that_is_supervised(qtbot: QtBot) -> None:
    asked: list[tuple[str, SupervisionMode]] = []
    window = board(qtbot, shown(), asked)
    window.agents.ask(SupervisionMode.LISTEN)
    window.agents.table.setFocus()
    QTest.keyClick(window.agents.table, Qt.Key.Key_Down)

    window.agents.ask(SupervisionMode.LISTEN)

    assert asked == [("id-1", SupervisionMode.LISTEN)]


def test_what_goes_on_is_marked_and_its_key_ends_it_though_nobody_is_chosen(qtbot: QtBot) -> None:
    asked: list[tuple[str, SupervisionMode]] = []
    going_on = Supervising("a" * 32, "id-1", SupervisionMode.BARGE, 1.0)
    window = board(qtbot, shown(supervising=going_on), asked)

    window.agents.ask(SupervisionMode.BARGE)

    assert asked == [("id-1", SupervisionMode.BARGE)]
    assert window.agents.supervision.buttons[SupervisionMode.BARGE].isChecked()
    assert "林" in window.agents.supervision.said.text()


def test_a_number_key_says_why_the_agent_is_busy_and_closes_the_dialog(qtbot: QtBot) -> None:
    chosen: list[str] = []
    dialog = ReasonDialog(("会议", "培训"), chosen.append)
    dialog.show()

    with qtbot.waitSignal(dialog.destroyed, timeout=3000):
        QTest.keyClick(dialog, Qt.Key.Key_7)
        QTest.keyClick(dialog, Qt.Key.Key_2)

    assert chosen == ["培训"]
