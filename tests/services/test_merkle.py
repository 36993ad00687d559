import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.merkle import (
    EMPTY,
    inclusion_proof,
    leaf_hash,
    new_nodes,
    node_hash,
    root,
    root_and_paths,
    root_of,
)

LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""The test vectors of Certificate Transparency's reference implementation."""


class Log:
    """Complete subtrees, as a table keeps them."""

    def __init__(self, leaves: list[bytes]) -> None:
        self.nodes: dict[tuple[int, int], bytes] = {}
        for index, leaf in enumerate(leaves):
            for level, place, hashed in new_nodes(index, leaf_hash(leaf), self.node):
                assert (level, place) not in self.nodes
                self.nodes[level, place] = hashed

    def node(self, level: int, index: int) -> bytes:
        return self.nodes[level, index]


def defined(leaves: list[bytes]) -> bytes:
    """The root by the definition itself (RFC 9162 §2.1.1)."""
    if not leaves:
        return EMPTY
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(defined(leaves[:split]), defined(leaves[split:]))


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_the_reference(size: int) -> None:
    log = Log(LEAVES[:size])
    assert root(size, log.node).hex() == ROOTS[size - 1]


@given(st.lists(st.binary(max_size=4), max_size=70), st.data())
def test_every_leaf_is_proven_under_every_root_since(leaves: list[bytes], data: st.DataObject):
    log = Log(leaves)
    size = data.draw(st.integers(0, len(leaves)))
    expected = defined(leaves[:size])
    assert root(size, log.node) == expected
    for index, leaf in enumerate(leaves[:size]):
        proof = inclusion_proof(index, size, log.node)
        assert root_of(index, size, leaf_hash(leaf), proof) == expected


@given(st.lists(st.binary(max_size=4), min_size=1, max_size=70))
def test_a_few_leaves_are_proven_at_once(leaves: list[bytes]) -> None:
    log, size = Log(leaves), len(leaves)
    top, paths = root_and_paths([leaf_hash(leaf) for leaf in leaves])
    assert top == defined(leaves)
    assert paths == [inclusion_proof(index, size, log.node) for index in range(size)]


@given(st.integers(1, 70), st.data())
def test_no_proof_of_another_place_size_or_content_leads_to_the_root(
    size: int, data: st.DataObject
) -> None:
    leaves = [bytes([n]) for n in range(size)]
    log = Log(leaves)
    index = data.draw(st.integers(0, size - 1))
    proof, expected = inclusion_proof(index, size, log.node), root(size, log.node)
    other = data.draw(st.integers(-2, size + 2).filter(lambda n: n != index))
    assert root_of(other, size, leaf_hash(leaves[index]), proof) != expected
    assert root_of(index, size, leaf_hash(b"other"), proof) != expected
    assert root_of(index, size, leaf_hash(leaves[index]), [*proof, EMPTY]) != expected
    if proof:
        assert root_of(index, size, leaf_hash(leaves[index]), proof[:-1]) != expected
