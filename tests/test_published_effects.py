"""The published numbers of page 09: what the file may hold, where each comes from, and adding one without code."""

from __future__ import annotations

import re
import shutil

import pytest

from lessons.data import ASSETS, DataError
from lessons.models.synthesis import COMPARATORS, Asked, ask
from lessons.published_effects import published_effects

EFFECTS = published_effects().effects
SIZED = [effect for effect in EFFECTS.values() if effect.effect is not None]
NUMBER = re.compile(r"(?<![\d.])-?\d*\.?\d+")
# The entry that CONTRIBUTING.md shows to those who want to add one.
CONTRIBUTING = (ASSETS.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
MINE = "\n" + re.sub(r" +#.*", "", re.search(r"```yaml\n(- id: my-own-trial\n.*?)```", CONTRIBUTING, re.DOTALL)[1])


def written(folder, change=lambda text: text):
    """The effects of a copy of the assets in which the file was changed."""
    shutil.copytree(ASSETS, folder, dirs_exist_ok=True)
    path = folder / "published_effects.yaml"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    return published_effects(folder)


def test_a_number_is_added_by_lines_of_text_alone_and_is_in_the_forest_plot(tmp_path):
    known = written(tmp_path, lambda text: text + MINE)
    assert len(known.effects) == len(EFFECTS) + 1
    asked = Asked(comparator=list(COMPARATORS).index("another treatment"), spread=2.0)
    row = next(row for row in ask(asked, known).rows if row.published.id == "my-own-trial")
    assert (row.effect, row.low, row.high) == pytest.approx((0.15, 0.05, 0.25))


def test_the_readme_shows_how():
    text = (ASSETS.parent / "README.md").read_text(encoding="utf-8")
    assert "assets/published_effects.yaml" in text


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("  source: haake-2007\n", "  source: nobody-2007\n", "no reference 'nobody-2007'"),
        ("  high: 0.50\n", "", "give all four or none"),
        ("  low: 0.10\n", "  low: 0.40\n", "does not lie between"),
        ("  high: 0.50\n", "  high: 0.90\n", "name that under flaw"),
        ("  apart: Nothing", "  flaw: odd\n  apart: Nothing", "needs no flaw"),
        ("  status: checked\n", "  status: recalled\n", "recalled number must not be shown"),
        ("  status: checked\n", "  status: derived\n", "shows its formula"),
        ("  apart: Nothing else answers the same question.\n", "", "one of them"),
        ("  apart: Nothing", "  pool: trialists-over-sham\n  apart: Nothing", "one of them"),
        ("  apart: Nothing else answers the same question.\n", "  pool: ours\n", "no pool 'ours'"),
        (
            "  apart: Nothing else answers the same question.\n",
            "  pool: trialists-over-sham\n",
            "differ in unit, comparator or outcome; do not pool them",
        ),
        ("  against: another treatment\n", "  against: added to other care\n", "under with_care"),
        ("  weeks: [4, 4]\n", "  weeks: [4, 40]\n", "'weeks' ends 1 to 12 weeks"),
        ("  weeks: [4, 4]\n", "  weeks: [6, 4]\n", r"weeks are \[from, to\]"),
        ("  id: my-own-trial", "  id: over-usual-care", "stands here twice"),
        ("  treatment: pressure\n", "  treatment: massage\n", "treatment"),
    ],
)
def test_a_mistake_of_an_author_names_file_line_and_remedy(old, new, says, tmp_path):
    mine = f"\n{MINE}".replace("\n- id", "\n-\n  id")
    assert old in mine
    with pytest.raises(DataError, match=rf"published_effects\.yaml, line \d+: .*{says}"):
        written(tmp_path, lambda text: text + mine.replace(old, new, 1))


def test_a_pool_that_holds_nothing_is_told(tmp_path):
    empty = "pools:\n- id: nobody\n  name: nobody\n  why: None."
    with pytest.raises(DataError, match="nothing is in the pool 'nobody'"):
        written(tmp_path, lambda text: text.replace("pools:", empty, 1))


@pytest.mark.parametrize("effect", [e for e in SIZED if e.status == "checked"], ids=lambda e: e.id)
def test_a_checked_number_is_the_one_that_its_source_prints(effect):
    printed = {abs(float(number)) for number in NUMBER.findall(effect.printed)}
    assert {abs(value) for value in (effect.effect, effect.low, effect.high)} <= printed


def arm(text):
    """Mean, standard deviation and number of people of "40.2 (SD 22.5, n 377)" or "43.3 (23.0, 376)"."""
    return [float(number) for number in NUMBER.findall(text)[:3]]


@pytest.mark.parametrize(
    "effect", [e for e in SIZED if "against" in e.printed and e.status == "derived"], ids=lambda e: e.id
)
def test_a_difference_of_two_groups_is_what_its_means_give(effect):
    (m1, s1, n1), (m2, s2, n2) = map(arm, effect.printed.split(" against "))
    reach = 1.96 * (s1**2 / n1 + s2**2 / n2) ** 0.5
    expected = [(m2 - m1) / 10, (m2 - m1 - reach) / 10, (m2 - m1 + reach) / 10]
    assert (effect.effect, effect.low, effect.high) == pytest.approx(expected, abs=0.0051)
    assert effect.people == n1 + n2


def test_other_derived_numbers_are_what_their_formula_says():
    spread = ((160 * 13.7**2 + 139 * 17.0**2) / 299) ** 0.5
    scales = {
        "headache-over-usual-care": spread,
        "trigger-points-over-sham-2009": 10,
        "trigger-points-over-sham-2011": 10,
    }
    left = {e.id for e in SIZED if e.status == "derived" and "against" not in e.printed}
    assert left == set(scales)
    for name, scale in scales.items():
        effect = EFFECTS[name]
        printed = [float(number) / scale for number in NUMBER.findall(effect.printed)[:3]]
        assert (effect.effect, effect.low, effect.high) == pytest.approx(printed, abs=0.0051)


def test_reviews_and_trials_that_share_patients_are_never_in_one_pool():
    pooled = [effect for effect in EFFECTS.values() if effect.pool]
    for pool in {effect.pool for effect in pooled}:
        members = [effect for effect in pooled if effect.pool == pool]
        assert len({effect.condition for effect in members}) == len(members)
        assert len({effect.source for effect in members}) == 1


def test_every_number_says_where_it_was_seen_and_how_biased_its_source_calls_it():
    assert all(effect.seen and effect.bias and effect.citation for effect in EFFECTS.values())
    assert {"vickers-2012", "vickers-2018", "madsen-2009", "linde-2010", "haake-2007", "yuan-2016", "vickers-2004"} <= {
        effect.source for effect in EFFECTS.values()
    }


def test_intervals_that_do_not_fit_their_number_are_marked():
    assert {effect.source for effect in EFFECTS.values() if effect.flaw} == {"stieven-2020"}
