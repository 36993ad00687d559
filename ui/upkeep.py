"""What is looked after between two citizens, off the GUI thread."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from kiosk.errors import place_of
from ui.desk import Backstage, Desk

STILL_HERE = timedelta(minutes=10)
"""So long after it was made, whoever made a submission may still be standing there."""

log = logging.getLogger(__name__)


def clear_up(desk: Desk, cut_short: Callable[[], None] = lambda: None) -> None:
    """Whoever left in the middle of a photograph leaves no picture behind; what was parked on an
    earlier day goes. `cut_short`: the kiosk stopped before the last citizen's turn came to its end,
    and whoever made its submission may still be there."""
    now = desk.first.clock.now

    def work(backstage: Backstage) -> datetime | None:
        backstage.camera.close()
        unseen = backstage.outbox.last_unseen()
        backstage.outbox.seen()
        backstage.parking.sweep(now().date())
        return unseen

    def cleared(unseen: datetime | None) -> None:
        if unseen is not None and now() - unseen < STILL_HERE:
            cut_short()

    def failed(error: BaseException) -> None:
        log.warning("clearing up: %s at %s", type(error).__name__, place_of(error))

    desk.ask(work, cleared, failed)


def look_around(desk: Desk, seen: Callable[[tuple[bool, bool]], None]) -> None:
    """A loudspeaker may have been plugged in, or out; the disk may be full, or not any more. `seen`
    is told whether there is a voice, and room for submissions."""
    desk.ask(lambda backstage: (backstage.speaker.available(), backstage.outbox.accepts()), seen)
