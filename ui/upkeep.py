"""What is looked after between two citizens, off the GUI thread."""

import logging
from collections.abc import Callable
from datetime import datetime

from kiosk.errors import place_of
from ui.desk import Backstage, Desk

log = logging.getLogger(__name__)


def clear_up(desk: Desk, found: Callable[[datetime | None], None]) -> None:
    """Whoever left in the middle of a photograph leaves no picture behind; what was parked on an
    earlier day goes. `found` is told of a submission whose turn never came to its end."""
    today = desk.first.clock.now().date()

    def work(backstage: Backstage) -> datetime | None:
        backstage.camera.close()
        unseen = backstage.outbox.last_unseen()
        backstage.outbox.seen()
        backstage.parking.sweep(today)
        return unseen

    def failed(error: BaseException) -> None:
        log.warning("clearing up: %s at %s", type(error).__name__, place_of(error))

    desk.ask(work, found, failed)


def look_around(desk: Desk, seen: Callable[[tuple[bool, bool]], None]) -> None:
    """A loudspeaker may have been plugged in, or out; the disk may be full, or not any more. `seen`
    is told whether there is a voice, and room for submissions."""
    desk.ask(lambda backstage: (backstage.speaker.available(), backstage.outbox.accepts()), seen)
