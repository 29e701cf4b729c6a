"""The frames along a slider's travel, computed before they are asked for: nearest first, one slice at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lessons.interface.packing import Packed, difference


class LookAhead:
    """The travel of one slider.

    `frame(index)` gives the packed figure at a position, or None where the model refuses. `next()` computes the
    position that is needed soonest; `near(index, direction)` tells where the slider is now and which way it goes.
    """

    def __init__(self, name: str, count: int, index: int, frame: Callable[[int], Packed | None]):
        self.name = name
        self.index = index
        self.direction = 0
        self.frame = frame
        self.base: Packed | None = None
        self.fixed: frozenset[int] = frozenset()
        self.left = set(range(count))
        self._held: list[tuple[int, Packed]] = []

    def near(self, index: int, direction: int) -> None:
        self.index, self.direction = index, direction

    def __bool__(self) -> bool:
        return bool(self.left)

    def _soonest(self) -> int:
        def wait(position: int) -> tuple[float, int]:
            ahead = (position - self.index) * self.direction
            return (abs(position - self.index) * (1 if ahead >= 0 else 6), position)

        return min(self.left, key=wait)

    def next(self) -> tuple[int, Packed] | None:
        """Compute one frame. None if the model refuses that position."""
        position = self._soonest()
        self.left.discard(position)
        packed = self.frame(position)
        return None if packed is None else (position, packed)

    def message(self, frames: list[tuple[int, Packed]]) -> tuple[dict, list[bytes]] | None:
        """The frames as one slice of the stack; None while there is nothing to send yet.

        The first slice starts with the shared skeleton and the arrays that are one and the same object in two frames
        (an axis of time); every frame is then a row of the other arrays and the few plain values that differ.
        """
        frames = self._held + frames
        self._held = []
        slice_: dict = {"name": self.name, "frames": [], "done": not self.left}
        buffers: list[bytes] = []
        if self.base is None:
            if len(frames) < 2 and self.left:
                self._held = frames
                return None
            if frames:
                self.base = frames[0][1]
                pairs = zip(self.base.arrays, frames[-1][1].arrays, strict=False)
                self.fixed = frozenset(i for i, (one, other) in enumerate(pairs) if one is other)
                everything = frozenset(range(len(self.base.arrays)))
                slice_["base"] = {
                    "skeleton": self.base.skeleton,
                    "lengths": self.base.lengths(),
                    "fixed": sorted(self.fixed),
                }
                buffers.append(self.base.buffer(everything - self.fixed))
        rows = b""
        for position, packed in frames:
            patch = difference(self.base, packed)
            if patch is None or any(packed.arrays[i] is not self.base.arrays[i] for i in self.fixed):
                slice_["frames"].append(
                    {"position": position, "whole": {"skeleton": packed.skeleton, "lengths": packed.lengths()}}
                )
                buffers.append(packed.buffer())
            else:
                slice_["frames"].append({"position": position, "patch": patch})
                rows += packed.buffer(self.fixed)
        return slice_, [*buffers, rows]


def travel(low: float, high: float, step: float) -> Iterator[float]:
    """The positions of a slider, ends included."""
    count = int(round((high - low) / step))
    for i in range(count + 1):
        yield min(round(low + i * step, 10), high)
