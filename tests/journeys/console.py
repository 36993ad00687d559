"""The clerk's web console as a browser reads it: pages, their texts, and what they would run."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser

import requests

from kiosk.settings import Settings


@dataclass
class Page(HTMLParser):
    """A page, taken apart. `pairs`: every term with what stands beside it; `texts`: every other
    text of an element; `runs`: whatever a browser would carry out."""

    source: str
    pairs: list[tuple[str, str]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    runs: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._text = ""
        self._term = ""
        self.feed(self.source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._text = ""
        hooks = [name for name, value in attrs if name.startswith("on") or "script:" in str(value)]
        if tag in ("script", "iframe", "object", "embed", "img", "svg") or hooks:
            self.runs.append(tag)

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "dt":
            self._term = self._text
        elif tag == "dd":
            self.pairs.append((self._term, self._text))
        self.texts.append(self._text)


class Console:
    """Logged in with the clerk's token."""

    def __init__(self, settings: Settings) -> None:
        self._url = f"{settings.central_url}/console"
        self.session = requests.Session()
        self.session.trust_env = False
        token = (settings.central_folder / "clerk.token").read_text(encoding="utf-8").strip()
        self.session.post(f"{self._url}/login", {"token": token}, timeout=10).raise_for_status()

    def case(self, number: str) -> Page:
        return self._page(f"/cases/{number}")

    def cases(self) -> Page:
        return self._page("")

    def _page(self, path: str) -> Page:
        answer = self.session.get(self._url + path, timeout=10)
        answer.raise_for_status()
        return Page(answer.text)


@contextmanager
def console(settings: Settings) -> Iterator[Console]:
    opened = Console(settings)
    with opened.session:
        yield opened
