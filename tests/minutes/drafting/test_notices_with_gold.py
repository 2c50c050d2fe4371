"""Sixteen notices and meetings written for their traps, against their gold answers."""

from datetime import date
from typing import Any

import pytest

from minutes.drafting.extract import extract_text, extract_transcript
from minutes.drafting.extraction import Extraction, all_questions
from orchestrator.meetings.context import MeetingContext, UnitFacts
from tests.minutes.drafting.builders import notice_gold, notice_names, notice_text, transcript


def understand(name: str) -> Extraction:
    gold = notice_gold(name)
    if gold["form"] == "transcript":
        document = transcript(*notice_text(name).strip().splitlines())
        return extract_transcript(document, MeetingContext.from_json(gold["meeting"]))
    units = [UnitFacts(None, unit) for unit in gold.get("units", [])]
    return extract_text(notice_text(name), units, date.fromisoformat(gold["date"]))


def essence(item: dict[str, Any]) -> dict[str, Any]:
    deadline = {key: item["deadline"][key] for key in ("iso", "kind", "rrule")}
    return {key: item[key] for key in ("kind", "lead", "coordinating", "action")} | {"deadline": deadline}


def test_there_are_enough_of_them() -> None:
    assert len(notice_names()) >= 12


@pytest.mark.parametrize("name", notice_names())
def test_items_are_those_of_the_gold(name: str) -> None:
    found = [essence(item.to_json()) for item in understand(name).items]
    assert found == notice_gold(name)["items"]


@pytest.mark.parametrize("name", notice_names())
def test_what_must_be_asked_is_asked(name: str) -> None:
    asked = " ".join(all_questions(understand(name)))
    assert all(words in asked for words in notice_gold(name).get("questions", []))


@pytest.mark.parametrize("name", notice_names())
def test_evidence_of_a_document_lies_in_its_text(name: str) -> None:
    text = notice_text(name)
    if notice_gold(name)["form"] == "text":
        for item in understand(name).items:
            span = item.evidence[0]
            said = text[int(span.start) : int(span.end)]
            assert said
            assert said.split()[-1].strip(".;") in item.sentence


def test_a_spoken_document_number_of_the_list_is_whole() -> None:
    gold = notice_gold("15-nguoi-thay-don-vi")
    found = [reference for item in understand("15-nguoi-thay-don-vi").items for reference in item.references]
    assert found == gold["references"]


def test_a_chair_without_a_name_is_marked_as_inferred() -> None:
    extraction = understand("14-hop-giong-khong-ten")
    assert extraction.chair_inferred
    assert any("Người nói 1" in question for question in extraction.questions)
