"""Sentences of this room: what is refused in drafting, editing, approving, issuing and following up, and what to do."""

from core.messages import register

register(
    {
        "notice_conflict": (
            "Thông báo vừa có bản {latest_number} trong khi bạn đang sửa bản {base_number}. Chưa mất gì: hãy "
            "so sánh hai bản, "
            "ghép phần cần giữ rồi lưu lại trên bản mới nhất.",
            "Revision {latest_number} was saved while you were editing {base_number}. Nothing is lost: "
            "compare both and save "
            "again on the newest.",
        ),
        "notice_not_editable": (
            "Thông báo đang ở trạng thái “{state}” nên không thể sửa. Người duyệt cần yêu cầu chỉnh sửa "
            "trước; thông báo đã "
            "ban hành chỉ được đính chính hoặc thay thế bằng văn bản mới.",
            "The notice is in the state “{state}” and cannot be edited. The approver must ask for changes "
            "first; what is "
            "issued is only corrected by a new document.",
        ),
        "notice_incomplete": (
            "Thông báo còn thiếu: {missing}. Hãy bổ sung rồi trình lại.",
            "The notice lacks: {missing}. Complete it and submit again.",
        ),
        "outdated_revision": (
            "Bản bạn đang duyệt không còn là bản mới nhất. Hãy tải lại trang, đọc bản mới nhất rồi duyệt.",
            "The revision you are approving is not the newest. Reload, read the newest and approve that.",
        ),
        "reason_missing": (
            "Hãy ghi rõ nội dung cần chỉnh sửa để thư ký thực hiện.",
            "Say what should be changed, so that the secretary can do it.",
        ),
        "not_in_review": (
            "Thông báo chưa được trình hoặc đã có ý kiến duyệt nên không kiểm tra được. Hãy tải lại trang để xem trạng "
            "thái hiện tại.",
            "The notice was not submitted, or is decided already. Reload to see its present state.",
        ),
        "own_review": (
            "Bạn là người soạn bản này nên không thể tự kiểm tra. Hãy nhờ người khác có quyền kiểm tra.",
            "You wrote this revision yourself; somebody else has to look at it.",
        ),
        "reviews_missing": (
            "Chưa duyệt được vì bản này còn thiếu: {missing}. Hãy đề nghị người được giao kiểm tra trước.",
            "Not to be approved yet, this revision lacks: {missing}. Ask those who check it first.",
        ),
        "not_yet_issued": (
            "Thông báo chưa được ban hành. Văn thư cần cấp số và ban hành trước khi gửi đi.",
            "The notice is not issued yet. The registrar gives number and date first.",
        ),
        "metadata_too_long": (
            "Trường {field} dài {length} ký tự, Phụ lục VI Nghị định 30/2020/NĐ-CP cho phép tối đa {limit}. Văn bản "
            "vẫn có hiệu lực; hãy nhập tay trường này trên hệ thống quản lý văn bản.",
            "The field {field} has {length} letters, annex VI allows {limit}. Enter it by hand in the document system.",
        ),
        "passage_not_found": (
            "Không thấy đoạn “{passage}” trong thông báo đã ban hành. Hãy chép đúng nguyên văn phần cần đính chính.",
            "The passage “{passage}” does not stand in the issued notice. Copy it letter by letter.",
        ),
        "successor_exists": (
            "Đã có văn bản cùng loại về thông báo này đang soạn hoặc chờ duyệt. Hãy mở văn bản đó để làm tiếp.",
            "A paper of this kind about the notice is at work already. Open that one and go on there.",
        ),
        "notice_withdrawn": (
            "Thông báo số {symbol} đã bị thu hồi, tệp không còn được cung cấp. Hãy hủy các bản đã lưu và xác nhận ở "
            "thông báo thu hồi.",
            "Notice {symbol} was withdrawn and its file is no longer given out. Delete your copies and confirm.",
        ),
        "no_recipients": (
            "Không tìm thấy đơn vị nhận nào trong danh mục ứng với “Nơi nhận” của thông báo. Hãy kiểm tra "
            "tên đơn vị trong "
            "danh mục rồi gửi lại.",
            "No unit of the directory matches the recipients of this notice. Check the unit names and send again.",
        ),
        "bulletin_refused": (
            "Không thực hiện được với bản tin: {reason}. Hãy kiểm tra lại thông báo và các đoạn đã chọn.",
            "Not possible with the bulletin: {reason}. Check the notice and the passages chosen.",
        ),
        "everybody_acknowledged": (
            "Mọi đơn vị nhận đã xác nhận, hoặc thông báo đã thu hồi, nên không còn ai để nhắc.",
            "Every receiving unit has acknowledged, or the notice was withdrawn; there is nobody to remind.",
        ),
        "extension_refused": (
            "Không xin gia hạn được: {reason}. Hãy kiểm tra lại ngày và lý do.",
            "The extension cannot be asked for: {reason}.",
        ),
        "file_refused": (
            "Không nhận được tệp “{name}”: {reason}. Hãy gửi tệp khác hoặc bỏ tệp này.",
            "The file “{name}” is not taken: {reason}. Send another one or leave it out.",
        ),
        "nothing_late": (
            "Không có nhiệm vụ nào quá hạn theo thông báo này nên chưa cần đôn đốc.",
            "No task of this notice is late; there is nothing to remind of.",
        ),
        "report_missing": (
            "Hãy ghi nội dung báo cáo kết quả thực hiện nhiệm vụ.",
            "Write what has been done on the task.",
        ),
    }
)
