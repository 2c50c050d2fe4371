"""The notice edited through an input method, as Vietnamese is typed: letters are put together, then exchanged.

Two ways that machines here have: a composition that the browser knows of (ibus, macOS, telephones), and a program
that takes letters back and types others (UniKey on Windows).
"""

from uuid import UUID

import pytest
from playwright.sync_api import CDPSession, Page, expect

from core.permissions import Role
from core.runtime import Runtime
from minutes.notices.service import latest_revision, save_revision
from tests.web.builders import system
from tests.web.notices.test_editor_browser import desk, notice_id, pytestmark, save, stored, words_of

__all__ = ["desk", "notice_id", "pytestmark"]

WORD = '[data-item="viec-1"] > [data-part=item_text]'


@pytest.fixture
def method(desk: Page) -> CDPSession:
    """The browser's own door for input methods."""
    return desk.context.new_cdp_session(desk)


def compose(method: CDPSession, *forms: str) -> None:
    """A word on its way: each form takes the place of the one before it."""
    for form in forms:
        method.send("Input.imeSetComposition", {"text": form, "selectionStart": len(form), "selectionEnd": len(form)})


def test_a_composed_word_is_there_once_whatever_others_save_meanwhile(
    desk: Page, method: CDPSession, runtime: Runtime, notice_id: UUID
) -> None:
    words_of(desk, "viec-1")
    desk.keyboard.type(" Rồi ")
    compose(method, "t", "ti", "tiê", "tiên", "tiến")
    with runtime.database.transaction() as session:
        theirs = latest_revision(session, notice_id)
        moved = theirs.read().model_copy(update={"place": "Huế"})
        save_revision(session, system(Role.SECRETARY), notice_id, theirs.number, moved)
    # Asks for what is new: it may come in only when the word is done.
    desk.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    compose(method, "tiến", "tiế")
    expect(desk.locator(WORD)).to_contain_text("Rồi tiế")
    method.send("Input.insertText", {"text": "tiến"})
    desk.keyboard.type(" hành.")
    save(desk)
    _number, content, items = stored(runtime, notice_id)
    assert (items["viec-1"].text.endswith(" Rồi tiến hành."), content.place) == (True, "Huế")


def test_letters_taken_back_and_typed_anew_leave_the_word(desk: Page, runtime: Runtime, notice_id: UUID) -> None:
    words_of(desk, "viec-1")
    desk.keyboard.type(" Tie")
    for back, letters in ((1, "ê"), (0, "n"), (2, "ến")):  # Telex: t i e e n s
        for _ in range(back):
            desk.keyboard.press("Backspace")
        desk.keyboard.insert_text(letters)
    desk.keyboard.type(" độ.")
    save(desk)
    assert stored(runtime, notice_id)[2]["viec-1"].text.endswith(" Tiến độ.")
