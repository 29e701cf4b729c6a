"""No published effect size is an input to a model: they meet the models only in the check and in these tests."""

import ast
import itertools
import math
from pathlib import Path

import pytest

from lessons import data
from lessons.strict_yaml import read_yaml

MODELS = Path(data.__file__).parent / "models"

# Round numbers that are an effect size somewhere and something else in a model. Value -> what it is in the models.
SHARED = {
    0.016: "weight of the context on serotonin and noradrenaline, fitted",
    0.025: "first step along a branch of equilibria",
    0.2: "ends of slider ranges, a step of the solver, a spread in a cohort, context between two acts, a corner in Hz",
    0.22: "largest energy from sugar without oxygen, mM/s",
    0.35: "typical load, loss of calcium sensitivity per pH, and a mean belief that is tried",
    0.4: "vessel reserve lost to sympathetic tone, half-point of referred pain, burst of an insertion, ends of ranges",
    0.55: "weight of touch on relay cells, fitted",
    0.57: "calcium release that acetylcholine drives, uM/ms",
    0.85: "range of pH over which glycolysis stops, blinding by a blunt sham, share of each alternating current",
    0.95: "blinding by a penetrating sham, share of opioids in painful cold, end of a range",
    1.02: "how far beyond rest a branch of equilibria is followed, end of an axis",
    1.3: "weight of nociceptors in the read-out of tenderness",
    1.4: "stability limit of the solver's step, smallest nodule that is travelled to",
    1.6: "end of the axis for serotonin",
    2.7: "steepness of haemoglobin's oxygen curve, and radius of the nodule in mm",
    5.8: "stiffness of the muscle around a band, kPa",
    7.5: "usual capillary reserve, and mmHg in a kilopascal",
}


def effect_sizes():
    """Size of an effect (without sign) -> the findings that report it."""
    found = {}
    for entry in data.evidence().values():
        for finding in (*entry.supporting, *entry.opposing):
            for number in finding.effect_sizes:
                found.setdefault(abs(number), set()).add(finding.id)
    return found


def constants(source):
    """(line, value without sign) of every number written in a piece of Python."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
            yield node.lineno, abs(node.value)


def clashes(source):
    return [
        (line, value, sorted(names))
        for (line, value), (effect, names) in itertools.product(constants(source), effect_sizes().items())
        if math.isclose(value, effect, rel_tol=1e-9) or (effect > 1 and math.isclose(100 * value, effect, rel_tol=1e-9))
    ]


@pytest.mark.parametrize("path", sorted(MODELS.glob("*.py")), ids=lambda path: path.name)
def test_no_model_contains_a_published_effect_size(path):
    found = [c for c in clashes(path.read_text(encoding="utf-8")) if c[1] not in SHARED]
    assert not found, f"{path.name}: (line, number, finding) {found}: derive it, or say in SHARED what else it is"


def test_the_search_would_find_one():
    assert clashes("gain = 55.48")
    assert clashes("relief = -1.53")
    assert clashes("share_of_patients = 0.977")
    assert not clashes("load = 0.36")


def test_every_excuse_is_needed_and_explained():
    written = {value for path in MODELS.glob("*.py") for _, value in constants(path.read_text(encoding="utf-8"))}
    for value, reason in SHARED.items():
        assert value in written, f"{value} stands in no model any more: remove it from SHARED"
        assert len(reason.split()) >= 4


def test_there_is_something_to_search_for():
    assert len(effect_sizes()) >= 60
    file, _ = read_yaml(data.ASSETS / "evidence.yaml")
    with_numbers = [f for f in file["findings"] if f.get("effect_sizes")]
    assert len(with_numbers) >= 20
