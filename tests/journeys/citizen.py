"""A kiosk in a process of its own, with a citizen at it, to be killed.

`python -m tests.journeys.citizen CONFIG CANARY`: one application and one complaint are handed in by
synthetic touch, the canary among their answers; each receipt is printed as a JSON line when it
shows. Then the process stands there until it is killed.
"""

import json
import sys
from pathlib import Path

from kiosk import settings, startup
from kiosk.demonstration import PORTRAIT, offscreen_application
from tests.journeys.story import apply, begin, complain
from ui.visitor import Visitor


def main(config: Path, canary: str) -> None:
    application = offscreen_application()
    kiosk = startup.Kiosk(settings.load(config), size=PORTRAIT.pixels, screen="attract")
    visitor = Visitor(kiosk.application.window, kiosk.application.engine)
    visitor.wait(kiosk.backstage.done, "the adapters")
    for step in (
        lambda: apply(kiosk, name=canary, remark=canary),
        lambda: complain(kiosk, matter=canary, story=canary),
    ):
        begin(visitor)
        number, code = step()
        print(json.dumps({"number": number, "code": code}), flush=True)
        visitor.tap("我拿好了")
    begin(visitor)
    visitor.tap("用您自己的话写")
    visitor.type(canary)
    print("typed", flush=True)
    application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
