"""Sentences of this room: what cannot be printed, read or used as a template, and what to do."""

from core.messages import register

register(
    {
        "unprintable_text": (
            "Văn bản có ký tự không in được bằng phông Times New Roman: {letters}. Hãy thay hoặc xóa các ký tự này.",
            "The paper has letters that the font cannot print: {letters}. Replace or remove them.",
        ),
        "font_missing": (
            "Máy chủ chưa có phông chữ tương đương Times New Roman đủ chữ tiếng Việt. Hãy chạy lệnh: apt-get install "
            "fonts-liberation2 (hoặc đặt DIEMCAU_FONT_DIRECTORY tới thư mục có Liberation Serif 2.x hoặc Tinos).",
            "No font equal to Times New Roman with Vietnamese letters is installed. Run: apt-get install "
            "fonts-liberation2 "
            "(or point DIEMCAU_FONT_DIRECTORY to a folder with Liberation Serif 2.x or Tinos).",
        ),
        "table_too_large": (
            "Bảng có {rows} dòng, {columns} cột; một văn bản chỉ in được tối đa {most_rows} dòng, {most_columns} cột. "
            "Hãy tách thành nhiều văn bản hoặc gửi kèm tệp bảng tính.",
            "The table has {rows} rows and {columns} columns; a paper prints at most {most_rows} and {most_columns}. "
            "Split it, or send a spreadsheet along.",
        ),
        "unreadable_document": (
            "Không đọc được tệp “{name}”: {reason}. Hãy kiểm tra tệp DOCX hoặc PDF rồi thử lại.",
            "The file “{name}” cannot be read: {reason}. Check the DOCX or PDF and try again.",
        ),
        "template_refused": (
            "Mẫu văn bản không dùng được: {reason}. Hãy sửa mẫu rồi tải lên lại.",
            "The template cannot be used: {reason}. Correct it and upload it again.",
        ),
    }
)
