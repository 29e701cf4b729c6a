"""Single functions of scipy, without the packages in which they lie.

`import scipy.integrate` loads nearly all of scipy, and numpy's Fortran tools with it: 53 MiB and .7 s of the processor
in every learner's kernel, where the one solver that the models call takes 4 MiB and .03 s. A scipy that is built
otherwise than the pinned one is imported as usual: the same functions, only larger.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import scipy

LABELS = "scipy._lib._array_api"  # decorators that say which arrays a function takes, and 21 MiB to say it


def part(package: str, module: str, *names: str) -> tuple[Any, ...]:
    """Functions of `scipy.package.module`, which the package gives under the same names. Raises ImportError."""
    try:
        with _in_place_of(f"scipy.{package}", __path__=[str(Path(scipy.__file__).parent / package)]):
            with _in_place_of(LABELS, xp_capabilities=lambda **_: lambda function: function):
                found = importlib.import_module(f"scipy.{package}.{module}")
        return tuple(getattr(found, name) for name in names)
    except (ImportError, AttributeError, TypeError):
        whole = importlib.import_module(f"scipy.{package}")
        return tuple(getattr(whole, name) for name in names)


@contextmanager
def _in_place_of(name: str, **content: Any) -> Iterator[None]:
    """With a module that has nothing but some content, unless the true one is there already."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = module = ModuleType(name)
    vars(module).update(content)
    try:
        yield
    finally:
        del sys.modules[name]
