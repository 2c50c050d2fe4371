"""`diemcau transcribe`: one file through all stages in this process, without database."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from core.services import ServiceError
from core.settings import load_settings
from web.commands.border import BadInput

if TYPE_CHECKING:
    from transcription.oneshot import Outcome

MEBIBYTE = 1024 * 1024


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Thư mục kết quả. | Output folder."
)
@click.option(
    "--engine", help="Bộ nhận dạng, mặc định theo DIEMCAU_RECOGNIZER. | Recogniser, by default the configured."
)
@click.option("--min-speakers", type=click.IntRange(1, 100), help="Ít nhất mấy người nói. | Fewest speakers.")
@click.option("--max-speakers", type=click.IntRange(1, 100), help="Nhiều nhất mấy người nói. | Most speakers.")
@click.option(
    "--vocabulary",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Tệp từ ngữ, mỗi dòng một tên hay thuật ngữ. | Terms that may be said, one a line.",
)
@click.option(
    "--meeting",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Tệp JSON về cuộc họp: ai dự ở điểm cầu nào. | Facts of the meeting, JSON: who sits at which endpoint.",
)
@click.option(
    "--presence",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Tệp JSON: điểm cầu nào có mặt, phát biểu lúc nào. | Who was in the room, whose microphone was loudest, JSON.",
)
@click.option(
    "--track",
    "tracks",
    multiple=True,
    metavar="TÊN=TỆP[@GIÂY]",
    help="Đường tiếng riêng của một điểm cầu; dùng được nhiều lần. | The sound of one endpoint by itself; repeatable.",
)
def transcribe(
    file: Path,
    out: Path,
    engine: str | None,
    min_speakers: int | None,
    max_speakers: int | None,
    vocabulary: Path | None,
    meeting: Path | None,
    presence: Path | None,
    tracks: tuple[str, ...],
) -> None:
    """Gỡ băng một tệp ghi âm hoặc ghi hình: transcript.json, transcript.vtt, speakers.rttm.

    Transcribe one sound or video file; no database is needed.
    """
    _refuse_crossed(min_speakers, max_speakers)
    settings = load_settings()
    # Imported here: torch takes seconds, and a wrong call shall be answered at once.
    from transcription.faults import StageFault
    from transcription.oneshot import transcribe_file
    from transcription.pipeline.workbench import engine_settings
    from web.commands.known_facts import read_known

    known = read_known(meeting, presence, tracks)
    try:
        outcome = transcribe_file(
            file,
            out,
            settings=engine_settings(settings),
            engine=engine or settings.recognizer,
            min_speakers=min_speakers,
            max_speakers=max_speakers or known.most(min_speakers),
            vocabulary=known.with_terms(_text(vocabulary) if vocabulary else ""),
            context=known.context,
            room=known.room,
            tracks=known.tracks,
            progress=_Bar().show,
        )
    except StageFault as fault:
        raise _as_answer(fault.sentence(), ours=fault.source not in {"media", "engine"}) from fault
    except OSError as error:
        raise BadInput(f"{error.filename or out}: không ghi được ({error.strerror}).") from error
    _tell(outcome, out)


def _refuse_crossed(fewest: int | None, most: int | None) -> None:
    if fewest and most and fewest > most:
        raise BadInput(f"--min-speakers {fewest} lớn hơn --max-speakers {most}.")


def _tell(outcome: "Outcome", out: Path) -> None:
    if not outcome.document.segments:
        click.echo("Không có tiếng nói trong tệp; bản gỡ băng để trống.", err=True)
    click.echo(f"Kết quả trong {out}: transcript.json, transcript.vtt, speakers.rttm ({outcome.reason})")
    click.echo(
        f"{outcome.sound_seconds:.1f} giây âm thanh, {outcome.taken_seconds:.1f} giây xử lý, "
        f"bộ nhớ cao nhất {outcome.peak_memory_bytes / MEBIBYTE:.0f} MB"
    )


def _as_answer(sentence: str, *, ours: bool) -> Exception:
    """A file or engine that cannot be used is the caller's business (2), a missing model is the installation's (1)."""
    return ServiceError(sentence) if ours else BadInput(sentence)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"{path}: không phải văn bản UTF-8.") from error
    except OSError as error:
        raise BadInput(f"{path}: không đọc được ({error.strerror}).") from error


class _Bar:
    """A bar on a terminal that never goes back; elsewhere one line for each new phrase."""

    CELLS = 30

    def __init__(self) -> None:
        self._share = 0.0
        self._phrase = ""

    def show(self, share: float, phrase: str) -> None:
        """Draw the present state."""
        self._share = max(self._share, share)
        if sys.stderr.isatty():
            full = int(self.CELLS * self._share)
            bar = "█" * full + "·" * (self.CELLS - full)
            click.echo(f"\r[{bar}] {self._share:4.0%} {phrase[:60]:<60}", err=True, nl=self._share >= 1)
        elif share > 0 and phrase != self._phrase:
            # Not at zero: a file that cannot be read at all is answered with one line.
            click.echo(phrase, err=True)
            self._phrase = phrase
