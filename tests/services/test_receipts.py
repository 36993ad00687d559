from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from services.receipts import MOST, sign_together, unfolded

KEY = Ed25519PrivateKey.generate()
PROMISES = st.lists(st.binary(max_size=40), min_size=1, max_size=MOST)


def proven(signature: bytes, promise: bytes) -> bool:
    signed = unfolded(signature, promise)
    if signed is None:
        return False
    try:
        KEY.public_key().verify(*signed)
    except InvalidSignature:
        return False
    return True


@given(PROMISES)
def test_every_promise_is_proven_by_its_own_signature(promises: list[bytes]) -> None:
    signatures = sign_together(KEY.sign, promises)
    assert len(signatures) == len(promises)
    assert all(map(proven, signatures, promises))


def test_a_hundred_promises_cost_one_signature() -> None:
    signed: list[bytes] = []

    def sign(content: bytes) -> bytes:
        signed.append(content)
        return KEY.sign(content)

    sign_together(sign, [bytes([each]) for each in range(100)])
    assert len(signed) == 1


def test_a_lone_promise_is_signed_itself() -> None:
    assert sign_together(KEY.sign, [b"promise"]) == [KEY.sign(b"promise")]
    assert sign_together(KEY.sign, []) == []


@given(PROMISES, st.data())
def test_no_signature_proves_another_promise(promises: list[bytes], data: st.DataObject) -> None:
    signature = data.draw(st.sampled_from(sign_together(KEY.sign, promises)))
    other = data.draw(st.binary(max_size=40).filter(lambda each: each not in promises))
    assert not proven(signature, other)


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=MOST, unique=True), st.data())
def test_nothing_changed_in_a_signature_is_believed(
    promises: list[bytes], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(promises) - 1))
    signature = sign_together(KEY.sign, promises)[place]
    at = data.draw(st.integers(0, len(signature) - 1))
    changed = bytearray(signature)
    changed[at] ^= data.draw(st.integers(1, 255))
    shorter = signature[: data.draw(st.integers(0, len(signature) - 1))]
    assert not proven(bytes(changed), promises[place])
    assert not proven(shorter, promises[place])
    assert not proven(signature + b"\0", promises[place])


@given(st.binary(max_size=400), st.binary(max_size=40))
def test_any_bytes_at_all_are_judged_without_an_error(signature: bytes, promise: bytes) -> None:
    assert not proven(signature, promise)
