"""The notice as it will be printed, edited on the page (scripts in `static/js/notice`, ProseMirror from the bundle).

The page brings addresses and words only; the text comes over the API. Without scripts, or where the bundle is not
built, the form of `web/secretary/notices.py` does.
"""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import pgettext

from core.clock import in_vietnam
from core.permissions import Action
from core.runtime import current
from minutes.notices import service
from minutes.notices.states import EDITABLE
from orchestrator.meetings.models import Meeting
from papers import form
from papers.header import date_line, number_line
from web.notices import bundle
from web.notices.blueprint import blueprint
from web.notices.page import audio_url
from web.screen_acts import Answer
from web.security.callers import acting
from web.security.gate import requires
from web.words import choices


@blueprint.get("/thong-bao/<uuid:notice_id>/soan")
@requires(Action.EDIT_NOTICE)
def editor(notice_id: UUID) -> Answer:
    """The editor of one notice; the form where the bundle is missing, the notice where it can no longer be edited."""
    with current().database.transaction() as session:
        notice = service.get_notice(session, acting(), notice_id)
        if notice.state not in EDITABLE:
            return redirect(url_for("secretary.notice", notice_id=notice_id))
        if not bundle.has_bundle():
            return redirect(url_for("secretary.edit_notice", notice_id=notice_id))
        revisions = service.list_revisions(session, acting(), notice_id)
        return render_template(
            "notices/editor.html",
            notice=notice,
            meeting=session.get_one(Meeting, notice.meeting_id),
            number=revisions[-1].number,
            audio=audio_url(session, acting(), revisions),
            bundle=bundle.BUNDLE,
            kinds={code: str(words) for code, words in choices("item_kind")},
            words=_sentences(),
            printed=_printed(in_vietnam(current().clock()).year),
            keys=_keys(),
        )


def _sentences() -> dict[str, object]:
    """What the scripts say; they hold no sentences themselves."""
    return {**_about_saving(), **_about_tasks(), **_beside_the_text(), "hints": _hints()}


def _printed(year: int) -> dict[str, str]:
    """What stands on every paper and is never typed, with room for the registrar's number and day."""
    return {
        "state": form.STATE_NAME,
        "motto": form.MOTTO,
        "number": number_line(None, ""),
        "date": f", {date_line('', None, year=year)}",
        "addressees": form.ADDRESSEES_LABEL,
        "recipients": form.RECIPIENTS_LABEL,
        "appendix": "Phụ lục",
    }


def _about_saving() -> dict[str, str]:
    return {
        "paper": _("Văn bản như khi in"),
        "typing": _("Đang gõ…"),
        "saving": _("Đang lưu…"),
        "saved": _("Đã lưu lúc %(time)s, bản %(number)s"),
        "others": _("Đã lấy bản %(number)s do người khác vừa lưu, %(time)s"),
        "not_saved": _("Chưa lưu lên máy chủ; đã giữ trên máy này"),
        "offline": _("Mất kết nối với máy chủ. Cứ gõ tiếp: nội dung được giữ trên máy này và tự lưu khi có mạng."),
        "signed_out": _(
            "Phiên làm việc đã hết. Nội dung bạn gõ được giữ trên máy này. Hãy đăng nhập lại rồi quay về đây."
        ),
        "other_account": _("Trình duyệt đang đăng nhập bằng tài khoản khác. Hãy đăng nhập lại bằng tài khoản của bạn."),
        "sign_in": _("Đăng nhập lại"),
        "try_again": _("Thử lại"),
        "refused": _("Máy chủ không nhận nội dung này. Hãy tải lại trang rồi sửa lại."),
        "kept_here": _("Nội dung bạn gõ vẫn được giữ trên máy này."),
        "too_long": _("Đoạn “%(start)s…” dài quá %(most)s ký tự. Hãy tách đoạn hoặc rút ngắn."),
        "conflicts": _("%(count)s chỗ vừa được người khác sửa: hãy chọn bản giữ lại"),
        "clash": _("Người khác vừa sửa chỗ này"),
        "clash_gone": _("Người khác vừa bỏ đoạn này"),
        "clash_back": _("Bạn đã bỏ đoạn này, người khác vừa sửa nó"),
        "their_text": _("Bản mới nhất"),
        "your_text": _("Bản bạn gõ"),
        "keep_mine": _("Lưu bản của tôi"),
        "keep_theirs": _("Giữ bản mới nhất"),
        "left_behind": _("Lần trước bạn gõ dở, lúc %(when)s chưa kịp lưu:"),
        "take_back": _("Đưa vào và lưu"),
        "let_go": _("Bỏ đi"),
    }


def _about_tasks() -> dict[str, str]:
    return {
        "card_of": _("Nhiệm vụ: %(text)s"),
        "proposed": _("chưa xác nhận"),
        "accepted_by": _("%(name)s đã xác nhận"),
        "changed_since": _("đã sửa sau khi xác nhận"),
        "lead": pgettext("task", "Chủ trì"),
        "coordinating": _("Phối hợp"),
        "due": _("Thời hạn"),
        "due_said": _("Thời hạn như đã nói"),
        "due_day": _("Ngày đến hạn"),
        "action": _("Việc phải làm (ghi vào sổ nhiệm vụ)"),
        "kind": _("Loại"),
        "none": _("chưa nêu"),
        "separate": _("Cách nhau bằng dấu chấm phẩy"),
        "not_said": _("Không có trong bản ghi: do người soạn thêm"),
        "hear": _("Nghe từ %(from)s đến %(to)s"),
        "accept": _("Xác nhận"),
        "take_acceptance_back": _("Bỏ xác nhận"),
        "edit": _("Sửa"),
        "reject": _("Loại"),
        "reject_how": _("Loại nhiệm vụ này?"),
        "not_a_task": _("Giữ đoạn văn, không giao việc"),
        "remove_paragraph": _("Bỏ cả đoạn"),
        "never_mind": _("Thôi"),
        "done": _("Xong"),
        "read_again": _("Đọc lại từ đoạn văn"),
        "nothing_read": _("Không đọc thấy việc được giao trong đoạn này."),
        "was_read": _("Đã đọc lại đoạn văn. Hãy xem các ô rồi xác nhận."),
        "not_a_task_here": _("Con trỏ không ở nhiệm vụ nào."),
        "no_more": _("Không còn chỗ nào cần xem ở phía này."),
    }


def _beside_the_text() -> dict[str, str]:
    return {
        "tasks": _("Nhiệm vụ đã xác nhận"),
        "tasks_count": _("%(accepted)s trên %(all)s"),
        "doubts": _("Cần kiểm tra, bổ sung"),
        "checked": _("Đã kiểm tra"),
        "checked_of": _("Đã kiểm tra: %(line)s"),
        "form": _("Thể thức F01–F15"),
        "form_wrong": _("%(count)s mục không đạt"),
        "form_right": _("đạt %(count)s mục"),
        "form_waiting": _("đang kiểm tra…"),
        "missing": _("Còn thiếu"),
        "comments": _("Góp ý"),
        "comment": _("Góp ý"),
        "send_comment": _("Gửi góp ý"),
        "settle": _("Đã xử lý"),
    }


def _hints() -> dict[str, str]:
    """What stands in an empty place of the page."""
    return {
        "parent": _("CƠ QUAN CHỦ QUẢN"),
        "body_name": _("CƠ QUAN BAN HÀNH"),
        "symbol": _("ký hiệu"),
        "place": _("Địa danh"),
        "subject": _("Trích yếu"),
        "opening": _("Đoạn mở đầu"),
        "section_heading": _("Tiêu đề phần (nếu có)"),
        "item_heading": _("Tiêu đề"),
        "item_text": _("Nội dung"),
        "closing": _("Câu kết"),
        "recipient": _("Nơi nhận"),
        "addressee": _("Kính gửi"),
        "authority": _("TM., KT., TL. (nếu có)"),
        "signer_title": _("CHỨC VỤ NGƯỜI KÝ"),
        "capacity": _("Chức vụ khác (nếu có)"),
        "signer_name": _("Họ và tên"),
        "appendix_title": _("Tên phụ lục"),
        "appendix_text": _("Nội dung phụ lục"),
        "table_caption": _("Tên bảng (nếu có)"),
        "table_unit": _("Đơn vị tính (nếu có)"),
        "table_note": _("Ghi chú dưới bảng (nếu có)"),
        "table_header": _("Tiêu đề cột"),
    }


def _keys() -> list[tuple[str, str]]:
    """Keys and what they do, as the help shows them."""
    return [
        ("Enter", _("Tách đoạn ở con trỏ; ở cuối đoạn: thêm đoạn mới")),
        ("Backspace", _("Ở đầu đoạn: nối vào đoạn trên")),
        ("Alt+Shift+→ · ←", _("Đưa đoạn xuống, lên một cấp")),
        ("Alt+Shift+↑ · ↓", _("Chuyển đoạn lên trên, xuống dưới")),
        ("Alt+A", _("Nghe đoạn ghi âm của đoạn này")),
        ("Alt+D", _("Xác nhận nhiệm vụ này, hoặc bỏ xác nhận")),
        ("Alt+E", _("Sửa chủ trì, phối hợp, thời hạn; Esc để về trang")),
        ("Alt+X", _("Loại nhiệm vụ này")),
        ("Alt+N · Alt+Shift+N", _("Tới chỗ cần xem kế tiếp, trước đó")),
        ("Alt+M", _("Góp ý vào đoạn này")),
        ("Ctrl+Z · Ctrl+Y", _("Hoàn tác, làm lại")),
        ("Ctrl+S", _("Lưu ngay (trang vẫn tự lưu)")),
        ("Tab", _("Rời trang; trong bảng: sang ô kế tiếp")),
        ("Alt+/ · F1", _("Mở bảng phím tắt này")),
    ]
