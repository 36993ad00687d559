"""tuspy, which knows nothing of us but the protocol, uploads to the real server. Only the signature
is added on the way."""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
import requests
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError, TusUploadFailed
from tusclient.uploader import Uploader

from kiosk.domain.submission.model import Kind, SealedSubmission
from services import wire
from services.uplink.judge import sealed_item
from services.uplink.keys import KioskKey
from services.uplink.signing import RequestSigner
from tests.faults.hall import made_up
from tests.faults.proxy import FINE
from tests.faults.weather import Scene, scene

CHUNK = 40_000


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    """A kiosk that is enrolled, and in whose name `requests` signs."""
    with scene(tmp_path) as made:
        made.hand_in(made_up(Random(1), 1, (Kind.COMPLAINT,)))
        assert made.line.drain.round()
        settings = made.hall.settings
        own = KioskKey(settings.kiosk_folder)
        signer = RequestSigner(settings.kiosk.id, own, made.clock)
        send = requests.Session.send

        def signed(
            session: requests.Session, request: requests.PreparedRequest, **options: object
        ) -> requests.Response:
            said = {name.lower(): value for name, value in request.headers.items()}
            if "signature" not in said:
                more = {name: said[name] for name in wire.SIGNED_IF_SENT if name in said}
                body = request.body or b""
                request.headers.update(signer.headers(request.method, request.url, body, more))
            return send(session, request, **options)

        monkeypatch.setattr(requests.Session, "send", signed)
        yield made


@pytest.fixture
def sealed(here: Scene) -> SealedSubmission:
    """A photographed paper."""
    random = Random(2)
    (form,) = made_up(random, 1, (Kind.APPLICATION,))
    content = b"\xff\xd8\xff" + random.randbytes(120_000)
    return here.line.sealer.seal(replace(form, kind=Kind.ATTACHMENT, content=content))


def uploader(here: Scene, sealed: SealedSubmission, **options: object) -> Uploader:
    return TusClient(f"http://127.0.0.1:{here.proxy.port}{wire.UPLOADS_PATH}").uploader(
        file_stream=BytesIO(sealed.envelope),
        chunk_size=CHUNK,
        metadata={"sha256": sealed.sha256.hex()},
        **options,
    )


def outcome(here: Scene, sealed: SealedSubmission) -> wire.ItemResult:
    """What becomes of it in a batch without its envelope."""
    light = sealed_item(sealed).model_copy(update={"envelope": None})
    key = b64encode(KioskKey(here.hall.settings.kiosk_folder).verify_key)
    batch = wire.Batch(kiosk_id=sealed.kiosk_id, verify_key=key, items=[light])
    (result,) = here.line.client.send(batch).results
    return result


@pytest.mark.parametrize("checksums", [False, True])
def test_what_tuspy_uploads_is_taken_for_the_envelope(
    here: Scene, sealed: SealedSubmission, checksums: bool
) -> None:
    sending = uploader(here, sealed, upload_checksum=checksums)
    sending.upload()
    assert sending.offset == len(sealed.envelope) > 4 * CHUNK
    result = outcome(here, sealed)
    assert result.outcome is wire.Outcome.ACCEPTED
    assert result.receipt is not None
    assert result.receipt.sha256 == sealed.sha256


def test_another_tuspy_goes_on_where_the_first_has_ended(
    here: Scene, sealed: SealedSubmission
) -> None:
    first = uploader(here, sealed)
    first.upload_chunk()
    assert outcome(here, sealed).reason == "not_uploaded"
    second = uploader(here, sealed, url=first.url)
    assert second.offset == CHUNK
    second.upload()
    assert outcome(here, sealed).outcome is wire.Outcome.ACCEPTED


@pytest.mark.parametrize("weather", ["reset", "reset after the answer", "request cut", "500"])
def test_tuspy_gets_through_bad_weather(
    here: Scene, sealed: SealedSubmission, weather: str
) -> None:
    here.proxy.forecast(FINE, FINE, weather, FINE, FINE, weather)
    uploader(here, sealed, retries=3, retry_delay=0).upload()
    assert here.proxy.cleared
    assert outcome(here, sealed).outcome is wire.Outcome.ACCEPTED


def test_tuspy_is_told_what_is_not_taken(here: Scene, sealed: SealedSubmission) -> None:
    another = uploader(here, replace(sealed, sha256=bytes(32)))
    with pytest.raises(TusUploadFailed) as mismatch:
        another.upload()
    assert mismatch.value.status_code == 460
    long = replace(sealed, envelope=bytes(wire.MAX_BATCH_BYTES + 1))
    with pytest.raises(TusCommunicationError) as too_large:
        uploader(here, long).upload()
    assert too_large.value.status_code == 413
