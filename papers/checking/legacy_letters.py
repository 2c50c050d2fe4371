"""Text that was once TCVN3 or VNI and was turned into Unicode wrongly, or not at all. Pure.

Three kinds of damage are told: letters that Vietnamese does not have, inside a word ("C«ng b¸o"); VNI's trailing tone
letters ("Coäng hoøa"); and words of the office whose vowel was replaced by another Vietnamese one ("phõn cụng", "bõo
cõo", seen in a province's report), which only a list of words can tell from language.
"""

import re
import unicodedata

_VIETNAMESE = frozenset("aăâbcdđeêghiklmnoôơpqrstuưvxyfjwz")
_MARKED_LATIN = re.compile(r"[^\W\d_]+")
#: TCVN3 bytes read as Windows-1252: signs and letters that no Vietnamese or English word has inside.
_TCVN3 = re.compile(r"\w*[¨©ª«¬®µ¶·¸¹»¼½¾ÆÇËÐÑÖ×ØÞßäåæçëîïñö÷ûüþ¡¢£¤¥¦§¯°±²³´º¿]\w+|\w+[¨©ª«¬®µ¶·¸¹»¼½¾]\w*")
_VNI = re.compile(r"\b\w*[aeiouyAEIOUY][äåëïöøûñõ]\w*", re.IGNORECASE)
_SIGN_INSIDE = re.compile(r"[¨©«¬®¶·¸¹»¼½¾Ð]")
_UNIT = re.compile(r"µ[a-zA-Z]{1,2}|\w+[²³]|\d+\D?\w*")
#: Syllables no office text is without; damaged forms of them are built below.
_OFFICE_SYLLABLES = (
    "phân", "công", "báo", "cáo", "các", "tác", "xây", "cân", "cán", "cấp", "chấp", "dân", "quân", "thân", "tâm",
    "nhân", "tháng", "trách", "quán", "sát", "khác", "giám", "pháp", "phát", "đánh", "cách", "nhất", "tất", "thông",
)  # fmt: skip
_WRONG_VOWELS = str.maketrans({"á": "õ", "â": "õ", "ấ": "õ", "ô": "ụ"})
#: Damaged forms that happen to be words of their own.
_REAL_WORDS = frozenset({"cõi", "tõm", "õng", "cụ", "đục"})
_DAMAGED = (
    frozenset(word.translate(_WRONG_VOWELS) for word in _OFFICE_SYLLABLES if word.translate(_WRONG_VOWELS) != word)
    - _REAL_WORDS
)


def damaged_words(text: str) -> list[str]:
    """Words that look broken, each once, in order of appearance; the longest list returned is ten."""
    composed = unicodedata.normalize("NFC", text)
    encoded = dict.fromkeys(
        match.group()
        for pattern in (_TCVN3, _VNI)
        for match in pattern.finditer(composed)
        if _is_word(match.group()) and not _is_vietnamese(match.group())
    )
    # One or two such words without a foreign sign inside may be a name: Müller, Citroën.
    certain = len(encoded) >= 3
    found = [word for word in encoded if certain or _SIGN_INSIDE.search(word)]
    found += [word for word in _MARKED_LATIN.findall(composed) if word.casefold() in _DAMAGED]
    return list(dict.fromkeys(found))[:10]


def _is_word(text: str) -> bool:
    return sum(letter.isalpha() for letter in text) >= 2 and not _UNIT.fullmatch(text)


def _is_vietnamese(word: str) -> bool:
    """Whether every letter, without its tone and quality marks, and its marks are ones Vietnamese writes."""
    for letter in word.casefold():
        decomposed = unicodedata.normalize("NFD", letter)
        if letter.isalpha() and decomposed[0] not in _VIETNAMESE:
            return False
        if any(mark not in "\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b" for mark in decomposed[1:]):
            return False
        if not letter.isalnum():
            return False
    return True
