"""Every fault has a sentence in Vietnamese and survives its way through JSON."""

import pytest

from core.messages import is_known
from transcription import faults
from transcription.faults import Fault, StageFault


def _all_faults(base: type[StageFault]) -> list[type[StageFault]]:
    return [base, *(found for child in base.__subclasses__() for found in _all_faults(child))]


@pytest.mark.parametrize(
    "kind", [kind for kind in _all_faults(StageFault) if kind not in (StageFault, faults.MediaFault)]
)
def test_every_fault_has_its_sentences(kind: type[StageFault]) -> None:
    fault = kind().fault
    assert is_known(fault.code)
    assert fault.sentence("vi") != fault.sentence("en")
    assert Fault.from_json(fault.to_json()) == fault


def test_kinds_are_not_shared() -> None:
    kinds = [kind.kind for kind in _all_faults(StageFault) if kind is not faults.MediaFault]
    assert len(kinds) == len(set(kinds))
