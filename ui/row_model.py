"""A table model that becomes another tuple of rows one row at a time, so that selection and scroll place stay."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
Cell = Callable[[Row, int], Any]

_NOWHERE = QModelIndex()


class RowModel(QAbstractTableModel, Generic[Row]):
    """Rows of any frozen type, told apart by `key`; `cells` maps an item role to what a column shows of a row."""

    def __init__(
        self,
        key: Callable[[Row], Hashable],
        cells: dict[int, Callable[[Row, int], Any]],
        headers: Sequence[str] = ("",),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._key, self._cells, self._headers = key, cells, tuple(headers)
        self._shown: Sequence[Row] | None = None
        self._rows: list[Row] = []

    def show(self, rows: Sequence[Row]) -> None:
        """Becomes `rows`. The same object again costs nothing."""
        if rows is self._shown:
            return
        self._shown = rows
        if not self._rows:
            self._insert(0, list(rows))
            return
        self._forget({self._key(row) for row in rows})
        known = {self._key(row) for row in self._rows}
        for place, row in enumerate(rows):
            if self._key(row) not in known:
                self._insert(place, [row])
                continue
            self._bring(place, self._key(row))
            if self._rows[place] != row:
                self._rows[place] = row
                self._tell(place, place)

    def refresh(self) -> None:
        """Draws every row anew, for cells that depend on something beside the row (what is chosen, what time it is)."""
        if self._rows:
            self._tell(0, len(self._rows) - 1)

    def row(self, place: int) -> Row | None:
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def place_of(self, key: Hashable) -> int:
        """Where the row of that key stands; -1 = nowhere."""
        return next((place for place, row in enumerate(self._rows) if self._key(row) == key), -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._headers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self._cells.get(role)
        row = self.row(index.row()) if index.isValid() else None
        return None if cell is None or row is None else cell(row, index.column())

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        return None

    def _forget(self, wanted: set[Hashable]) -> None:
        for place in reversed(range(len(self._rows))):
            if self._key(self._rows[place]) not in wanted:
                self.beginRemoveRows(_NOWHERE, place, place)
                del self._rows[place]
                self.endRemoveRows()

    def _insert(self, place: int, rows: list[Row]) -> None:
        if rows:
            self.beginInsertRows(_NOWHERE, place, place + len(rows) - 1)
            self._rows[place:place] = rows
            self.endInsertRows()

    def _bring(self, place: int, key: Hashable) -> None:
        """Moves the row of that key, which stands at `place` or below, up to `place`."""
        if self._key(self._rows[place]) == key:
            return
        source = self.place_of(key)
        self.beginMoveRows(_NOWHERE, source, source, _NOWHERE, place)
        self._rows.insert(place, self._rows.pop(source))
        self.endMoveRows()

    def _tell(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._headers) - 1))
