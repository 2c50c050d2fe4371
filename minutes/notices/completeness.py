"""What a notice must have before anybody is asked to approve it (form 1.4 of Decree 30/2020). Pure."""

from minutes.notices.content import NoticeContent
from papers.completeness import missing_of_paper


def missing_parts(content: NoticeContent) -> list[str]:
    """Vietnamese names of the parts that are empty, in the order of the page; an empty list when none is."""
    own = {
        "tên loại": bool(content.title_type or content.addressees),
        "nội dung kết luận": has_body(content),
        "tên loại hoặc nơi kính gửi (chỉ một trong hai)": not (content.title_type and content.addressees),
    }
    return missing_of_paper(content, own)


def has_body(content: NoticeContent) -> bool:
    """Whether anything was concluded: some paragraph or item with words in it."""
    paragraphs = any(paragraph.text for paragraph in content.opening)
    return paragraphs or any(item.text or item.heading for item in content.items())
