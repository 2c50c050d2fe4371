"""One key per kind of incident: the first letter of what the operator says aloud."""

from orchestrator.live.models import IncidentKind

#: Letters as on the keyboard, whatever the input method makes of them; none of them stands for anything else.
KEYS: dict[IncidentKind, str] = {
    IncidentKind.NO_SOUND: "M",
    IncidentKind.NO_PICTURE: "H",
    IncidentKind.LINE_LOST: "K",
    IncidentKind.ECHO: "V",
    IncidentKind.POWER_CUT: "D",
    IncidentKind.RECORDER_FAULT: "G",
    IncidentKind.RECOVERED: "R",
    IncidentKind.NOTE: "C",
}
