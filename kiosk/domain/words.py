"""Wording of content (questions, options, groups, errors), looked up by key in one language."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kiosk.errors import BugError


class Language(StrEnum):
    """The languages the kiosk speaks; each is a folder `resources/text/<language>/`."""

    ZH = "zh"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """All content wording of one language. Keys are `<file>.<table>.<key>`: the entry `ask` of
    table `[Q0]` in `complaint.toml` is `complaint.Q0.ask`.
    """

    language: Language
    entries: Mapping[str, str]

    def say(self, key: str, **values: str | int) -> str:
        """The wording of `key`, `{name}` places filled. Raises `BugError` for an unknown key."""
        try:
            return self.entries[key].format(**values)
        except KeyError as error:
            raise BugError(f"no wording for {key!r} in {self.language}: {error}") from error

    def get(self, key: str) -> str:
        """The wording of `key`, or an empty string where there is none (help is often left out)."""
        return self.entries.get(key, "")
