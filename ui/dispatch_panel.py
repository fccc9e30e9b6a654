"""The units a request may go to, with the reasons and the next deadline; the agent chooses."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.desk.state import DeskState
from app.domain.dispatch import UnitAdvice
from ui.elided_label import ElidedLabel
from ui.labels import matter_text
from ui.row_model import RowModel
from ui.two_line_list import Line, TwoLineList
from ui.typed_search import TypedSearch


class DispatchPanel(QWidget):
    """Enter or a double click chooses a unit; typing in the filter narrows the list, Down goes into it."""

    def __init__(self, choose_unit: Callable[[str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choose_unit = choose_unit
        self._advice: tuple[UnitAdvice, ...] = ()
        self._chosen = ""
        self.heading = QLabel(self.tr("Dispatch to"))
        self.heading.setProperty("role", "heading")
        self.filter = TypedSearch(lambda _: self._narrow(), self)
        self.filter.textEdited.connect(lambda _: self._narrow())
        self.filter.returnPressed.connect(self._choose_only)
        self.rows: RowModel[UnitAdvice] = RowModel(lambda advice: advice.unit.key, self._cells(), parent=self)
        self.list = TwoLineList(self.tr("Units that may be responsible"), self._enter, self)
        self.list.setModel(self.rows)
        self.list.keep_rows_visible(2)
        self.double = ElidedLabel(6)
        self.double.setProperty("role", "strong")
        self.double.setProperty("tone", "danger")
        self.double.hide()
        self._name_controls()
        self._lay_out()

    def show_state(self, state: DeskState) -> None:
        ticket = state.draft.ticket if state.draft else None
        chosen = ticket.unit if ticket else ""
        if state.advice is not self._advice:
            self._advice = state.advice
            self._narrow()
        if chosen != self._chosen:
            self._chosen = chosen
            self.rows.refresh()
        self._show_double(ticket.risk if ticket else "", state.emergency.because)
        name = ticket.unit_name if ticket and chosen else ""
        self.heading.setText(self.tr("Dispatch to: {0}").format(name or chosen) if chosen else self.tr("Dispatch to"))

    def _show_double(self, risk: str, because: str) -> None:
        """Mass incidents and public safety go to two at once and are reviewed once more (R42, R43)."""
        self.double.setVisible(bool(risk))
        if risk:
            why = self.tr("{0} “{1}”").format(matter_text(risk), because) if because else matter_text(risk)
            text = self.tr("Dispatch twice: police and local party and government · review · {0}").format(why)
            if text != self.double.text():
                self.double.show_text(text)
                self.double.setToolTip(text)

    def _cells(self) -> dict[int, Callable[[UnitAdvice, int], object]]:
        return {
            Qt.ItemDataRole.DisplayRole: lambda advice, _: self._title(advice),
            Line.ASIDE: lambda advice, _: advice.deadline,
            Line.DETAIL: lambda advice, _: self._reasons(advice),
            Qt.ItemDataRole.AccessibleTextRole: lambda advice, _: ", ".join(
                part for part in (self._title(advice), self._reasons(advice), advice.deadline) if part
            ),
            Qt.ItemDataRole.ToolTipRole: lambda advice, _: f"{advice.unit.name}\n{self._reasons(advice)}\n{advice.deadline}",
        }

    def _name_controls(self) -> None:
        self.filter.setAccessibleName(self.tr("Filter the units"))
        self.filter.setPlaceholderText(self.tr("Filter units"))
        self.filter.left_downwards.connect(self.list.enter_list)
        self.list.left_upwards.connect(self.filter.setFocus)
        self.heading.setBuddy(self.filter)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.heading, stretch=1)
        self.filter.setMaximumWidth(180)
        top.addWidget(self.filter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self.double)
        column.addWidget(self.list, stretch=1)

    def _title(self, advice: UnitAdvice) -> str:
        if advice.unit.key == self._chosen:
            return self.tr("✓ {0} (chosen)").format(advice.unit.name)
        return advice.unit.name

    def _reasons(self, advice: UnitAdvice) -> str:
        reasons = []
        if advice.matter_words:
            reasons.append(self.tr("Matter: {0}").format(self.tr(", ").join(advice.matter_words)))
        if advice.area_words:
            reasons.append(self.tr("Place: {0}").format(self.tr(", ").join(advice.area_words)))
        if advice.unit.is_fallback:
            reasons.append(self.tr("answers for the area when no unit is known"))
        if advice.unit.phone:
            reasons.append(self.tr("Phone: {0}").format(advice.unit.phone))
        return " · ".join(reasons) or self.tr("No word of the request points to it")

    def _narrow(self) -> None:
        needle = self.filter.text().strip().casefold()
        self.rows.show([advice for advice in self._advice if needle in _words_of(advice)] if needle else self._advice)

    def _choose_only(self) -> None:
        """Enter in the filter chooses the first unit that is left."""
        if self.filter.text().strip():
            self._enter(0)

    def _enter(self, place: int) -> None:
        advice = self.rows.row(place)
        if advice is not None:
            self._choose_unit(advice.unit.key)


def _words_of(advice: UnitAdvice) -> str:
    return " ".join((advice.unit.name, *advice.unit.matters, *advice.unit.areas)).casefold()
