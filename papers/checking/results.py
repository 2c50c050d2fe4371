"""The answer of one check."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CheckResult:
    """One of F01–F15: `ok` True or False, None where it does not apply; the sentence says what was found where."""

    code: str
    ok: bool | None
    sentence: str

    @property
    def verdict(self) -> str:
        """The word at the beginning of a line."""
        return {True: "đạt", False: "KHÔNG ĐẠT", None: "không áp dụng"}[self.ok]

    def line(self) -> str:
        """`F01 đạt: …`"""
        return f"{self.code} {self.verdict}: {self.sentence}"


def passed(code: str, sentence: str) -> CheckResult:
    """The document keeps the rule."""
    return CheckResult(code, True, sentence)


def failed(code: str, sentence: str) -> CheckResult:
    """The document breaks the rule."""
    return CheckResult(code, False, sentence)


def not_applicable(code: str, sentence: str) -> CheckResult:
    """The rule cannot be judged on this file."""
    return CheckResult(code, None, sentence)
