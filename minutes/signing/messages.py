"""Sentences about keys, signing and verification."""

from core.messages import register

register(
    {
        "key_unreadable": (
            "Không mở được chứng thư số: {reason}. Hãy kiểm tra tệp .p12/.pfx (hoặc thiết bị) và mật khẩu rồi thử lại.",
            "The key cannot be opened: {reason}. Check the .p12/.pfx file (or the token) and its passphrase.",
        ),
        "key_not_valid_now": (
            "Chứng thư số của “{holder}” chỉ có hiệu lực từ {start} đến {end}. Hãy dùng chứng thư khác còn hiệu lực.",
            "The certificate of “{holder}” is valid from {start} to {end} only. Use another one.",
        ),
        "signer_mismatch": (
            "Chứng thư số cấp cho “{holder}” nhưng người ký ghi trên văn bản là “{signer}”. Hãy chọn đúng chứng thư, "
            "hoặc yêu cầu thư ký sửa người ký rồi trình lại.",
            "The certificate belongs to “{holder}”, the paper names “{signer}” as its signer. Choose the right key or "
            "have the signer corrected.",
        ),
        "signature_required": (
            "Cơ quan quy định thông báo phải được ký số khi duyệt. Hãy chọn chứng thư số của bạn, nhập mật khẩu "
            "rồi ký.",
            "Notices have to be signed digitally when they are approved. Choose your key and enter its passphrase.",
        ),
        "seal_required": (
            "Thông báo đã được người có thẩm quyền ký số nên phải cấp số và đóng dấu bằng chữ ký số của cơ quan. Hãy "
            "chọn con dấu và nhập mật khẩu.",
            "The notice is signed digitally: number and seal have to be added with the agency's key. Choose the seal.",
        ),
        "picture_refused": (
            "Ảnh chữ ký, con dấu không dùng được: {reason}. Hãy dùng ảnh PNG nền trong suốt, không quá 2 MB.",
            "The picture cannot be used: {reason}. Use a PNG with a transparent background of at most 2 MB.",
        ),
        "token_not_configured": (
            "Máy chủ chưa khai báo thiết bị ký số. Quản trị viên cần đặt DIEMCAU_SIGNING_PKCS11_MODULE tới thư viện "
            "PKCS#11 của thiết bị.",
            "No signing token is configured. Set DIEMCAU_SIGNING_PKCS11_MODULE to the token's PKCS#11 library.",
        ),
        "timestamp_failed": (
            "Dịch vụ cấp dấu thời gian không trả lời ({reason}) nên chưa ký. Hãy thử lại sau hoặc báo quản trị viên.",
            "The time-stamp service did not answer ({reason}); nothing was signed. Try again later.",
        ),
        "certificate_unproven": (
            "Chưa chứng minh được chứng thư số của “{holder}” còn hiệu lực (có thể đã bị thu hồi, do tổ chức ngoài "
            "danh sách chứng thư gốc cấp, hoặc không lấy được danh sách thu hồi) nên chưa ký. Hãy dùng chứng thư khác "
            "hoặc báo quản trị viên kiểm tra thư mục chứng thư gốc.",
            "The certificate of “{holder}” is not proven to be valid (revoked, of an unknown authority, or its list of "
            "revocations is out of reach); nothing was signed. Use another key or have the root certificates checked.",
        ),
        "signed_file_unreadable": (
            "Không đọc được tệp “{name}”: {reason}. Hãy chọn tệp PDF khác.",
            "The file “{name}” cannot be read: {reason}. Choose another PDF.",
        ),
        "signed_pdf_broken": (
            "Bản PDF đã ký không còn nguyên vẹn: {reason}. Không cấp số lên bản này; hãy báo quản trị viên.",
            "The signed PDF is no longer whole: {reason}. It gets no number; tell the administrator.",
        ),
    }
)
