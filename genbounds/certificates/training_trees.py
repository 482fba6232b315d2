"""Decision trees: their leaves, fixed in advance or paid for one number at a time.

A tree's class is that of all trees with as many leaves. Where max_leaf_nodes or a small max_depth
fixed that number, it is one class; elsewhere the numbers 1, 2, 3, ... share delta, and the tree
that was grown has the part of its own. Neighbouring leaves with one label count as one.
"""

from typing import Any

from genbounds.certificates.training_parts import Parts
from genbounds.certificates.training_theorems import Seen, Share, Theorem, counted, share
from genbounds.classes.base import HypothesisClass
from genbounds.classes.combinations import BooleanCombinations
from genbounds.classes.trees import DepthTwoTrees, Trees

SHARES = (
    "trees with L leaves have the part 1/(L (L + 1)) of delta, L = 1, 2, ...; this was fixed "
    "before the sample was seen"
)
SHALLOW = 2
"""Depths for which the class is fixed by the depth alone."""


def tree(parts: Parts, seen: Seen) -> list[Theorem]:
    """The class of one tree; of more than two labels, each bit of their numbers is a tree's."""
    model = parts.final
    H, of = trees_like(model, [effective_leaves(model)], seen)
    bits = (len(model.classes_) - 1).bit_length()
    return counted(H if bits == 1 else BooleanCombinations(H, bits), seen, of)


def trees_like(model: Any, leaves: list[int], seen: Seen) -> tuple[HypothesisClass, Share]:
    """The class of all trees that were grown, by the parameters of one of them, and its share.

    `leaves` are those of each tree.
    """
    d = seen.features.shape[1]
    cap, depth = model.max_leaf_nodes, model.max_depth
    if cap is not None:
        return Trees(int(cap), d), Share()
    if depth is not None and depth <= SHALLOW:
        return (Trees(2, d) if depth == 1 else DepthTwoTrees(d)), Share()
    most = max(leaves)
    return Trees(most, d), Share(share(most - 1), (SHARES,))


def effective_leaves(model: Any) -> int:
    """The leaves of a fitted classifier once neighbours with one label are merged."""
    found = model.tree_
    left, right, labels = found.children_left, found.children_right, _labels(model)
    merged: dict[int, tuple[int, int | None]] = {}
    for node in range(found.node_count - 1, -1, -1):
        if left[node] == right[node]:
            merged[node] = (1, int(labels[node]))
            continue
        (a, first), (b, second) = merged[left[node]], merged[right[node]]
        same = first is not None and first == second
        merged[node] = (1, first) if same else (a + b, None)
    return merged[0][0]


def _labels(model: Any) -> Any:
    """The label that each node would predict."""
    return model.tree_.value[:, 0, :].argmax(axis=1)
