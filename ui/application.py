"""The window: Qt, the QML engine, and one shell on it."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Q_ARG, QCoreApplication, QMetaObject, QTimer, QTranslator, QUrl
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from kiosk.domain.words import Language
from kiosk.erasure import give_back, write_over_the_stack
from kiosk.errors import BugError, KnownError
from ui.pictures import Icons, QrCodes
from ui.previews import PREVIEWS, PreviewImages
from ui.reading import Reader
from ui.routes import import_all, qml_files
from ui.viewmodels.shell import ShellViewModel

if TYPE_CHECKING:
    from concurrent.futures import Future

    from ui.desk import Backstage, FirstScreen
    from ui.jobs import Jobs

QML = Path(__file__).parent / "qml"
FONT = "Noto Sans CJK SC"
ROLL_MM = 9.0
"""A finger may roll this far and still have pressed once."""
LEFT_MS = 500
"""So long after a turn its screens are gone for certain."""


def qt_application(arguments: list[str]) -> QGuiApplication:
    """The one Qt application, in the kiosk's font."""
    os.environ["QML_NO_TOUCH_COMPRESSION"] = "1"  # handwriting needs every point of a finger's way
    application = QGuiApplication(arguments)
    application.setApplicationName("budayang")
    application.setFont(QFont(FONT))
    return application


def check_font() -> None:
    """Raises `KnownError` where the font with Chinese characters is missing."""
    if not QFontDatabase.hasFamily(FONT):
        raise KnownError(f"font {FONT!r} is not installed (Debian package fonts-noto-cjk)")


def out_of_service(size: tuple[int, int] | None) -> QQmlApplicationEngine:
    """Show the calm screen of a kiosk that cannot serve; keep what is returned."""
    engine = QQmlApplicationEngine(QUrl.fromLocalFile(QML / "Kiosk" / "OutOfService.qml"))
    window = engine.rootObjects()[0]
    if isinstance(window, QQuickWindow):
        _show(window, size)
    return engine


class Application:
    """Keeps alive what QML shows. `show` puts the window on the screen."""

    def __init__(
        self,
        resources: Path,
        first: FirstScreen,
        backstage: Future[Backstage],
        jobs: Jobs,
        *,
        screen: str = "home",
    ) -> None:
        check_font()
        self._resources = resources
        self._translator: QTranslator | None = None
        self.engine = QQmlApplicationEngine()
        self.engine.addImportPath(str(QML))
        self.engine.addImageProvider("icon", Icons(resources / "icons"))
        self.engine.addImageProvider("qr", QrCodes())
        self.engine.addImageProvider("preview", PreviewImages(PREVIEWS))
        self.shell = ShellViewModel(first, backstage, jobs, self._use_language)
        self.shell.setParent(self.engine)
        self.shell.home() if screen == "home" else self.shell.finish()
        panel = first.settings.panel
        self.engine.setInitialProperties(
            {"shell": self.shell, "panelWidth": panel.width_mm, "panelHeight": panel.height_mm}
        )
        self.engine.load(QUrl.fromLocalFile(QML / "Kiosk" / "Main.qml"))
        if not self.engine.rootObjects():
            raise BugError("Main.qml could not be loaded")
        window = self.engine.rootObjects()[0]
        if not isinstance(window, QQuickWindow):
            raise BugError("Main.qml is not a window")
        self.window: QQuickWindow = window
        self.reader = Reader(window, self.shell)
        self._sweep = QTimer(self.engine, interval=LEFT_MS, singleShot=True)
        self._sweep.timeout.connect(self._forget)
        self.shell.turnEnded.connect(self._sweep.start)

    def show(self, size: tuple[int, int] | None) -> None:
        """Fullscreen, or a window of `size` pixels (demonstrations and tests)."""
        _show(self.window, size)
        hints = QGuiApplication.styleHints()
        hints.setStartDragDistance(round(ROLL_MM * float(self.window.property("mm"))))

    def warm(self) -> None:
        """Get every other screen ready, so that none is slow the first time."""
        import_all()
        self._give_keyboard()
        self._listen()
        QMetaObject.invokeMethod(self.window, "warm", Q_ARG("QVariant", qml_files()))

    def _give_keyboard(self) -> None:
        from ui.viewmodels.keyboard import KeyboardViewModel

        keyboard = KeyboardViewModel(self.shell.desk, self.shell)
        self.shell.changed.connect(keyboard.look_again)
        self.shell.turnEnded.connect(keyboard.end_turn)
        self.window.setProperty("keyboard", keyboard)

    def _listen(self) -> None:
        # Names the enums of QEvent and Qt, which is slow: not wanted at start.
        from ui.scanner import Scanner

        self._scanner = Scanner(self.window)
        self._scanner.scanned.connect(self.shell.scanned)

    def _forget(self) -> None:
        """What a turn has left in circles is freed now, not some day."""
        self.engine.collectGarbage()
        gc.collect()
        write_over_the_stack()
        give_back()

    def close(self) -> None:
        """Take the window down; view models outlive the QML that shows them."""
        # Names the enums of QEvent, which is slow: not wanted at start.
        from PySide6.QtCore import QEvent

        self._remove_translator()
        self.window.close()
        self.engine.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _use_language(self, language: Language) -> None:
        self._remove_translator()
        if language is not Language.ZH:
            translator = QTranslator()
            if not translator.load(str(self._resources / "i18n" / f"{language}.qm")):
                raise KnownError(f"resources/i18n/{language}.qm cannot be read", key="content")
            QCoreApplication.installTranslator(translator)
            self._translator = translator
        self.engine.retranslate()

    def _remove_translator(self) -> None:
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
            self._translator = None


def _show(window: QQuickWindow, size: tuple[int, int] | None) -> None:
    if size is None:
        window.showFullScreen()
    else:
        window.resize(*size)
        window.show()
