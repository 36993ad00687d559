import pytest
from hypothesis import given
from hypothesis import strategies as st

from services import wire
from services.suites import SUITES, SealingSuite, UnreadableError


@pytest.fixture(scope="module", params=sorted(SUITES))
def suite(request: pytest.FixtureRequest) -> SealingSuite:
    return SUITES[request.param]


HYBRID = SUITES[wire.SUITE]
PRIVATE = HYBRID.generate()


def test_what_is_sealed_to_a_key_opens_with_it_only(suite: SealingSuite) -> None:
    one, other = suite.generate(), suite.generate()
    envelope = suite.sealer(suite.public(one))(b"text", b"info")
    assert suite.opener(one)(envelope, b"info") == b"text"
    with pytest.raises(UnreadableError):
        suite.opener(other)(envelope, b"info")


def test_a_key_of_the_wrong_length_is_refused(suite: SealingSuite) -> None:
    private = suite.generate()
    public = suite.public(private)
    for wrong in (b"", private[:-1], private + b"x"):
        with pytest.raises(ValueError, match="key|seed"):
            suite.opener(wrong)
    for wrong in (b"", public[:-1], public + b"x"):
        with pytest.raises(ValueError, match="key|seed"):
            suite.sealer(wrong)


@given(st.binary(max_size=200), st.binary(max_size=50), st.data())
def test_a_changed_envelope_or_info_does_not_open(
    text: bytes, info: bytes, data: st.DataObject
) -> None:
    envelope = HYBRID.sealer(HYBRID.public(PRIVATE))(text, info)
    assert HYBRID.opener(PRIVATE)(envelope, info) == text
    at = data.draw(st.integers(0, len(envelope) - 1))
    changed = bytearray(envelope)
    changed[at] ^= 1
    for bad, about in ((bytes(changed), info), (envelope, info + b"x"), (envelope[:at], info)):
        with pytest.raises(UnreadableError):
            HYBRID.opener(PRIVATE)(bad, about)
