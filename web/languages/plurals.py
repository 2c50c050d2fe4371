"""One and many: Vietnamese says both alike, English does not.

An English translation may say `%(count)d meeting{count:s}` or `%(count)d {count:person|people}`: the first word stands
for one, the second for everything else. In: such a translation and its values. Out: the translation without the braces.
"""

import re
from collections.abc import Mapping

MARK = re.compile(r"\{(?P<value>\w+):(?:(?P<one>[^{}|]*)\|)?(?P<many>[^{}|]*)\}")


def settled(translation: str, values: Mapping[str, object]) -> str:
    """The translation with each choice between one and many made; the values themselves are not touched."""

    def choose(mark: re.Match[str]) -> str:
        is_one = str(values.get(mark["value"], "")) == "1"
        return (mark["one"] or "") if is_one else mark["many"]

    return MARK.sub(choose, translation) if "{" in translation else translation
