"""Sample meetings played in real time to a whole installation: how late is the text, how soon is the draft?

`python -m benchmarks.live` starts an installation in a temporary folder (or uses the running one of `--home`), plans a
meeting for each sample, lets its endpoints enter over the conference's events, and sends the sound of each endpoint as
a conference would: a track each, some at once, a tenth of a second at a time. A secretary's browser stands beside and
notes when it was told what. Then the operator closes the meeting and the secretary waits for the draft.

Printed as one JSON line for each meeting, all in seconds:
    first        from the first sound of a turn of speech to its first words on the screen (p50, p95)
    last         from the last sound of a turn to the last change of its words while they were still growing
    partial_p95  both together: what people see of the delay; the bar is 3
    draft        from the close to the draft of the notice; the bar is 60
and of the live transcript `wer` against the words as spoken, `names` (share of words under the right name), `load` (of
the machine while it was played) and `late` (how far the client itself fell behind: beyond a tenth nothing counts).
"""

import argparse
import asyncio
import json
import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks.live.client import Played, Told, Watcher, play
from benchmarks.live.delays import Shown, delays, percentile
from benchmarks.live.stand import Planned, Site, running_site, wait_for
from benchmarks.live.tracks import SampleMeeting, Turn, load
from benchmarks.scoring import word_error_rate

DATA = Path(os.environ.get("DIEMCAU_SAMPLES", "../shared/data/dev"))
SAMPLES = ("dev_m1", "dev_m2", "dev_m3")
DRAFT_PATIENCE_SECONDS = 240.0
READY_SECONDS = 600.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Play, measure, print."""
    parser = argparse.ArgumentParser(description="Play sample meetings in real time to a whole installation.")
    parser.add_argument("samples", nargs="*", default=list(SAMPLES), help="names of the samples")
    parser.add_argument("--folder", type=Path, default=DATA, help="where they lie")
    parser.add_argument("--home", type=Path, help="data folder of a running installation")
    parser.add_argument("--seconds", type=float, help="play only so much of each")
    parser.add_argument("--together", action="store_true", help="all meetings at the same time")
    options = parser.parse_args(arguments)
    samples = [load(options.folder, name, options.seconds) for name in options.samples]
    with running_site(options.home) as site, ThreadPoolExecutor(len(samples) if options.together else 1) as pool:
        for result in pool.map(lambda sample: measure(site, sample), samples):
            print(json.dumps(result, ensure_ascii=False), flush=True)
    return 0


def measure(site: Site, sample: SampleMeeting) -> dict[str, Any]:
    """One meeting from its first word to its draft."""
    planned = site.plan(sample)
    site.wait_until_ready(READY_SECONDS)
    watcher = Watcher(site.browser(), f"{site.address}/loi-noi/{planned.meeting_id}/su-kien")
    watcher.start()
    tracks = {planned.nicks[endpoint]: sound for endpoint, sound in sample.tracks.items()}
    played = asyncio.run(play(f"{site.stream_url}{planned.room}?auth_token={site.key}", tracks))
    load_now = os.getloadavg()[0]
    draft, transcript = _close(site, planned)
    watcher.stop()
    if watcher.refusals:
        raise SystemExit(f"the page's stream was refused {watcher.refusals} times")
    found = delays(sample.turns, shown(watcher.told, played, sample.endpoints))
    said = transcript["segments"]
    return {
        "meeting": sample.name,
        "tracks": len(tracks),
        "turns": len(sample.turns),
        "unheard": found.unheard,
        "first": [round(percentile(found.first, share), 2) for share in (0.5, 0.95)],
        "last": [round(percentile(found.last, share), 2) for share in (0.5, 0.95)],
        "partial_p95": round(percentile([*found.first, *found.last], 0.95), 2),
        "draft": round(draft, 1),
        "wer": round(word_error_rate(" ".join(t.spoken for t in sample.turns), " ".join(s["text"] for s in said)), 3),
        "names": round(names_right(sample.turns, said), 3),
        "load": round(load_now, 1),
        "late": round(played.late, 2),
    }


def _close(site: Site, planned: Planned) -> tuple[float, dict[str, Any]]:
    """Close the meeting; seconds until the draft, and the live transcript."""
    caller = site.caller()
    began = time.monotonic()
    site.close(planned.meeting_id)
    at, _notice = wait_for(caller, f"/meetings/{planned.meeting_id}/notice", DRAFT_PATIENCE_SECONDS)
    _at, transcript = wait_for(caller, f"/meetings/{planned.meeting_id}/transcript", 10.0)
    return at - began, transcript


def shown(told: Sequence[Told], played: Played, endpoints: Sequence[str]) -> list[Shown]:
    """What the page was told → how each endpoint's text grew, in seconds of the meeting."""
    growing: dict[str, str] = {}
    found: list[Shown] = []
    for item in told:
        present = {phrase["id"]: phrase for phrase in item.phrases}
        for line, is_growing in [*((line, False) for line in item.lines), *((p, True) for p in present.values())]:
            # One endpoint's name may begin another's.
            endpoint = max((name for name in endpoints if name in line["speaker"]), key=len, default="")
            if growing.get(line["id"]) != line["text"]:
                growing[line["id"]] = line["text"]
                found.append(Shown(item.at - played.began, endpoint, line["text"], is_growing))
    return found


def names_right(turns: Sequence[Turn], segments: Sequence[dict[str, Any]]) -> float:
    """Share of the words that stand under the name of who spoke at their time.

    Second 0 of the live transcript is its first word, that of the sample its beginning: the first turn tells how far
    they are apart.
    """
    offset = turns[0].start if turns else 0.0
    right = total = 0
    for segment in segments:
        for word in segment["words"]:
            middle = (word["start"] + word["end"]) / 2 + offset
            speaker = next((turn.speaker for turn in turns if turn.start <= middle <= turn.end), None)
            total += speaker is not None
            right += speaker is not None and speaker == segment["speaker"]
    return right / total if total else 0.0


if __name__ == "__main__":
    sys.exit(main())
