"""What everything has in common that is committed before a figure opens."""

from __future__ import annotations

import traitlets

WAITS = "This picture waits for your prediction above. Commit one, or press “Not sure, show me”."
UNSURE = "unsure"


class Commitment(traitlets.HasTraits):
    """Part of a widget that is committed once, by `commit(answer)`, its own, or by a message of the page."""

    committed = traitlets.Bool(False).tag(sync=True)
    trouble = traitlets.Unicode().tag(sync=True)

    @property
    def waits(self) -> str:
        """What the figure behind it says while it is closed; "" once there is an answer."""
        return "" if self.committed else WAITS

    def _heard(self, _, message: dict, buffers: list) -> None:
        if message.get("kind") == "commit":
            self.commit(message.get("answer"))
