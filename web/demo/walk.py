"""One briefing walked through every room over the HTTP API, as its six users would: from plan to reported task.

In: the address of a running service and the sign-ins of the sample. Out: the files in the output folder and a summary.
"""

from typing import Any

from web.demo.journey import Journey, ask_as_prosody, plan, upload, watch
from web.demo.papers import carry_out, correct, draft_again, finish, issue, machine_draft


def walk(journey: Journey) -> dict[str, Any]:
    """All steps in their order. Raises JourneyStopped, ApiRefusal."""
    try:
        meeting = plan(journey)
        ask_as_prosody(journey, meeting)
        job_id = upload(journey, meeting)
        watch(journey, job_id)
        transcript = machine_draft(journey, meeting)
        correct(journey, transcript)
        notice_id = draft_again(journey, meeting)
        issue(journey, notice_id)
        carry_out(journey, notice_id)
        return finish(journey)
    finally:
        journey.close()
