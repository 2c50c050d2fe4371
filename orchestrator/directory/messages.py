"""Sentences of the directory."""

from core.messages import register

register(
    {
        "unit_circle": (
            "“{unit}” không thể trực thuộc “{parent}” vì “{parent}” đang ở dưới “{unit}”. Hãy chọn đơn vị khác, hoặc "
            "chuyển “{parent}” đi trước.",
            "“{unit}” cannot stand below “{parent}”, which is below it. Choose another, or move “{parent}” first.",
        ),
        "still_in_use": (
            "Không xóa được {what} “{name}” vì đã có dữ liệu gắn với mục này. Hãy chọn “Ngừng sử dụng” để ẩn khỏi các "
            "danh sách chọn.",
            "The {what} “{name}” is referred to and cannot be deleted. Retire it instead.",
        ),
        "has_active_units": (
            "“{unit}” còn {count} đơn vị trực thuộc đang hoạt động ({names}). Hãy chuyển hoặc ngừng các đơn vị đó "
            "trước.",
            "“{unit}” still has {count} active units below it ({names}). Move or retire those first.",
        ),
        "entry_retired": (
            "{what} “{name}” đã ngừng sử dụng. Hãy chọn mục khác hoặc khôi phục mục này trước.",
            "The {what} “{name}” is retired. Choose another or restore it first.",
        ),
        "table_unreadable": (
            "Không đọc được tệp “{file}”: {reason}. Hãy sửa tệp rồi nhập lại.",
            "The file “{file}” cannot be read: {reason}. Correct it and import again.",
        ),
        "import_refused": (
            "Tệp “{file}” có {count} lỗi nên chưa ghi gì. Lỗi đầu tiên: {first} Hãy sửa rồi nhập lại.",
            "The file “{file}” has {count} faults; nothing was written. The first: {first} Correct them and try again.",
        ),
    }
)
