"""Makes a submission unreadable to everybody but the central server."""

import hashlib
from base64 import b64encode

from kiosk.domain.submission.model import SealedSubmission, Submission
from kiosk.domain.submission.receipt import receipt_hash
from services import wire
from services.uplink.keys import CentralKeys, KioskKey


class Seal:
    """Implements `kiosk.ports.Sealer`: sealed to the central server, signed by this kiosk."""

    def __init__(self, kiosk_id: str, own: KioskKey, central: CentralKeys) -> None:
        self._kiosk_id = kiosk_id
        self._own = own
        self._central = central

    def seal(self, submission: Submission) -> SealedSubmission:
        """Seal and sign; memory only.

        Raises `NotProvisioned` while the central server's keys are unknown, `StorageError` if the
        kiosk's own key cannot be read or made.
        """
        key_id, suite, seal = self._central.current
        info = wire.seal_info(
            id=submission.id, kind=submission.kind, kiosk_id=self._kiosk_id, key_id=key_id
        )
        plaintext = payload(submission).model_dump_json().encode()
        envelope = seal(plaintext, info)
        sha256 = hashlib.sha256(envelope).digest()
        signature = self._own.sign(
            wire.item_bytes(
                id=submission.id,
                kind=submission.kind,
                created_at=submission.created_at,
                kiosk_id=self._kiosk_id,
                key_id=key_id,
                sha256=sha256,
            )
        )
        return SealedSubmission(
            id=submission.id,
            kind=submission.kind,
            created_at=submission.created_at,
            kiosk_id=self._kiosk_id,
            key_id=key_id,
            suite=suite,
            envelope=envelope,
            sha256=sha256,
            signature=signature,
            receipt_hash=receipt_hash(submission.number),
        )


def payload(submission: Submission) -> wire.Payload:
    """The submission as the central server reads it once opened."""
    return wire.Payload(
        id=submission.id,
        kind=submission.kind,
        number=submission.number,
        code=submission.code,
        created_at=submission.created_at,
        flow=submission.flow,
        flow_version=submission.flow_version,
        item_id=submission.item_id,
        item_name=submission.item_name,
        answers=[
            wire.WireAnswer(
                question=answer.question,
                asked=answer.asked,
                answer=answer.answer,
                value=answer.value,
            )
            for answer in submission.answers
        ],
        facts=dict(submission.facts),
        verdict=dict(submission.verdict),
        content=b64encode(submission.content),
    )
