"""What deserves a look: each limit from both sides, and the words of every finding in both languages."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale

from web.operations import findings as rules
from web.operations import words
from web.operations.findings import Figures, Finding, findings
from web.operations.house import Disk, Periodic, Worker

NOW = datetime(2026, 4, 8, 7, 0, tzinfo=UTC)
GB = 1024**3
ALIVE = Worker("speech", "may-1", NOW, is_away=False)
AWAY = Worker("pieces", "may-2", NOW - timedelta(hours=1), is_away=True)
CALM = Figures(
    now=NOW,
    yesterday=date(2026, 4, 7),
    parts_away=(),
    services_down=(),
    workers=(ALIVE,),
    stage_seconds=0.0,
    stopped=0,
    set_apart=0,
    outbox_seconds=0.0,
    given_up=0,
    mail_seconds=0.0,
    mails_lost=0,
    draft_seconds=0.0,
    disk=Disk(50 * GB, 100 * GB),
    backup_at=NOW - timedelta(hours=8),
    anchor_day=date(2026, 4, 7),
    periodic=(Periodic("core.deliver_outbox", 5.0, NOW, is_late=False),),
)

#: name → what differs from a calm house, codes with their tones.
CASES: dict[str, tuple[dict[str, Any], list[tuple[str, str]]]] = {
    "calm": ({}, []),
    "on every limit": (
        {
            "stage_seconds": rules.STAGE_LIMIT_SECONDS,
            "outbox_seconds": rules.OUTBOX_LIMIT_SECONDS,
            "mail_seconds": rules.MAIL_LIMIT_SECONDS,
            "draft_seconds": rules.DRAFT_LIMIT_SECONDS,
            "disk": Disk(10 * GB, 100 * GB),
            "backup_at": NOW - rules.BACKUP_LIMIT,
            "anchor_day": date(2026, 4, 6),
        },
        [],
    ),
    "a part away": ({"parts_away": ("broker",)}, [("part_away", "bad")]),
    "a service down": ({"services_down": ("worker-pieces-2",)}, [("service_down", "bad")]),
    "no worker at all": ({"workers": ()}, [("no_worker", "bad")]),
    "all workers away": ({"workers": (AWAY,)}, [("no_worker", "bad")]),
    "one of two away": ({"workers": (ALIVE, AWAY)}, [("worker_away", "warn")]),
    "nobody to ask": ({"workers": None}, []),
    "a stage waits": ({"stage_seconds": rules.STAGE_LIMIT_SECONDS + 1}, [("stage_waits", "bad")]),
    "stopped and set apart": ({"stopped": 3, "set_apart": 1}, [("set_apart", "warn"), ("stopped", "warn")]),
    "only set apart": ({"stopped": 1, "set_apart": 1}, [("set_apart", "warn")]),
    "news waits": ({"outbox_seconds": rules.OUTBOX_LIMIT_SECONDS + 1}, [("news_waits", "bad")]),
    "news given up": ({"given_up": 2}, [("news_given_up", "bad")]),
    "mail waits": ({"mail_seconds": rules.MAIL_LIMIT_SECONDS + 1}, [("mail_waits", "warn")]),
    "mail lost": ({"mails_lost": 4}, [("mails_lost", "warn")]),
    "a draft waits": ({"draft_seconds": rules.DRAFT_LIMIT_SECONDS + 1}, [("draft_waits", "warn")]),
    "little room": ({"disk": Disk(9 * GB, 100 * GB)}, [("disk_full", "warn")]),
    "hardly any room": ({"disk": Disk(2 * GB, 100 * GB)}, [("disk_full", "bad")]),
    "never backed up": ({"backup_at": None}, [("no_backup", "warn")]),
    "an old backup": ({"backup_at": NOW - timedelta(days=3)}, [("old_backup", "warn")]),
    "no anchor yet": ({"anchor_day": None}, []),
    "an old anchor": ({"anchor_day": date(2026, 4, 5)}, [("old_anchor", "warn")]),
    "late": ({"periodic": (Periodic("x", 5.0, NOW, is_late=True),)}, [("timetable_late", "warn")]),
    "what stops work comes first": (
        {"mails_lost": 1, "given_up": 1},
        [("news_given_up", "bad"), ("mails_lost", "warn")],
    ),
}


@pytest.mark.parametrize("name", sorted(CASES))
def test_findings(name: str) -> None:
    changes, expected = CASES[name]
    assert [(found.code, found.tone) for found in findings(replace(CALM, **changes))] == expected


def test_every_finding_has_words_that_can_be_filled(app: Flask) -> None:
    found = [finding for changes, _ in CASES.values() for finding in findings(replace(CALM, **changes))]
    assert {finding.code for finding in found} == set(words._FINDINGS)
    with app.test_request_context():
        for locale in ("vi", "en"):
            with force_locale(locale):
                for finding in found:
                    so, then = words.sentences(finding)
                    assert "%" not in so.replace(" %", "")
                    assert so.endswith(".")
                    assert then.endswith(".")


def test_names_of_services(app: Flask) -> None:
    with app.test_request_context(), force_locale("vi"):
        assert words.service_name("worker-pieces-2") == "Tiến trình nhận dạng 2"
        assert words.service_name("beat") == "Bộ hẹn giờ"
        assert words.service_name("x-y") == "x-y"
        assert words.sentences(Finding("part_away", "bad", {"part": "storage"}))[0] == "Kho tệp không trả lời."
        assert words.task_name("core.deliver_outbox") == "Chuyển tin nội bộ"
        assert words.state_word("silent") == ("không trả lời", "bad")
