"""The degree of secrecy of a meeting, asked before anything else; whatever is not plainly unclassified is refused.

Rule: a meeting marked mật or above gets no room, recording, upload or transcript (Decree 26/2020/NĐ-CP, article 6).
"""

from enum import StrEnum

from core.errors import ClassifiedRefused, Invalid


class Classification(StrEnum):
    """Độ mật."""

    UNCLASSIFIED = "unclassified"
    CONFIDENTIAL = "confidential"
    SECRET = "secret"  # noqa: S105  # a degree of secrecy, not a password
    TOP_SECRET = "top_secret"  # noqa: S105


VIETNAMESE: dict[Classification, str] = {
    Classification.UNCLASSIFIED: "Không mật",
    Classification.CONFIDENTIAL: "Mật",
    Classification.SECRET: "Tối mật",
    Classification.TOP_SECRET: "Tuyệt mật",
}

_BY_LABEL = {label.casefold(): value for value, label in VIETNAMESE.items()}


def parse_classification(text: str) -> Classification:
    """Read a code or a Vietnamese label.

    Raises:
        Invalid: an unknown or empty word; nothing counts as unclassified by default.
    """
    word = text.strip().casefold()
    if word in _BY_LABEL:
        return _BY_LABEL[word]
    try:
        return Classification(word)
    except ValueError as error:
        raise Invalid(field="độ mật", reason="phải chọn một trong: " + ", ".join(VIETNAMESE.values())) from error


def refuse_classified(classification: str) -> None:
    """The guard every room calls before it opens, stores or reads anything of a meeting.

    Raises:
        ClassifiedRefused: for every degree but `unclassified`, an unknown word included.
    """
    if classification != Classification.UNCLASSIFIED:
        label = VIETNAMESE.get(_known(classification), classification)
        raise ClassifiedRefused(classification=label)


def _known(word: str) -> Classification:
    try:
        return Classification(word)
    except ValueError:
        return Classification.TOP_SECRET
