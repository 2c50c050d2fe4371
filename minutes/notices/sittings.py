"""Revisions that one person saved in one go: an editor that saves by itself makes many, a reader wants to see few.

In: revisions in their order. Out: sittings; the same hand without a pause of half an hour is one. Nothing is joined in
the tables: every revision stays. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from minutes.notices.models import NoticeRevision

PAUSE = timedelta(minutes=30)
#: So few are shown one by one.
FEW = 3


@dataclass(frozen=True)
class Sitting:
    """Revisions of one hand, the oldest first."""

    revisions: tuple[NoticeRevision, ...]

    @property
    def last(self) -> NoticeRevision:
        """What the sitting ended with."""
        return self.revisions[-1]

    @property
    def first(self) -> NoticeRevision:
        """What it began with."""
        return self.revisions[0]


def sittings(revisions: Sequence[NoticeRevision]) -> list[Sitting]:
    """All revisions in sittings, oldest first; a machine's draft and a few saves stand alone."""
    groups: list[list[NoticeRevision]] = []
    for revision in revisions:
        if groups and _goes_on(groups[-1][-1], revision):
            groups[-1].append(revision)
        else:
            groups.append([revision])
    return [
        Sitting(tuple(rows))
        for group in groups
        for rows in ([group] if len(group) > FEW else [[revision] for revision in group])
    ]


def _goes_on(before: NoticeRevision, after: NoticeRevision) -> bool:
    is_same_hand = (before.source, before.author_id) == (after.source, after.author_id)
    return is_same_hand and after.author_id is not None and after.created_at - before.created_at <= PAUSE
