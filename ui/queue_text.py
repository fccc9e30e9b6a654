"""The exchange's queue in one line, for the head of the wallboard."""

from PySide6.QtCore import QCoreApplication

from app.domain.figures import Figures, QueueFigure
from ui.clock_texts import duration_text


def queue_text(figures: Figures) -> tuple[str, str]:
    """What is said, and its tone; ("", "") where the centre knows no exchange."""
    if not figures.queue_link:
        return "", ""
    parts = [_one(queue) for queue in figures.queues]
    if figures.queue_link == "down":
        warning = QCoreApplication.translate("QueueText", "⚠ The exchange's queue is not reached: agents' states are kept")
        return "\n".join([warning, *parts]), "danger"
    if not parts:
        return QCoreApplication.translate("QueueText", "⚠ The exchange does not know the queue"), "danger"
    return "\n".join(parts), ""


def _one(queue: QueueFigure) -> str:
    text = QCoreApplication.translate(
        "QueueText", "{0}: {1} waiting, {2} at most · ready {3} of {4} · answered {5} · given up {6}"
    )
    said = text.format(
        queue.name,
        queue.waiting,
        duration_text(queue.longest_wait_s),
        queue.ready,
        queue.members,
        queue.answered,
        queue.abandoned,
    )
    if queue.level_percent < 0 or not queue.answered:
        return said
    level = QCoreApplication.translate("QueueText", "in time {0} %")
    return f"{said} · {level.format(f'{queue.level_percent:.1f}')}"
