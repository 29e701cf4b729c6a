"""The models as their own code has them: equations, every parameter, limits, and what is known to miss the data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from lessons.data import calibration
from lessons.models import (
    body,
    central_account,
    dorsal_horn,
    neuromodulation,
    neuromodulation_course,
    treatment,
    trial,
    trigger_point,
    trigger_point_course,
)
from lessons.models.trigger_point_weeks import Weeks
from lessons.simulation import Parameter, Parameters
from lessons.teaching.model_texts import text_of

STATUS = {
    "checked": "seen in the source",
    "recalled": "from memory",
    "fitted": "fitted",
    "assumed": "assumed",
}


@dataclass(frozen=True)
class Sheet:
    """A model: its title, the module whose text it is, its parameters, and the pages that use it."""

    title: str
    module: ModuleType
    parameters: type[Parameters]
    pages: tuple[str, ...]


SHEETS = (
    Sheet("The dorsal horn", dorsal_horn, dorsal_horn.DorsalHorn, ("01",)),
    Sheet("The trigger point", trigger_point, trigger_point.TriggerPoint, ("02", "03")),
    Sheet("The trigger point over weeks", trigger_point_course, Weeks, ("03",)),
    Sheet("The rival: a sensitised cord", central_account, central_account.CentralAccount, ("02", "09")),
    Sheet("Needles that stay", neuromodulation, neuromodulation.Neuromodulation, ("04", "05")),
    Sheet("A course of visits", neuromodulation_course, neuromodulation_course.Course, ("06",)),
    Sheet("Both ways in one patient", treatment, treatment.Treatment, ("07",)),
    Sheet("Relief over the body", body, body.Spread, ("00", "07")),
    Sheet("Virtual trials", trial, trial.Trial, ("08", "09", "10")),
)


def model_blocks(sheet: Sheet) -> Iterator[Mapping[str, Any]]:
    """Everything that the code of a model says of it."""
    text = text_of(sheet.module)
    yield {"text": f"{text.about} Used on page {', '.join(sheet.pages)}."}
    yield {"heading": "Equations"}
    rows = [(one.maths or one.text, one.remark) for one in text.equations]
    yield {"formulas": {"name": f"{sheet.title}: equations", "rows": rows}}
    yield {"fold": {"title": "In words: symbols, events, what is built in", "blocks": [_plain(w) for w in text.words]}}
    yield {"heading": "Limits"}
    yield from (_plain(limit) for limit in text.limits)
    yield {"fold": {"title": "Where it is known to miss what was measured", "asks": f"misses:{sheet.title}"}}
    about = sheet.parameters.described()
    if about:
        statuses = {status: sum(one.status == status for one in about.values()) for status in STATUS}
        told = ", ".join(f"{count} {STATUS[status]}" for status, count in statuses.items() if count)
        yield {"heading": f"{len(about)} parameters: {told}"}
        yield {"fold": {"title": "All of them, with unit, range and source", "blocks": list(_tables(sheet, about))}}
    if text.papers:
        yield {"fold": {"title": "Papers that the model names", "blocks": [_plain(paper) for paper in text.papers]}}


def miss_blocks(title: str) -> Iterator[Mapping[str, Any]]:
    """The known misfits of one model. Raises ValueError for an unknown one."""
    sheet = next((one for one in SHEETS if one.title == title), None)
    if sheet is None:
        raise ValueError(f"There is no model '{title}' here.")
    missed = [target for target in calibration().values() if target.misfit and _measures(target.measure, sheet)]
    if missed:
        yield {"list": [_misfit(target) for target in missed]}
    else:
        yield {"text": "None is written down: nothing that was measured is compared with this model by itself."}


def _plain(text: str) -> Mapping[str, Any]:
    return {"text": text.replace("`", "").replace("*", "")}


def _measures(measure: str, sheet: Sheet) -> bool:
    """Whether a target is measured on this model: by a function of its module or of one of its family."""
    stem = sheet.module.__name__.rsplit(".", 1)[-1]
    others = {other.module.__name__.rsplit(".", 1)[-1] for other in SHEETS} - {stem}
    first = measure.split(".")[0]
    family = [name for name in (stem, *others) if first == name or first.startswith(f"{name}_")]
    return bool(family) and max(family, key=len) == stem


def _misfit(target: Any) -> str:
    found = f"{target.published:g} {target.unit} was published" if target.published is not None else "no single number"
    return f"{target.quantity} ({target.id}; {found}): {target.misfit}"


def _tables(sheet: Sheet, about: Mapping[str, Parameter]) -> Iterator[Mapping[str, Any]]:
    for group in dict.fromkeys(one.group for one in about.values()):
        yield {
            "table": {
                "caption": group or sheet.title,
                "heads": ["name in code", "what it is", "value", "range", "unit", "status", "source"],
                "rows": [_row(name, one) for name, one in about.items() if one.group == group],
                "numbers": [2, 3],
            }
        }


def _row(name: str, one: Parameter) -> list[str]:
    value = one.choices[int(one.default)] if one.choices else f"{one.default:g}"
    span = "one of " + str(len(one.choices)) if one.choices else f"{one.low:g} to {one.high:g}"
    return [name, one.label, value, span, one.unit or "–", STATUS[one.status], one.source]
