import os

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")
# Says where a method is connected that is no `@Slot`: see tests/ui/test_slots.py.
os.environ["QT_LOGGING_RULES"] = "qt.pyside.libpyside.warning=true"

from PySide6.QtGui import QGuiApplication  # the platform is chosen before Qt is imported

from kiosk import wiring
from kiosk.errors import ContentError
from services.catalogue.shelf import READY_MADE, digest
from services.catalogue.store import CompiledCatalogue
from ui.application import qt_application

# CI must say the same twice; `make explore` looks for what nobody has thought of.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile(
    "explore", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


@pytest.fixture(scope="session")
def qapp() -> QGuiApplication:
    """The one Qt application; pytest-qt takes this one instead of making its own."""
    return qt_application(["kiosk"])


@pytest.fixture(scope="session", autouse=True)
def catalogue() -> CompiledCatalogue:
    """The edition that comes with the program, compiled as `make install` does."""
    resources = wiring.RESOURCES
    file, lexicon = resources / "catalogue" / READY_MADE, wiring.lexicon(resources)
    try:
        ready = CompiledCatalogue(file, lexicon)
        if ready.digest == digest((resources / "catalogue", resources / "language")):
            return ready
    except ContentError:
        pass
    wiring.compile_here(resources, None, file)
    return CompiledCatalogue(file, lexicon)
