"""A language model behind the same contract: a server on loopback that answers as told, and what is believed of it."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from minutes.drafting.extract import extract_transcript
from minutes.drafting.model.client import ModelService, ModelUnavailable, ask
from minutes.drafting.model.drafter import NOT_HEARD, ModelDrafter
from minutes.drafting.model.inside import OutsideTheHouse, require_inside
from minutes.drafting.model.proposals import read_proposals
from tests.minutes.drafting.builders import meeting, transcript

CHAIR = "Khổng Văn Lực"
DOCUMENT = transcript(
    "Tô Quang Minh: Đề nghị cho mua thêm 6 bộ loa.",
    f"{CHAIR}: Tôi kết luận như sau. Một là, giao Vụ Pháp chế rà soát thủ tục trước ngày 20 tháng 4.",
    f"{CHAIR}: Loa cũ để đấy phí, chỗ Trung tâm Thông tin thu xếp đem cho trường học trước ngày mười lăm tháng năm.",
)
GOOD = {
    "line": 2,
    "quote": "Trung tâm Thông tin thu xếp đem cho trường học trước ngày mười lăm tháng năm",
    "kind": "directive",
    "lead": ["Trung tâm Thông tin"],
    "coordinating": [],
    "action": "Thu xếp đem cho trường học",
}


@pytest.fixture
def answering() -> Iterator[Callable[[Any, int], ModelService]]:
    """`answering(items, status)` → a service on loopback that answers with these items."""
    servers: list[HTTPServer] = []

    def start(items: Any, status: int = 200) -> ModelService:
        content = items if isinstance(items, str) else json.dumps({"items": items}, ensure_ascii=False)
        body = json.dumps({"choices": [{"message": {"content": content}}]}).encode()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args: Any) -> None:
                return

        server = HTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return ModelService(f"http://127.0.0.1:{server.server_port}/v1", "mau", timeout_seconds=5)

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def actions(service: ModelService) -> list[str]:
    return [item.action for item in ModelDrafter(service).draft(DOCUMENT, meeting()).items]


def test_without_proposals_the_grammar_stands(answering: Callable[..., ModelService]) -> None:
    grammar = extract_transcript(DOCUMENT, meeting())
    assert ModelDrafter(answering([])).draft(DOCUMENT, meeting()) == grammar


def test_a_proposal_that_is_said_is_added_with_a_question(answering: Callable[..., ModelService]) -> None:
    added = ModelDrafter(answering([GOOD])).draft(transcript(*TEXT_ONLY_MODEL), meeting()).items[-1]
    assert added.lead == ("Trung tâm Thông tin",)
    assert added.deadline is not None
    assert added.deadline.iso == "2026-05-15"
    assert [(span.start, span.end) for span in added.evidence] == [(10.0, 20.0)]
    assert any("cần kiểm tra" in question for question in added.questions)


#: Nothing here is an order to the grammar.
TEXT_ONLY_MODEL = (
    "Tô Quang Minh: Xin hết.",
    f"{CHAIR}: Loa cũ để đấy phí, chỗ Trung tâm Thông tin thu xếp đem cho trường học trước ngày mười lăm tháng năm.",
)


@pytest.mark.parametrize(
    "change",
    [
        {"quote": "Trung tâm Thông tin đem tặng loa"},
        {"action": "Thu xếp đem cho bệnh viện"},
        {"action": "Thu xếp đem 30 bộ cho trường học"},
        {"kind": "wish"},
        {"line": 99},
        {"line": 1, "quote": "Xin hết", "action": "Xin hết"},
        {"line": "2"},
        {"action": ""},
    ],
    ids=["quote", "words", "figures", "kind", "no-such-line", "participant", "line-type", "empty"],
)
def test_what_the_text_does_not_bear_out_is_dropped(
    answering: Callable[..., ModelService], change: dict[str, Any]
) -> None:
    document = transcript(*TEXT_ONLY_MODEL)
    assert ModelDrafter(answering([GOOD | change])).draft(document, meeting()).items == ()


def test_a_unit_nobody_named_is_left_out(answering: Callable[..., ModelService]) -> None:
    service = answering([GOOD | {"lead": ["Vụ Pháp chế"], "coordinating": ["Văn phòng Bộ"]}])
    (item,) = ModelDrafter(service).draft(transcript(*TEXT_ONLY_MODEL), meeting()).items
    assert (item.lead, item.coordinating) == ((), ())


def test_what_the_grammar_has_is_not_added_again(answering: Callable[..., ModelService]) -> None:
    again = {
        "line": 2,
        "quote": "giao Vụ Pháp chế rà soát thủ tục trước ngày 20 tháng 4",
        "kind": "directive",
        "lead": ["Vụ Pháp chế"],
        "action": "Rà soát thủ tục",
    }
    assert len(actions(answering([again]))) == len(extract_transcript(DOCUMENT, meeting()).items)


@pytest.mark.parametrize("answer", ["", "không phải JSON", "[1, 2]", '{"items": 5}', "```json\n{}\n```"])
def test_an_answer_that_is_none_changes_nothing(answering: Callable[..., ModelService], answer: str) -> None:
    assert actions(answering(answer)) == [item.action for item in extract_transcript(DOCUMENT, meeting()).items]


def test_a_model_that_fails_leaves_the_grammar_and_a_remark(answering: Callable[..., ModelService]) -> None:
    extraction = ModelDrafter(answering([], 500)).draft(DOCUMENT, meeting())
    assert NOT_HEARD in extraction.questions
    assert extraction.items


def test_a_redirection_is_not_followed(answering: Callable[..., ModelService]) -> None:
    with pytest.raises(ModelUnavailable, match="302"):
        ask(answering([], 302), "1. A: b")


@pytest.mark.parametrize(
    "url",
    ["https://8.8.8.8/v1", "ftp://127.0.0.1/", "http://user@127.0.0.1/", "http://169.254.169.254/v1", "nothing"],
)
def test_an_address_outside_the_house_is_refused(url: str) -> None:
    with pytest.raises(OutsideTheHouse):
        require_inside(url)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080/v1", "http://10.1.2.3/v1", "https://[fd00::1]/v1"])
def test_addresses_inside_the_house_are_taken(url: str) -> None:
    require_inside(url)


def test_proposals_are_read_without_trust() -> None:
    rows = [GOOD, GOOD | {"line": True}, "x", None, GOOD | {"lead": "Vụ Pháp chế"}, GOOD | {"quote": "a" * 5000}]
    found = read_proposals(json.dumps({"items": rows}))
    assert [proposal.lead for proposal in found] == [("Trung tâm Thông tin",), ()]
