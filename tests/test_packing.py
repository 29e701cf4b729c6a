"""Figures taken apart and put together again, and the stack of frames along a slider."""

from __future__ import annotations

import numpy as np
import pytest

from lessons.interface.look_ahead import LookAhead, travel
from lessons.interface.packing import difference, pack

TIME = np.linspace(0, 1, 5)


def figure(height: float, title: str = "same") -> dict:
    return {"title": title, "data": [{"x": TIME, "y": TIME * height}, {"x": TIME, "y": np.zeros(3)}], "n": 1}


def restored(value, arrays):
    if isinstance(value, dict):
        return arrays[value["$"]] if "$" in value else {k: restored(v, arrays) for k, v in value.items()}
    return [restored(v, arrays) for v in value] if isinstance(value, list) else value


def test_a_packed_figure_can_be_put_together_again():
    packed = pack(figure(3))
    flat = np.frombuffer(packed.buffer(), np.float32)
    ends = np.cumsum(packed.lengths())
    again = restored(packed.skeleton, np.split(flat, ends[:-1]))
    assert again["title"] == "same"
    np.testing.assert_array_equal(again["data"][0]["y"], (TIME * 3).astype(np.float32))


def test_one_array_used_twice_travels_once():
    assert pack(figure(3)).lengths() == [5, 5, 3]


def test_a_table_of_numbers_keeps_its_shape():
    assert pack({"z": np.zeros((2, 4))}).lengths() == [[2, 4]]


def test_not_a_number_becomes_null_and_numpy_numbers_become_plain():
    assert pack({"a": float("nan"), "b": np.float64(2), "c": np.int64(3)}).skeleton == {"a": None, "b": 2.0, "c": 3}


def test_what_a_page_cannot_read_is_refused_with_its_place():
    with pytest.raises(TypeError, match="data"):
        pack({"data": [object()]})


def test_the_difference_names_only_what_changed():
    assert difference(pack(figure(1)), pack(figure(2, "other"))) == [[["title"], "other"]]


def test_figures_built_differently_have_no_difference():
    other = figure(1)
    other["data"].pop()
    assert difference(pack(figure(1)), pack(other)) is None


def test_the_nearest_positions_are_computed_first_and_the_way_ahead_before_the_way_back():
    ahead = LookAhead("load", 11, 5, lambda i: pack(figure(i)))
    assert [ahead.next()[0] for _ in range(3)] == [5, 4, 6]
    ahead.near(6, 1)
    assert [ahead.next()[0] for _ in range(4)] == [7, 8, 9, 10]


def test_a_stack_holds_shared_arrays_once_and_a_row_for_each_frame():
    ahead = LookAhead("load", 4, 0, lambda i: pack(figure(i)))
    content, buffers = ahead.message([ahead.next(), ahead.next()])
    assert content["base"]["fixed"] == [0]
    assert len(buffers[0]) == 4 * 5
    assert len(buffers[-1]) == 2 * 4 * (5 + 3)
    later, more = ahead.message([ahead.next()])
    assert "base" not in later and len(more) == 1 and len(more[0]) == 4 * 8
    rows = np.frombuffer(buffers[-1], np.float32).reshape(2, 8)
    for row, frame in zip(rows, content["frames"], strict=True):
        np.testing.assert_allclose(row[:5], TIME * frame["position"], rtol=1e-6)


def test_a_frame_that_is_built_differently_travels_whole():
    def frame(i):
        made = figure(i)
        if i == 2:
            made["data"].append({"y": np.ones(2)})
        return pack(made)

    ahead = LookAhead("load", 3, 0, frame)
    frames = [ahead.next() for _ in range(3)]
    content, buffers = ahead.message(frames)
    assert ["whole" in f for f in content["frames"]] == [False, False, True]
    assert len(buffers) == 3


def test_a_position_that_the_model_refuses_is_left_out():
    ahead = LookAhead("load", 3, 0, lambda i: None if i == 1 else pack(figure(i)))
    assert [ahead.next() and True for _ in range(3)] == [True, None, True]
    assert not ahead


def test_a_slider_travels_from_end_to_end_in_its_own_steps():
    assert list(travel(0.2, 0.8, 0.2)) == [0.2, 0.4, 0.6, 0.8]
    assert list(travel(0, 1, 0.01))[29] == 0.29
