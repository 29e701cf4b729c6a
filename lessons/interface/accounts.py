"""Two or more accounts of the same thing, each a whole set of values: choosing one sets all of them at once."""

from __future__ import annotations

from collections.abc import Mapping

Values = Mapping[str, float]


def completed(accounts: Mapping[str, Values], at_start: Values) -> dict[str, dict[str, float]]:
    """Each account with a value for every field that any of them sets; what it leaves out stands as at the start.

    Raises ValueError for a single account, or two that are the same.
    """
    fields = dict.fromkeys(name for values in accounts.values() for name in values)
    whole = {label: {name: values.get(name, at_start[name]) for name in fields} for label, values in accounts.items()}
    if len(whole) == 1:
        raise ValueError(f"One account is nothing to choose from: {', '.join(whole)}.")
    for i, (label, values) in enumerate(whole.items()):
        for earlier in list(whole)[:i]:
            if whole[earlier] == values:
                raise ValueError(f"Two accounts are the same: {earlier} and {label}.")
    return whole


def held(accounts: Mapping[str, Values], values: Values) -> str:
    """The account whose values all hold; "" if none does."""
    return next((label for label, its in accounts.items() if all(values[name] == its[name] for name in its)), "")
