"""What a person does at a screen: signs in, opens the menu, fills, presses. Names are said in Vietnamese."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.web.walks.camera import Camera
from tests.web.walks.words import Words

#: Milliseconds; a loaded machine is no fault.
PATIENCE = 60_000


class Hand:
    """One person in front of one page."""

    def __init__(self, page: Page, say: Words, camera: Camera) -> None:
        self.page, self.say, self._camera = page, say, camera
        page.set_default_timeout(PATIENCE)

    def sign_in(self, login: str, password: str) -> None:
        """From the first page, which asks who is there."""
        self.page.goto("/")
        self.fill("Tên đăng nhập", login)
        self.fill("Mật khẩu", password)
        self.press("Đăng nhập")
        self.sees_heading("Việc cần làm")

    def menu(self, name: str) -> None:
        """Go where the menu leads, opening what hides the link on a small screen or in a group."""
        button = self.page.get_by_role("button", name=self.say("Trình đơn"), exact=True)
        if button.is_visible():
            button.click()
        link = self.page.locator("a", has_text=re.compile(rf"^\s*{re.escape(name)}\s*$"))
        menu = self.page.locator("#menu")
        if not menu.locator(link).is_visible():
            menu.locator("details", has=link).locator("summary").click()
        menu.locator(link).click()

    def field(self, label: str) -> Locator:
        """The field with this label, by its whole words; the one that is seen, where folded forms have another."""
        return self.page.get_by_label(self.say.label(label)).filter(visible=True)

    def fill(self, label: str, value: str) -> None:
        self.field(label).first.fill(value)

    def choose(self, label: str, option: str) -> None:
        self.field(label).first.select_option(label=option)

    def tick(self, label: str) -> None:
        self.field(label).first.check()

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=self.say(name), exact=True)

    def press(self, name: str) -> None:
        """A button, by its word."""
        self.button(name).filter(visible=True).first.click()

    def follow(self, name: str) -> None:
        """A link, by its word."""
        self.page.get_by_role("link", name=self.say(name), exact=True).first.click()

    def follow_to(self, title: str) -> None:
        """A link that is called by somebody's data: a meeting, a notice, a task."""
        self.page.get_by_role("link", name=title).first.click()

    def unfold(self, name: str) -> None:
        """What is folded under these words."""
        self.page.locator("summary", has_text=self.say(name)).first.click()

    def sees(self, text: str) -> None:
        expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible(timeout=PATIENCE)

    def sees_said(self, message: str, **values: object) -> None:
        """A sentence of the house, in the reader's language."""
        self.sees(self.say(message, **values))

    def sees_heading(self, name: str) -> None:
        expect(self.page.get_by_role("heading", name=self.say(name)).first).to_be_visible(timeout=PATIENCE)

    def picture(self, name: str, *, show: Locator | None = None, telephone: bool = False) -> None:
        """Stop and look; where the guides are made, take a picture with `show` in its middle."""
        self._camera.take(self.page, name, show=show, telephone=telephone)

    def skip_picture(self, name: str) -> None:
        """Where npm has built nothing the page is another one."""
        self._camera.taken.add(name)
