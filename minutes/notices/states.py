"""The life of a notice: who may move it is asked elsewhere, what may follow what is only here.

drafting → in_review → changes_requested → in_review … → approved → issued. What is issued stands: nothing leads on.
"""

from core.lifecycles import Lifecycle, Transition

DRAFTING = "drafting"
IN_REVIEW = "in_review"
CHANGES_REQUESTED = "changes_requested"
APPROVED = "approved"
ISSUED = "issued"

#: States in which a new revision may be saved or drafted.
EDITABLE = frozenset({DRAFTING, CHANGES_REQUESTED})

NOTICE = Lifecycle(
    object_type="notice",
    initial=DRAFTING,
    transitions=(
        Transition("submit", EDITABLE, IN_REVIEW),
        Transition("request_changes", frozenset({IN_REVIEW}), CHANGES_REQUESTED),
        Transition("approve", frozenset({IN_REVIEW}), APPROVED),
        Transition("issue", frozenset({APPROVED}), ISSUED),
    ),
)
