"""The body chart: regions tile the outline, sides are the patient's, and both forms of the drawing are one drawing."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations, pairwise

import numpy as np
import pytest

from lessons import body_data
from lessons.benches.side_by_side import run
from lessons.data import ASSETS, findings
from lessons.figures.body_chart import (
    CENTRES,
    body_chart,
    body_chart_svg,
    fill,
    muscle_trace,
    smallest_regions,
)
from lessons.figures.body_shapes import VIEWS, body_shapes, segment_name
from lessons.figures.clock import Clock
from lessons.figures.side_by_side import side_by_side
from lessons.interface.palette import COLOURS
from lessons.models.side_by_side import Mix
from lessons.strict_yaml import DataError

BODY = body_shapes(body_data.regions(), body_data.muscles())
REGIONS = list(BODY.regions.values())
MUSCLES = list(BODY.muscles.values())
SIGN = {("front", "right"): -1, ("front", "left"): 1, ("back", "right"): 1, ("back", "left"): -1}


def area(polygon):
    x, y = polygon.T
    return abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2


def inside(point, polygon):
    x, y = point
    (x0, y0), (x1, y1) = polygon.T, np.roll(polygon, -1, axis=0).T
    crosses = (y0 > y) != (y1 > y)
    with np.errstate(divide="ignore", invalid="ignore"):
        at = x0 + (y - y0) / (y1 - y0) * (x1 - x0)
    return bool(np.count_nonzero(crosses & (x < at)) % 2)


def edges(polygon):
    points = [tuple(p) for p in polygon.tolist()]
    return [frozenset(pair) for pair in pairwise([*points, points[0]])]


def crosses_itself(polygon):
    """Whether two edges that do not follow one another meet."""
    start, end = polygon, np.roll(polygon, -1, axis=0)

    def turn(a, b, c):
        return (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1]) - (b[..., 1] - a[..., 1]) * (c[..., 0] - a[..., 0])

    i, j = np.array(list(combinations(range(len(polygon)), 2))).T
    apart = (j - i > 1) & (j - i < len(polygon) - 1)
    i, j = i[apart], j[apart]
    one = turn(start[i], end[i], start[j]) * turn(start[i], end[i], end[j])
    other = turn(start[j], end[j], start[i]) * turn(start[j], end[j], end[i])
    return bool(np.any((one <= 0) & (other <= 0)))


def colour(name):
    key, _, opacity = name.removeprefix("@").partition("/")
    return COLOURS["light"][key], float(opacity or 1)


def test_there_are_36_regions_in_front_38_behind_and_33_muscles_a_side():
    assert Counter(region.view for region in REGIONS) == {"front": 36, "back": 38}
    assert Counter(muscle.side for muscle in MUSCLES) == {"right": 33, "left": 33}
    assert len({*BODY.regions, *BODY.muscles}) == len(REGIONS) + len(MUSCLES)
    assert len({region.label for region in REGIONS}) == len(REGIONS)


@pytest.mark.parametrize("view", VIEWS)
def test_regions_fill_the_outline_exactly(view):
    total = sum(area(region.polygon) for region in REGIONS if region.view == view)
    assert total == pytest.approx(area(BODY.outlines[view]), rel=1e-6)


@pytest.mark.parametrize("view", VIEWS)
def test_inner_edges_belong_to_two_regions_and_outer_edges_to_one(view):
    owners = Counter(edge for region in REGIONS if region.view == view for edge in edges(region.polygon))
    outer = set(edges(BODY.outlines[view]))
    assert outer <= set(owners)
    assert {edge for edge, count in owners.items() if count == 1} == outer
    assert set(owners.values()) == {1, 2}


@pytest.mark.parametrize("shape", [*REGIONS, *MUSCLES], ids=lambda shape: shape.id)
def test_no_polygon_crosses_itself(shape):
    assert not crosses_itself(shape.polygon)


@pytest.mark.parametrize("view", VIEWS)
def test_the_outline_does_not_cross_itself_and_stands_on_the_ground(view):
    outline = BODY.outlines[view]
    assert not crosses_itself(outline)
    assert outline[:, 1].max() == 1000
    assert abs(outline[:, 1].min()) < 1


@pytest.mark.parametrize("shape", [*REGIONS, *MUSCLES], ids=lambda shape: shape.id)
def test_the_side_is_the_patients_in_both_views(shape):
    assert shape.id.endswith({"right": "-r", "left": "-l"}[shape.side])
    across = shape.polygon[:, 0] * SIGN[shape.view, shape.side]
    assert across.min() >= 0
    assert across.max() > 0


@pytest.mark.parametrize("kind", ["regions", "muscles"])
def test_left_and_right_are_mirror_images(kind):
    shapes = getattr(BODY, kind)
    for name, shape in shapes.items():
        if shape.side == "right":
            assert np.array_equal(shapes[f"{name[:-2]}-l"].polygon, shape.polygon * (-1, 1))


@pytest.mark.parametrize("region", REGIONS, ids=lambda region: region.id)
def test_the_label_point_lies_in_its_region(region):
    assert inside(region.label_point, region.polygon)


def test_neighbours_are_mutual_and_known():
    for region in REGIONS:
        assert region.neighbours, region.id
        for name in region.neighbours:
            assert region.id in BODY.regions[name].neighbours
            assert BODY.regions[name].view == region.view
    assert BODY.regions["nape-r"].neighbours == ("head_back-r", "nape-l", "shoulder_top_back-r")


@pytest.mark.parametrize("muscle", MUSCLES, ids=lambda muscle: muscle.id)
def test_a_muscle_lies_within_the_outline_and_refers_to_known_regions(muscle):
    outline = BODY.outlines[muscle.view]
    ring = np.vstack([muscle.polygon, muscle.polygon[:1]])
    along = np.vstack([a + (b - a) * np.linspace(0, 1, 6)[:-1, None] for a, b in pairwise(ring)])
    assert all(inside(point, outline) for point in along)
    assert muscle.referral
    assert set(muscle.referral) <= set(BODY.regions)


def test_muscles_near_the_lung_are_marked():
    hazards = {muscle.id: muscle.hazard for muscle in MUSCLES}
    for name in ("trapezius_upper", "rhomboids", "levator_scapulae", "scalenes", "pectoralis_major", "supraspinatus"):
        assert hazards[f"{name}-r"] == "lung"
    assert hazards["gastrocnemius-l"] == "none"


def test_no_referral_frequency_pretends_to_be_measured():
    measured = {muscle.id[:-2] for muscle in MUSCLES if muscle.status["referral"] != "assumed"}
    assert measured == {"infraspinatus"}


def test_the_measured_referral_is_what_the_study_counted():
    """Of 133 people, in the finding's order: back and front of the shoulder, front and back of the arm."""
    shares = findings()["one-muscle-many-places"].effect_sizes
    words = ["usual" if share >= 200 / 3 else "frequent" if share >= 100 / 3 else "occasional" for share in shares]
    places = ("shoulder_back-r", "shoulder_front-r", "upper_arm_front-r", "upper_arm_back-r")
    assert dict(BODY.muscles["infraspinatus-r"].referral) == dict(zip(places, words, strict=True))


def test_segments_have_the_clinics_names():
    assert [segment_name(n) for n in (1, 8, 9, 20, 21, 25, 26, 30)] == ["C1", "C8", "T1", "T12", "L1", "L5", "S1", "S5"]
    with pytest.raises(ValueError, match="no spinal segment 31"):
        segment_name(31)


def test_every_region_is_large_enough_to_touch():
    size, name = smallest_regions(BODY)[0]
    assert size >= 24, name


def test_files_and_vertices_stay_small():
    assert sum(path.stat().st_size for path in (ASSETS / "body").iterdir()) < 150_000
    assert sum(len(region.polygon) for region in REGIONS) < 1400


@pytest.mark.parametrize("view", VIEWS)
def test_the_figure_has_human_proportions(view):
    """Shares of the height, with room for the differences between people; palms forward, arms a little away."""
    outline, height = BODY.outlines[view], 1000

    def corner(name):
        return np.array(body_data.regions().corners[name])

    assert 7.2 <= height / (height - corner("chin")[1]) <= 7.8
    assert 0.45 <= corner("crotch")[1] / height <= 0.5
    assert 0.27 <= np.mean([corner("knee_outer_high")[1], corner("knee_outer_low")[1]]) / height <= 0.3
    assert 0.36 <= corner("fingertip")[1] / height <= 0.41
    high = outline[outline[:, 1] > 755]
    assert 0.23 <= np.ptp(high[:, 0]) / height <= 0.29
    assert corner("waist_side")[0] < corner("hip_side")[0] < corner("wrist_inner")[0]


def test_the_letters_stand_on_the_patients_sides():
    letters = [
        (note["text"], note["x"]) for note in body_chart(BODY, {})["layout"]["annotations"] if note["text"] in "RL"
    ]
    placed = {(text, view): x - CENTRES[view] for text, x in letters for view in VIEWS if x * CENTRES[view] > 0}
    assert len(placed) == 4
    for text, side in (("R", "right"), ("L", "left")):
        for view in VIEWS:
            assert placed[text, view] * SIGN[view, side] > 0


def test_a_change_of_shade_changes_fill_colours_only():
    rest, shaded = (body_chart(BODY, shades, "@retention") for shades in ({}, {"nape-r": 3, "calf-l": 1}))
    changed = []
    for one, other in zip(rest["data"], shaded["data"], strict=True):
        assert one["x"] is other["x"]
        assert one["y"] is other["y"]
        keys = {key for key in one if key not in ("x", "y") and one[key] != other[key]}
        assert keys <= {"fillcolor"}
        if keys:
            changed.append((other["name"], other["fillcolor"]))
    assert sorted(changed) == [("calf-l", "@retention/0.35"), ("nape-r", "@retention")]
    assert rest["layout"] == shaded["layout"]


def test_plotly_and_svg_hold_the_same_coordinates():
    shades = {"nape-r": 2}
    traces = {trace["name"]: trace for trace in body_chart(BODY, shades)["data"] if "name" in trace}
    svg = body_chart_svg(BODY, shades, "@release", colour, "case1")
    found = dict(re.findall(r'<polygon id="case1-([^"]+)"[^>]* points="([^"]+)"', svg))
    assert set(found) == set(traces) == set(BODY.regions)
    for name, points in found.items():
        drawn = np.array([[float(v) for v in pair.split(",")] for pair in points.split()])
        assert drawn == pytest.approx(np.column_stack([traces[name]["x"], -traces[name]["y"]])[:-1], abs=2e-3)
    assert set(re.findall(r' id="([^"]+)"', svg)) == {"case1", "case1-title", *(f"case1-{name}" for name in found)}


def test_nonsense_is_refused_by_name():
    with pytest.raises(ValueError, match="no region 'nape'"):
        body_chart(BODY, {"nape": 1})
    with pytest.raises(ValueError, match="0, 1, 2 or 3, not 4"):
        fill(4, "@release")


def test_a_muscle_can_be_laid_over_the_chart():
    muscle = BODY.muscles["gluteus_medius-r"]
    one, other = muscle_trace(muscle), muscle_trace(muscle, "@retention/0.5")
    assert one["x"] is other["x"]
    assert one["x"].min() > CENTRES["back"]


def test_a_wrong_corner_and_a_wrong_region_are_named_with_their_line(tmp_path):
    folder = tmp_path / "body"
    folder.mkdir()
    text = (ASSETS / "body" / "regions.yaml").read_text(encoding="utf-8")
    (folder / "regions.yaml").write_text(text.replace("[brow, ear_top,", "[brow, eartop,"), encoding="utf-8")
    with pytest.raises(DataError, match=r"regions.yaml, line \d+: there is no corner 'eartop'"):
        body_data.regions(tmp_path)
    (folder / "regions.yaml").write_text(text, encoding="utf-8")
    other = (ASSETS / "body" / "muscles.yaml").read_text(encoding="utf-8")
    (folder / "muscles.yaml").write_text(other.replace("region: calf,", "region: calves,"), encoding="utf-8")
    body_data.regions.cache_clear()
    with pytest.raises(DataError, match=r"muscles.yaml, line \d+: there is no region 'calves'"):
        body_data.muscles(tmp_path)


def test_the_pointer_says_by_how_much_a_region_of_the_paired_bodies_has_changed():
    found = run(Mix())
    seconds = 600.0
    shown = side_by_side(found, Clock(clock=seconds))
    for way, axis in ((found.pair.release, "x"), (found.pair.retention, "x2")):
        relief = dict(zip(found.pair.chart.regions.names, way.at(way.relief, seconds), strict=True))
        said = {t["name"]: t["text"] for t in shown["data"] if t.get("name") in relief and t["xaxis"] == axis}
        assert set(said) == set(relief)
        for name, words in said.items():
            number = f"{abs(round(relief[name]))} %"
            assert words.endswith(number) and words.startswith(found.body.regions[name].label)
