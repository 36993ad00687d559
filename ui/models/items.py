"""Service items as a list that QML scrolls: a row is made when it comes into sight."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QByteArray, QModelIndex, QObject, Qt, Slot

from kiosk.domain.catalogue.model import ServiceItem

ROLE = int(Qt.ItemDataRole.UserRole)
NO_PARENT = QModelIndex()


class ItemList(QAbstractListModel):
    """The role `row` is what `ui.viewmodels.rows.row` makes of an item."""

    def __init__(
        self,
        item: Callable[[str], ServiceItem],
        row: Callable[[ServiceItem], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._item = item
        self._row = row
        self._ids: Sequence[str] = ()

    def show(self, ids: Sequence[str]) -> None:
        """Show these items, in this order."""
        self.beginResetModel()
        self._ids = ids
        self.endResetModel()

    @Slot()
    def reword(self) -> None:
        """The language has changed."""
        if self._ids:
            self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1))

    def rowCount(self, parent: Any = NO_PARENT) -> int:
        """How many items there are."""
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Any, role: int = ROLE) -> object:
        """One row."""
        return self._row(self._item(self._ids[index.row()])) if role == ROLE else None

    def roleNames(self) -> dict[int, QByteArray]:
        """`row`."""
        return {ROLE: QByteArray(b"row")}
