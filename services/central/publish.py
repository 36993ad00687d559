"""Publishing an edition of the catalogue from the command line, whether or not the server runs."""

from datetime import datetime
from pathlib import Path

from kiosk.domain.catalogue.model import Edition
from kiosk.settings import Settings
from services.central.app import DATABASE_FILE
from services.central.editions import CATALOGUE_FOLDER, Editions
from services.central.feedback import ZONE
from services.central.keys import load_keys


def publish_catalogue(settings: Settings, edition: Edition) -> int:
    """Publish `edition` on the central server of `settings`; the number it was given (see
    `Editions.publish`). A running server offers it from its next request on. Raises `StorageError`.
    """
    today = datetime.now(ZONE).date()
    return open_editions(settings.central_folder).publish(edition, today)


def open_editions(folder: Path) -> Editions:
    """The editions of the central server in `folder`, its keys made on first use. Raises
    `StorageError`."""
    keys = load_keys(folder, may_make=not (folder / DATABASE_FILE).exists())
    return Editions(folder / CATALOGUE_FOLDER, keys)
