"""The tree of units: order, circles, what lies below."""

from hypothesis import given
from hypothesis import strategies as st

from orchestrator.directory.tree import ancestors, below, circle_of, closes_a_circle, in_tree_order

PARENTS = {"bo": None, "cuc": "bo", "phong": "cuc", "to": "phong", "vu": "bo", "lac": "khong-co"}


def test_ancestors_and_what_lies_below() -> None:
    assert ancestors(PARENTS, "to") == ["phong", "cuc", "bo"]
    assert below(PARENTS, "cuc") == {"phong", "to"}
    assert ancestors(PARENTS, "khong-co") == []


def test_a_unit_stands_neither_below_itself_nor_below_its_own() -> None:
    assert closes_a_circle(PARENTS, "cuc", "cuc")
    assert closes_a_circle(PARENTS, "cuc", "to")
    assert not closes_a_circle(PARENTS, "to", "vu")
    assert not closes_a_circle(PARENTS, "bo", None)


def test_a_circle_is_named_by_its_members() -> None:
    circle = PARENTS | {"bo": "to"}
    assert circle_of(circle, "bo") == ["bo", "to", "phong", "cuc"]
    assert circle_of(circle, "vu") == []
    assert circle_of(PARENTS, "to") == []


def test_children_follow_their_parents_with_their_depth() -> None:
    ordered = in_tree_order(sorted(PARENTS), lambda key: key, lambda key: PARENTS[key])
    assert ordered == [("bo", 0), ("cuc", 1), ("phong", 2), ("to", 3), ("vu", 1), ("lac", 0)]


@given(st.dictionaries(st.integers(0, 12), st.none() | st.integers(0, 12), max_size=13))
def test_nobody_is_lost_and_nobody_comes_twice(parents: dict[int, int | None]) -> None:
    ordered = [key for key, _ in in_tree_order(parents, lambda key: key, parents.get)]
    assert sorted(ordered) == sorted(parents)
    assert all(set(circle_of(parents, key)) <= set(parents) | {None} for key in parents)
