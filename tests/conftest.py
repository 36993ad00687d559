import os

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from PySide6.QtGui import QGuiApplication  # the platform is chosen before Qt is imported

from ui.application import qt_application


@pytest.fixture(scope="session")
def qapp() -> QGuiApplication:
    """The one Qt application; pytest-qt takes this one instead of making its own."""
    return qt_application(["kiosk"])
