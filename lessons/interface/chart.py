"""One figure on the page, drawn by the packaged plotly.js, which reaches a page once however many charts it has."""

from __future__ import annotations

import gzip
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import anywidget
import traitlets

from lessons.interface.packing import Packed, pack
from lessons.interface.palette import COLOURS
from lessons.interface.reruns import replace_earlier

STATIC = Path(__file__).parent / "static"


@lru_cache(maxsize=1)
def packaged_plotly() -> bytes:
    """plotly.min.js of the installed plotly package, gzipped."""
    return gzip.compress((files("plotly") / "package_data" / "plotly.min.js").read_bytes(), 5, mtime=0)


def source(*names: str) -> str:
    """The named files of static/, one after the other: later ones use what earlier ones define."""
    return "\n".join((STATIC / name).read_text(encoding="utf-8") for name in names)


class Drawn(anywidget.AnyWidget):
    """Base of every widget that shows a figure: hands out plotly.js on request and sends packed figures."""

    colours = traitlets.Dict().tag(sync=True)
    _css = source("course.css")

    def __init__(self, **traits):
        super().__init__(colours=COLOURS, **traits)
        self.on_msg(self._heard)

    def _heard(self, _, message: dict, buffers: list) -> None:
        if message.get("kind") == "plotly":
            self.send({"kind": "plotly"}, [packaged_plotly()])
        else:
            self.heard(message)

    def heard(self, message: dict) -> None:
        """Answer a message of the page other than a request for plotly.js."""
        raise TypeError(f"{type(self).__name__} does not know the message {message.get('kind')!r}.")

    def send_figure(self, packed: Packed, **more) -> None:
        """Send one whole figure."""
        self.send(
            {"kind": "frame", "skeleton": packed.skeleton, "lengths": packed.lengths(), **more}, [packed.buffer()]
        )


class Chart(Drawn):
    """A figure without sliders. `figure` is a plain dictionary as the figure functions return it."""

    _esm = source("quick.js", "chart.js", "chart_alone.js")

    def __init__(self, figure: dict):
        super().__init__()
        self.figure = figure
        self._packed = pack(figure)
        replace_earlier(self, figure["title"])

    @property
    def twin(self) -> str:
        """The figure in one sentence."""
        return self.figure["twin"]

    def heard(self, message: dict) -> None:
        if message.get("kind") == "hello":
            self.send_figure(self._packed)
