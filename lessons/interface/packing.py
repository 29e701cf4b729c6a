"""A figure as a skeleton of plain values and one float32 buffer, and many figures as one stack.

The stack is a plain format that a page without a kernel can draw from: one skeleton (JSON, every array replaced by
{"$": slot}), the arrays that all frames share, and per frame one row of float32 and the few plain values that differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Packed:
    """`skeleton`: the figure with {"$": slot} for arrays; `arrays`: by slot; `leaves`: plain values with their path."""

    skeleton: Any
    arrays: tuple[np.ndarray, ...]
    leaves: tuple[tuple[tuple, Any], ...]

    @property
    def bytes(self) -> int:
        """About how much memory it takes: its numbers, and its plain values with their places."""
        return sum(array.nbytes for array in self.arrays) + 150 * len(self.leaves)

    def lengths(self) -> list[Any]:
        """Length of each array, or [rows, columns] of a table of numbers."""
        return [list(a.shape) if a.ndim == 2 else len(a) for a in self.arrays]

    def buffer(self, skip: frozenset[int] = frozenset()) -> bytes:
        """All arrays but those in `skip`, one after the other, as float32."""
        kept = [np.asarray(a, dtype=np.float32).ravel() for i, a in enumerate(self.arrays) if i not in skip]
        return (np.concatenate(kept) if kept else np.empty(0, np.float32)).tobytes()


def pack(figure: dict) -> Packed:
    """Take a figure apart. The same array object used twice is stored once. Raises TypeError for other objects."""
    arrays: list[np.ndarray] = []
    slots: dict[int, int] = {}
    leaves: list[tuple[tuple, Any]] = []

    def walk(value: Any, path: tuple) -> Any:
        if isinstance(value, dict):
            return {key: walk(inner, (*path, key)) for key, inner in value.items()}
        if isinstance(value, np.ndarray):
            slot = slots.get(id(value))
            if slot is None:
                slot = slots[id(value)] = len(arrays)
                arrays.append(value)
            return {"$": slot}
        if isinstance(value, (list, tuple)):
            return [walk(inner, (*path, i)) for i, inner in enumerate(value)]
        if isinstance(value, np.generic):
            value = value.item()
        if isinstance(value, float) and value != value:
            value = None
        if value is not None and not isinstance(value, (str, int, float, bool)):
            raise TypeError(f"A figure holds plain values and arrays only, not {type(value).__name__} at {path}.")
        leaves.append((path, value))
        return value

    return Packed(walk(figure, ()), tuple(arrays), tuple(leaves))


def difference(base: Packed, other: Packed) -> list[list] | None:
    """The plain values of `other` that differ from `base`, as [path, value]; None if the two are built differently."""
    if len(base.leaves) != len(other.leaves) or base.lengths() != other.lengths():
        return None
    patch = []
    for (path, value), (other_path, other_value) in zip(base.leaves, other.leaves, strict=True):
        if path != other_path:
            return None
        if value != other_value:
            patch.append([list(path), other_value])
    return patch
