"""What quick reports refuse; the sentences are in `messages.py`."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Self

from core.errors import Refusal


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: the code of the field (empty: the whole) and a Vietnamese sentence."""

    field: str
    sentence: str


class _Faulty(Refusal):
    http_status = 422

    @classmethod
    def of(cls, faults: Sequence[Fault]) -> Self:
        """A refusal that carries every fault; parameters `faults` (list), `count`, `first`."""
        return cls(faults=[asdict(fault) for fault in faults], count=len(faults), first=faults[0].sentence)

    @property
    def faults(self) -> tuple[Fault, ...]:
        return tuple(Fault(**stored) for stored in self.params["faults"])


class DefinitionInvalid(_Faulty):
    """A form cannot be used as defined."""

    code = "report_definition_invalid"


class ReportInvalid(_Faulty):
    """A report has wrong or missing figures."""

    code = "report_invalid"


class FormCodeTaken(Refusal):
    """Another form has this code; parameter `taken`."""

    code = "report_form_code_taken"
    http_status = 409


class FormWithoutUnits(Refusal):
    """Nobody would have to report."""

    code = "report_form_without_units"
    http_status = 422


class PeriodNotOpen(Refusal):
    """The period has not begun; parameters `period`, `opens`."""

    code = "report_period_not_open"
    http_status = 409


class PeriodCancelled(Refusal):
    """The period was taken back (a holiday, a form given up); parameter `period`."""

    code = "report_period_cancelled"
    http_status = 409


class ReasonMissing(Refusal):
    """A correction must say why."""

    code = "report_reason_missing"
    http_status = 422


class NilNotAllowed(Refusal):
    """This form has no nil report."""

    code = "report_nil_not_allowed"
    http_status = 422


class ReportConflict(Refusal):
    """Somebody of the same unit has reported since; parameters `base`, `current`, `author`, `at`."""

    code = "report_conflict"
    http_status = 409


class NothingReported(Refusal):
    """No unit has reported, so there is nothing to compile."""

    code = "report_nothing_reported"
    http_status = 409
