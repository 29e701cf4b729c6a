"""All values that a picture depends on under one roof: those of the model and those of the picture alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lessons.simulation import Parameters


class Setting:
    """A model's parameter set and, for what only the picture needs, a view's.

    `fields`: name -> Parameter of both, the model's first.
    """

    def __init__(self, parameters: Parameters, view: Parameters | None = None):
        self.parameters, self.view = parameters, view
        self._of_view = type(view).described() if view is not None else {}
        self.fields = {**type(parameters).described(), **self._of_view}

    def values(self) -> dict[str, float]:
        """Every field and its value."""
        return {n: getattr(self.view if n in self._of_view else self.parameters, n) for n in self.fields}

    def split(self, values: Mapping[str, float]) -> tuple[Any, Any]:
        """Parameters and view with some values changed. Raises ParameterError for an impossible value or name."""
        exact = {n: self._exact(n, v) for n, v in values.items()}
        parameters = self.parameters.changed(**{n: v for n, v in exact.items() if n not in self._of_view})
        view = self.view and self.view.changed(**{n: v for n, v in exact.items() if n in self._of_view})
        return parameters, view

    def _exact(self, name: str, value: Any) -> Any:
        """A page sends every number as one that may have decimals; a whole one stays whole."""
        whole = name in self.fields and self.fields[name].whole
        return int(value) if whole and isinstance(value, float) and value.is_integer() else value

    def checked(self, values: Mapping[str, float]) -> dict[str, float]:
        """A copy of some values. Raises ParameterError unless the model takes them."""
        self.split(values)
        return dict(values)

    def changed(self, values: Mapping[str, float]) -> Setting:
        """The same with some values changed."""
        return Setting(*self.split(values))
