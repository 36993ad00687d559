"""The two kinds of error the program knows.

`KnownError`  the world's fault (no network, a broken file, a full disk). Say it in plain
              words, keep the citizen's answers, offer the next step.
`BugError`    ours. Log it without personal data and return to a safe home screen.
"""


class KnownError(Exception):
    """A condition of the world that the program expects and survives.

    `key` names the sentence shown to the citizen (see `resources/text/<language>/errors.toml`);
    `str(error)` is one line in English for the operator, without personal data.
    """

    key = "unknown"

    def __init__(self, message: str, *, key: str | None = None) -> None:
        super().__init__(message)
        if key is not None:
            self.key = key


class BugError(Exception):
    """A broken promise inside our own code. Carries no personal data."""


class SettingsError(KnownError):
    """`kiosk.toml` is missing, unreadable or holds a wrong key; the message names file and key."""

    key = "settings"


class ContentError(KnownError):
    """A file under `resources/` is missing or broken; the message names the file and the place."""

    key = "content"


class StorageError(KnownError):
    """The local database cannot be opened, read or written (unwritable folder, full disk)."""

    key = "storage"


class StorageDamaged(StorageError):
    """What is in the local database's file is not what was written there."""


class StorageFull(StorageError):
    """There is no room left for another submission."""

    key = "storage_full"


class CentralUnreachable(KnownError):
    """No central server answered, or what answered is not the central server.

    Covers refused connections, time-outs, captive portals (HTML with 200), 5xx and garbage.
    """

    key = "central_unreachable"


class CaseNotFound(KnownError):
    """No case has this number and query code together (the two are not told apart)."""

    key = "case_not_found"


class TooManyAttempts(KnownError):
    """Too many wrong numbers or codes: the central server, or the kiosk itself, asks to wait."""

    key = "too_many_attempts"


class NotParked(KnownError):
    """No form is parked under this code today: a wrong code, one taken back already and one of an
    earlier day are not told apart."""

    key = "not_parked"


class ParkedOutdated(NotParked):
    """The form was parked here, but what it asked is not asked in the same way any more."""

    key = "parked_outdated"


class NotProvisioned(KnownError):
    """This kiosk does not hold the central server's keyset, so nothing may be submitted here."""

    key = "not_provisioned"


class CatalogueRefused(KnownError):
    """A catalogue bundle is broken, unsigned, signed by somebody else, or older than the one
    here."""

    key = "catalogue_refused"


class CounterRefusal(KnownError):
    """The central server answers that it cannot: no such record or bill, nothing left of a slot."""

    key = "counter_refused"


class PrinterTrouble(KnownError):
    """There is no printer, or it has no paper, or does not answer."""

    key = "printer"


class CameraTrouble(KnownError):
    """There is no camera, or it gives no picture."""

    key = "camera"


class VoiceTrouble(KnownError):
    """Nothing can be said aloud: the voice or the sound device is missing or fails."""

    key = "voice"


def place_of(error: BaseException) -> str:
    """The file and line that raised it. Its message may quote a citizen; this does not."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "unknown place"
