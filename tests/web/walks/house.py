"""A house from its first minute: the people of the walk, their passwords, the clock, the post and the machine's text.

What no walk does on screen is done here, through the services: workers hand over the outbox and the letters, and the
recogniser's text is put in as if it had heard the recording (the engines have tests of their own).
"""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from playwright.sync_api import Browser
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import VIETNAM
from core.mail.delivery import deliver, due_mails
from core.outbox import deliver_pending
from core.runtime import Runtime
from tests.conftest import FixedClock
from tests.web.walks.camera import Camera
from tests.web.walks.hand import Hand
from tests.web.walks.watching import watched_page
from tests.web.walks.words import Words
from transcription.document import Flag, Segment, TranscriptDocument, Word
from transcription.pipeline.graph import Stage
from transcription.pipeline.models import StageRun, TranscriptionJob
from transcription.recordings.models import Recording
from transcription.transcripts.service import publish
from web.demo.gold import GoldLine, load_gold

MEETING = "Họp giao ban trực tuyến tuần 15"
TASK = "Khắc phục đường truyền tại các điểm cầu"
#: What the machine misheard and the secretary sets right.
MISHEARD, SAID = "dao Trung tâm Thông tin", "giao Trung tâm Thông tin"
_SURE, _UNSURE = 0.97, 0.31
_LINK = re.compile(r"https?://[^/\s]+(/(?:join|tra-loi)/\S+)")


@dataclass
class House:
    """One walk's house."""

    runtime: Runtime
    clock: FixedClock
    chromium: Browser
    address: str
    say: Words
    size: tuple[int, int]
    camera: Camera
    passwords: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def visitor(self) -> Iterator[Hand]:
        """Somebody with no account."""
        with watched_page(self.chromium, self.address, self.say.language, *self.size) as page:
            yield Hand(page, self.say, self.camera)

    @contextmanager
    def signed_in(self, login: str) -> Iterator[Hand]:
        """Somebody at a screen of their own."""
        with self.visitor() as hand:
            hand.sign_in(login, self.passwords[login])
            yield hand

    def at(self, month: int, day: int, hour: int, minute: int = 0) -> None:
        """Another moment of the year 2026 in Hà Nội."""
        self.clock.now = datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)

    def post(self) -> list[EmailMessage]:
        """Let the workers hand over what is open; the letters that arrived by it."""
        while deliver_pending(self.runtime.database):
            pass
        folder = self.runtime.settings.mail_directory
        before = set(folder.glob("*.eml"))
        with self._transaction() as session:
            waiting = due_mails(session, self.runtime, 100)
        for mail_id in waiting:
            assert deliver(self.runtime, mail_id)
        return [_read(path.read_bytes()) for path in sorted(set(folder.glob("*.eml")) - before)]

    def hear(self) -> None:
        """The machine's text of the one recording, and the draft that is made of it."""
        with self._transaction() as session:
            recording = session.scalars(select(Recording)).one()
            job = session.scalars(select(TranscriptionJob).where(TranscriptionJob.recording_id == recording.id)).one()
            run = StageRun(
                job_id=job.id, stage=Stage.PUBLISH, run_number=1, state="done", artifact_key="x", artifact_sha256="0"
            )
            session.add(run)
            session.flush()
            publish(
                session,
                stage_run_id=run.id,
                recording_id=recording.id,
                meeting_id=recording.meeting_id,
                document=machine_text(),
                quality={},
            )
        self.post()

    def date_the_recording(self) -> None:
        """The database stamps rows by its own clock; a picture shall show the day of the meeting."""
        with self._transaction() as session:
            session.scalars(select(Recording)).one().created_at = self.clock.now

    def _transaction(self) -> AbstractContextManager[Session]:
        return self.runtime.database.transaction()


def personal_address(letter: EmailMessage) -> str:
    """The path of the personal page in an invitation."""
    body = letter.get_body(("plain",))
    assert body is not None
    found = _LINK.search(body.get_content())
    assert found, "no personal link in the letter"
    return found.group(1)


def machine_text() -> TranscriptDocument:
    """The sample's words as a machine might have heard them: one word wrong and unsure, one voice without a name."""
    gold = load_gold()
    segments = tuple(_segment(number, line) for number, line in enumerate(gold.lines, 1))
    return TranscriptDocument("viet-asr", gold.duration_seconds, segments)


def _segment(number: int, line: GoldLine) -> Segment:
    text = line.text.replace(SAID, MISHEARD)
    step = (line.end - line.start) / len(text.split())
    words = tuple(
        Word(line.start + at * step, line.start + (at + 1) * step, word, _UNSURE if word == "dao" else _SURE)
        for at, word in enumerate(text.split())
    )
    speaker = "Người nói 4" if line.speaker == "Lương Thị Hạnh" else line.speaker
    flags = (Flag.DOUBTFUL,) if text != line.text else ()
    return Segment(f"s{number:04d}", line.start, line.end, speaker, text, flags, words=words)


def _read(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    return message
