"""Shows before a vote that the key is fixed, without telling it: a fingerprint of salt and key, and both of them after.

The salt is a secret number until then; without it four options would be four guesses. Whoever wrote the fingerprint
down can work it out again and sees that the key was not moved.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from lessons.grading.items import Item
from lessons.grading.votes import Asked

SALT_BYTES = 16


@dataclass(frozen=True, repr=False)
class Sealed:
    """A key that is fixed and not yet told; it prints as its fingerprint."""

    salt: str
    key: str

    @classmethod
    def of(cls, asked: Asked) -> Sealed:
        """The keys of a question and of its twin, with a salt of their own."""
        told = [f"{asked.item.id}={key_of(asked.item)}"]
        if asked.twin:
            form = f"/{asked.twin.form}" if asked.twin.form else ""
            told.append(f"{asked.twin.item.id}{form}={key_of(asked.twin.item)}")
        return cls(secrets.token_hex(SALT_BYTES), "; ".join(told))

    @property
    def opened(self) -> str:
        """The text whose fingerprint was shown."""
        return f"{self.salt} {self.key}"

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the opened text in UTF-8, as 64 hexadecimal digits."""
        return hashlib.sha256(self.opened.encode()).hexdigest()

    def __repr__(self) -> str:
        return f"Sealed({self.fingerprint})"


def key_of(item: Item) -> str:
    """What is right, in a few characters: ids of options, or a number with its tolerance."""
    if item.type == "choice":
        return item.correct.id
    if item.type == "many":
        return "+".join(sorted(item.right))
    if item.type == "two_tier":
        return f"{item.correct.id} because {item.reason.id}"
    return f"{float(item.key):g} within {float(item.tolerance):g} {item.unit}".strip()
