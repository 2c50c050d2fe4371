"""`python -m benchmarks.minutes`: one JSON line per part and condition, then a table.

Measures: directive found, lead, coordinating units, deadline (ISO date, time, interval or RRULE), kind of item; each
with precision, recall and F1. `practice` and `first` were seen while rules were written, `held_out` was not looked at
while they were. `--meetings FOLDER` adds meetings as in shared/data; `--heard FOLDER` adds what our own recogniser
hears in those that have sound, kept in that folder; `--each` prints a line per sample, `--misses` what was wrong in
them (not for held-out samples: who reads those has seen them).
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from time import process_time
from typing import Any

from benchmarks.minutes.heard import hear
from benchmarks.minutes.honesty import invented_figures
from benchmarks.minutes.samples import NOTICES, SHARED, Sample, damaged_notices, meetings, notices
from benchmarks.minutes.scores import MEASURES, Scores, count, paired, same_units
from minutes.drafting.extraction import Extraction

HELD_OUT = "held_out"
#: All notices and talks of ours together, whatever folder they stand in.
OURS = "ours"


def measure(samples: Iterable[Sample]) -> tuple[dict[tuple[str, str], Scores], list[dict[str, Any]]]:
    """Understand every sample; scores by part and condition, and a row for each sample."""
    by_part: dict[tuple[str, str], Scores] = defaultdict(Scores)
    rows = []
    for sample in samples:
        began = process_time()
        extraction = sample.understand()
        taken = process_time() - began
        own = Scores()
        items = [item.to_json() for item in extraction.items]
        together = [by_part[(OURS, sample.condition)]] if sample.part != SHARED else []
        for scores in (own, by_part[(sample.part, sample.condition)], *together):
            count(scores, items, sample.gold, all_kinds=sample.all_kinds)
            _look_for_lies(scores, extraction, sample)
        rows.append(
            {
                "sample": sample.name,
                "part": sample.part,
                "condition": sample.condition,
                "cpu_seconds": round(taken, 3),
                **own.to_json(),
                "misses": list(_misses(items, sample)),
            }
        )
    return dict(by_part), rows


def _look_for_lies(scores: Scores, extraction: Extraction, sample: Sample) -> None:
    for item in extraction.items:
        scores.without_evidence += not item.evidence
        scores.invented.extend(invented_figures(item, sample.text))


def _misses(items: list[dict[str, Any]], sample: Sample) -> Iterator[str]:
    """What a person should look at, a line each."""
    pairs = paired(items, sample.gold)
    taken_items, taken_gold = [id(a) for a, _ in pairs], [id(b) for _, b in pairs]
    for item in items:
        if id(item) not in taken_items and (sample.all_kinds or item["kind"] == "directive"):
            yield f"TOO MANY {item['kind']} {item['lead']}: {item['action']}"
    for gold in sample.gold:
        if id(gold) not in taken_gold:
            yield f"MISSED   {gold['kind']} {gold['lead']}: {gold['action']}"
    for item, gold in ((dict(item), dict(gold)) for item, gold in pairs):
        if item["kind"] != gold["kind"]:
            yield f"KIND     {item['kind']} for {gold['kind']}: {gold['action']}"
        for field in ("lead", "coordinating"):
            if not same_units(item[field], gold[field]):
                yield f"{field.upper():8} {item[field]} for {gold[field]}: {gold['action']}"
        stated, wanted = item["deadline"], gold["deadline"]
        if (stated["iso"], stated["rrule"]) != (wanted["iso"], wanted["rrule"]):
            yield f"DEADLINE {stated} for {wanted['iso'] or wanted['rrule']}: {gold['action']}"


def main(arguments: list[str] | None = None) -> int:
    """Print the figures; 1 if a directive has no evidence or a figure was invented."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notices", type=Path, default=NOTICES)
    parser.add_argument("--meetings", type=Path, action="append", default=[], help="a folder as in shared/data")
    parser.add_argument("--heard", type=Path, help="where transcripts by our own recogniser are kept; made if missing")
    parser.add_argument("--weights", type=Path, default=Path("var/weights"))
    parser.add_argument("--each", action="store_true", help="a JSON line for each sample")
    parser.add_argument("--misses", action="store_true", help="what was wrong, held-out samples left out")
    options = parser.parse_args(arguments)
    folders = [folder for folder in options.meetings if folder.is_dir()]
    for folder in folders if options.heard else ():
        hear(folder, options.heard, options.weights)
    talks = (meetings(folder, options.heard) for folder in folders)
    by_part, rows = measure(chain(notices(options.notices), damaged_notices(options.notices), *talks))
    for row in rows if options.each or options.misses else ():
        misses = row.pop("misses")
        if options.each:
            print(json.dumps(row, ensure_ascii=False))
        if options.misses and misses and row["part"] != HELD_OUT:
            print("\n".join([f"-- {row['sample']} ({row['condition']})", *misses]))
    for (part, condition), scores in sorted(by_part.items()):
        print(json.dumps({"part": part, "condition": condition, **scores.to_json()}, ensure_ascii=False))
    print(_table(by_part))
    return int(any(scores.without_evidence or scores.invented for scores in by_part.values()))


def _table(by_part: dict[tuple[str, str], Scores]) -> str:
    lines = ["", f"{'F1':24}" + "".join(f"{name:>14}" for name in MEASURES)]
    for (part, condition), scores in sorted(by_part.items()):
        cells = "".join(
            f"{tally.f1:14.3f}" if tally.wanted or tally.given else f"{'–':>14}" for tally in scores.tallies.values()
        )
        lines.append(f"{part + ' / ' + condition:24}{cells}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
