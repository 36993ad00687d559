"""A method that is connected must be a slot.

PySide gives an object a metaobject of its own when a method without `@Slot` is connected, and frees
it with the object. QML knows the properties of an object by the address of its metaobject: where
the next one comes to lie at the same address, every property of that object is `undefined`, or of
another type, and Qt ends with a segmentation fault.
"""

import pytest
from PySide6.QtCore import QObject, QTimer, Slot
from pytestqt.logging import _QtMessageCapture as Messages
from shiboken6 import getCppPointer


class Undecorated(QObject):
    def heard(self) -> None:
        pass


class Decorated(Undecorated):
    @Slot()
    def heard(self) -> None:
        pass


@pytest.mark.qt_log_ignore("Registering dynamic slot")
def test_a_connected_method_that_is_no_slot_fails_its_test(qtlog: Messages) -> None:
    timer, listener = QTimer(), Undecorated()
    timer.timeout.connect(listener.heard)
    assert ["heard()" in record.message for record in qtlog.records] == [True]


def test_a_slot_leaves_an_object_the_metaobject_of_its_class(qtlog: Messages) -> None:
    timer, one, other = QTimer(), Decorated(), Decorated()
    timer.timeout.connect(one.heard)
    addresses = {getCppPointer(each.metaObject()) for each in (one, other)}
    assert (len(addresses), qtlog.records) == (1, [])
