"""The tables of a purge as a reader of its protocol knows them: families of things with how many there were."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

#: Table → family. A table that stands nowhere counts among the other records.
_FAMILIES: tuple[tuple[LazyString, frozenset[str]], ...] = (
    (_l("Bản ghi và phần đã tải lên"), frozenset({"recording", "recording_part", "recording_upload", "recorder_run"})),
    (
        _l("Việc gỡ băng và đoạn đã nhận dạng"),
        frozenset({"transcription_job", "stage_run", "stage_piece", "finished_piece"}),
    ),
    (_l("Bản gỡ băng và các phiên bản"), frozenset({"transcript", "transcript_revision", "live_publication"})),
    (
        _l("Lời nói nghe trực tiếp, đặc trưng giọng"),
        frozenset({"live_utterance", "live_phrase", "live_voice", "live_stream"}),
    ),
    (_l("Mẫu giọng lấy từ bản gỡ băng này"), frozenset({"voice_print"})),
    (_l("Dự thảo và các phiên bản thông báo"), frozenset({"draft", "notice", "notice_revision"})),
    (
        _l("Thông báo đã ban hành, chữ ký, bản tin"),
        frozenset({"notice_issue", "notice_signature", "bulletin", "delivery"}),
    ),
    (
        _l("Nhiệm vụ, báo cáo, tệp kèm theo"),
        frozenset({"task", "task_report", "task_report_file", "task_extension", "carried_task"}),
    ),
    (_l("Giấy mời và trả lời"), frozenset({"invitation", "invitation_letter", "invitation_letter_revision"})),
    (_l("Thư đã gửi hoặc chờ gửi"), frozenset({"outgoing_mail", "mail_recipient"})),
    (
        _l("Chương trình, tài liệu, thông điệp, sự cố"),
        frozenset({"agenda_item", "meeting_document", "live_message", "incident"}),
    ),
    (_l("Đoạn trong chỉ mục tìm kiếm"), frozenset({"search_entry"})),
)
_OTHER = _l("Dữ liệu khác của cuộc họp")


def counted(rows: Mapping[str, int]) -> list[tuple[str, int]]:
    """Families with how many rows of them there are; those without any are left out."""
    left = dict(rows)
    found = [(str(words), sum(left.pop(name, 0) for name in sorted(tables))) for words, tables in _FAMILIES]
    return [(words, count) for words, count in [*found, (str(_OTHER), sum(left.values()))] if count]
