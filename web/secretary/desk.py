"""The desk: a transcript beside its sound, corrected by keyboard and saved by itself (scripts in `static/js/desk`).

The page brings addresses and words only; the lines come over the API, so that two hours open as fast as two minutes.
Without scripts, or without the right to correct, the page of the transcript does.
"""

import secrets
from pathlib import Path
from uuid import UUID

from flask import Response, current_app, make_response, render_template
from flask_babel import gettext as _

from core.permissions import Action, can
from core.runtime import current
from orchestrator.meetings.classification import refuse_classified
from transcription.document import Flag
from transcription.filters.judgement import DOUBTFUL_WORD
from transcription.transcripts import service
from web.secretary.blueprint import blueprint
from web.security.callers import acting
from web.security.gate import requires
from web.security.headers import CONTENT_SECURITY_POLICY
from web.words import tone, word

#: The drawing of the sound, built by npm where there is one (`web/frontend`); the desk works without it.
WAVE = "built/wave.js"


@blueprint.get("/go-bang/<uuid:transcript_id>/hieu-dinh")
@requires(Action.CORRECT_TRANSCRIPT)
def desk(transcript_id: UUID) -> Response:
    """The desk of one transcript."""
    with current().database.transaction() as session:
        transcript = service.get_transcript(session, acting(), transcript_id)
        refuse_classified(transcript.meeting.classification)
        audible = transcript.recording_id is not None and can(acting(), Action.LISTEN, transcript)
        has_wave = audible and (Path(current_app.static_folder or "") / WAVE).is_file()
        nonce = secrets.token_urlsafe(16) if has_wave else ""
        page = render_template(
            "secretary/desk.html",
            transcript=transcript,
            meeting=transcript.meeting,
            number=service.latest(session, transcript_id).number,
            people=[participant.person.full_name for participant in transcript.meeting.participants],
            doubtful_below=DOUBTFUL_WORD,
            audible=audible,
            wave=WAVE if has_wave else "",
            nonce=nonce,
            words=_sentences(),
            flags={flag.value: [str(word(flag, "flag")), tone(flag, "flag")] for flag in Flag},
            keys=_keys(),
        )
    answer = make_response(page)
    if nonce:
        # The drawing brings one stylesheet of its own; this page, this answer and nothing else may have it.
        policy = CONTENT_SECURITY_POLICY.replace("style-src 'self'", f"style-src 'self' 'nonce-{nonce}'")
        answer.headers["Content-Security-Policy"] = policy
    return answer


def _sentences() -> dict[str, str]:
    """What the scripts say; they hold no sentences themselves."""
    return {**_about_lines(), **_about_saving(), **_about_speakers()}


def _about_lines() -> dict[str, str]:
    return {
        "hear_from": _("Nghe đoạn từ %(from)s"),
        "text_of_line": _("Lời nói"),
        "empty_line": _("(không có lời)"),
        "really_said": _("Câu này có nói thật"),
        "no_more_doubts": _("Không còn chỗ nghe không chắc ở phía này."),
        "not_found": _("Không thấy"),
        "found": _("%(at)s trên %(count)s chỗ"),
        "replaced": _("Đã thay %(count)s chỗ trong %(lines)s dòng."),
        "play": _("Nghe"),
        "pause": _("Dừng"),
    }


def _about_saving() -> dict[str, str]:
    return {
        "typing": _("Đang gõ…"),
        "saving": _("Đang lưu…"),
        "saved": _("Đã lưu lúc %(time)s, bản %(number)s"),
        "not_saved": _("Chưa lưu lên máy chủ; đã giữ trên máy này"),
        "offline": _("Mất kết nối với máy chủ. Cứ gõ tiếp: nội dung được giữ trên máy này và tự lưu khi có mạng."),
        "signed_out": _(
            "Phiên làm việc đã hết. Nội dung bạn gõ được giữ trên máy này. Hãy đăng nhập lại rồi quay về đây."
        ),
        "other_account": _("Trình duyệt đang đăng nhập bằng tài khoản khác. Hãy đăng nhập lại bằng tài khoản của bạn."),
        "sign_in": _("Đăng nhập lại"),
        "try_again": _("Thử lại"),
        "refused": _("Máy chủ không nhận dòng này. Hãy tải lại trang rồi sửa lại."),
        "conflicts": _("%(count)s dòng vừa được người khác sửa: hãy chọn bản giữ lại"),
        "clash": _("Người khác vừa sửa dòng này"),
        "their_text": _("Bản mới nhất"),
        "your_text": _("Bản bạn gõ"),
        "keep_mine": _("Lưu bản của tôi"),
        "keep_theirs": _("Giữ bản mới nhất"),
        "line_gone": _("Dòng này đã được người khác nối vào dòng khác. Lời bạn gõ:"),
        "drop_mine": _("Bỏ lời này"),
        "left_behind": _("Có %(count)s dòng bạn gõ dở lúc %(when)s chưa kịp lưu:"),
        "take_back": _("Đưa vào và lưu"),
        "let_go": _("Bỏ đi"),
    }


def _about_speakers() -> dict[str, str]:
    return {
        "unknown_speaker": _("Chưa rõ người nói"),
        "change_speaker": _("Đổi người nói (Alt+S)"),
        "change_speaker_of": _("Người nói: %(name)s. Bấm để đổi"),
        "unnamed": _("%(count)s chưa gán"),
        "all_named": _("Đã gán đủ tên"),
        "name_of": _("Tên của %(name)s"),
        "give_name": _("Đổi tên"),
        "lines_of": _("%(count)s dòng"),
        "sample_of": _("Nghe mẫu %(number)s của %(name)s"),
        "all_lines_of": _("Cả %(count)s dòng của “%(name)s”"),
        "renamed": _("Đã đổi tên ở %(count)s dòng thành %(name)s."),
    }


def _keys() -> list[tuple[str, str]]:
    """Keys and what they do, as the help shows them."""
    return [
        ("Enter", _("Sửa dòng đang chọn; khi đang sửa: lưu và sang dòng sau")),
        ("Shift+Enter", _("Lưu và về dòng trước")),
        ("↑ ↓", _("Chọn dòng trên, dòng dưới (khi đang sửa: thêm Alt)")),
        ("Esc", _("Thôi sửa, giữ nguyên lời đã gõ")),
        ("Alt+Z", _("Bỏ lời đang gõ, lấy lại lời đã lưu")),
        ("Alt+A", _("Nghe cả dòng (khi không sửa: phím cách)")),
        ("Alt+W", _("Nghe từ chữ ở con trỏ")),
        ("Alt+P", _("Nghe tiếp hoặc dừng")),
        ("Alt+J · Alt+K", _("Lùi, tiến 3 giây")),
        ("Alt+L", _("Nghe lặp dòng này")),
        ("Alt+, · Alt+.", _("Chậm lại, nhanh lên; giọng không đổi")),
        ("Alt+G", _("Tới dòng đang nghe")),
        ("Alt+N · Alt+Shift+N", _("Tới chỗ nghe không chắc kế tiếp, trước đó")),
        ("Alt+D", _("Dòng này đúng")),
        ("Alt+S", _("Đổi người nói; trong hộp chọn: Alt+1 đến Alt+9")),
        ("Ctrl+Enter", _("Tách dòng ở con trỏ")),
        ("Alt+M", _("Nối với dòng sau")),
        ("Ctrl+F", _("Tìm và thay")),
        ("Ctrl+S", _("Lưu ngay")),
        ("F1", _("Bảng phím này")),
    ]
