"""What a notice must have before anybody is asked to approve it (form 1.4 of Decree 30/2020). Pure."""

from minutes.notices.content import NoticeContent


def missing_parts(content: NoticeContent) -> list[str]:
    """Vietnamese names of the parts that are empty, in the order of the page; an empty list when none is."""
    present = {
        "tên cơ quan ban hành": content.issuing_body,
        "ký hiệu": content.symbol_suffix,
        "địa danh": content.place,
        "tên loại": content.title_type,
        "trích yếu": content.subject,
        "nội dung kết luận": has_body(content),
        "nơi nhận": content.recipients,
        "chức vụ người ký": content.signer.title,
        "họ tên người ký": content.signer.name,
    }
    return [name for name, value in present.items() if not value]


def has_body(content: NoticeContent) -> bool:
    """Whether anything was concluded: some paragraph or item with words in it."""
    paragraphs = any(paragraph.text for paragraph in content.opening)
    return paragraphs or any(item.text or item.heading for item in content.items())
