"""The tree of units. Pure: parents by key, in any key that identifies a unit (identity, code)."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Node = TypeVar("Node")


def ancestors(parents: Mapping[Key, Key | None], key: Key) -> list[Key]:
    """The keys above, nearest first; stops where the way comes round."""
    found: list[Key] = []
    above = parents.get(key)
    while above is not None and above != key and above not in found:
        found.append(above)
        above = parents.get(above)
    return found


def closes_a_circle(parents: Mapping[Key, Key | None], key: Key, parent: Key | None) -> bool:
    """Whether `key` below `parent` would stand below itself."""
    return parent is not None and (parent == key or key in ancestors(parents, parent))


def circle_of(parents: Mapping[Key, Key | None], key: Key) -> list[Key]:
    """The keys of the circle that `key` is part of, beginning with it; empty where there is none."""
    way = [key]
    above = parents.get(key)
    while above is not None and above not in way:
        way.append(above)
        above = parents.get(above)
    return way if above == key else []


def below(parents: Mapping[Key, Key | None], key: Key) -> set[Key]:
    """All keys under this one, without it."""
    return {other for other in parents if other != key and key in ancestors(parents, other)}


def in_tree_order(
    nodes: Iterable[Node], key: Callable[[Node], Key], parent: Callable[[Node], Key | None]
) -> list[tuple[Node, int]]:
    """Nodes with their depth: each below its parent, brothers in the order given; none is lost, none comes twice.

    A node whose parent is not among them stands at the top.
    """
    listed = list(nodes)
    known = {key(node) for node in listed}
    children: dict[Key | None, list[Node]] = {}
    for node in listed:
        above = parent(node)
        children.setdefault(above if above in known else None, []).append(node)
    ordered: list[tuple[Node, int]] = []
    waiting = [(node, 0) for node in reversed(children.get(None, []))]
    while waiting:
        node, depth = waiting.pop()
        ordered.append((node, depth))
        waiting.extend((child, depth + 1) for child in reversed(children.get(key(node), [])))
    placed = {key(node) for node, _ in ordered}
    # Only a circle has no way from the top; the database refuses one, and still nobody may vanish from a list.
    return ordered + [(node, 0) for node in listed if key(node) not in placed]
