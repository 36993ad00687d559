"""Pictures of the moment for QML: what the camera sees and has seen. In memory only, forgotten with
the turn."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickImageProvider


class Previews:
    """The newest picture by name, as JPEG."""

    def __init__(self) -> None:
        self._pictures: dict[str, bytes] = {}

    def show(self, name: str, picture: bytes) -> None:
        """This is what `image://preview/<name>/<anything>` shows from now on."""
        self._pictures[name] = picture

    def picture(self, name: str) -> bytes:
        """The newest picture; empty if there is none."""
        return self._pictures.get(name, b"")

    def forget(self, name: str) -> None:
        """Show this no more."""
        self._pictures.pop(name, None)

    def forget_all(self) -> None:
        """Show nothing any more."""
        self._pictures.clear()


PREVIEWS = Previews()
_NOTHING = bytes(4)


class PreviewImages(QQuickImageProvider):
    """`image://preview/<name>/<number>`; the number only tells QML that there is a newer one."""

    def __init__(self, previews: Previews) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._previews = previews

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:
        """The picture, as large as it is or as fits in `requestedSize`; nothing where there is
        none."""
        # Builds every enum of Qt, 14 ms: not wanted at start.
        from PySide6.QtCore import Qt

        image = QImage.fromData(self._previews.picture(id.partition("/")[0]))
        if image.isNull():
            return QImage(_NOTHING, 1, 1, QImage.Format.Format_ARGB32)
        if requestedSize.isEmpty():
            return image
        return image.scaled(requestedSize, Qt.AspectRatioMode.KeepAspectRatio)
