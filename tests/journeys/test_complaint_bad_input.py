"""What a complaint may hold: kept to the letter from the field to the clerk's page and the printed
slip, or refused at the field in clear words; never anything else lost."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QImage, QInputMethodEvent
from PySide6.QtTest import QTest

from kiosk.demonstration import Clerk
from kiosk.domain.submission.receipt import ALPHABET, new_code
from kiosk.gallery import Gallery
from kiosk.startup import Kiosk
from services.devices.folder_printer import FolderPrinter
from tests.journeys.conftest import Hall
from tests.journeys.console import Console, console
from tests.journeys.story import PICTURES, receipt, shown
from tests.kiosk.domain.questions.rare import MINORITY_SCRIPTS, OF_PRIVATE_USE, RARE
from ui.viewmodels.follow import FollowViewModel
from ui.viewmodels.question import QuestionViewModel
from ui.viewmodels.shell import ShellViewModel
from ui.visitor import Visitor

LONGEST_STORY, LONGEST_ITEM = 2000, 200
FIELDS = {"item": "用您自己的叫法写", "story": "可以不填", "contact": "电话号码"}
"""What stands in the field of a question, by which it is touched."""


def across(characters: str, count: int) -> str:
    """So many of them, from all over."""
    return characters[:: -(-len(characters) // count)]


def one_ending(text: str) -> str:
    """With lines that end in one way."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def on_lines(text: str) -> str:
    """As a field of several lines takes it: a no-break space is a space."""
    return one_ending(text).replace("\u00a0", " ")


KEPT = {
    "2000-characters": "演示" * 999 + "完。",
    "rare": across(RARE, LONGEST_STORY),
    "other-scripts-and-private-use": across(MINORITY_SCRIPTS, 1500) + OF_PRIVATE_USE,
    "emoji": "👨\u200d👩\u200d👧\u200d👦👍🏽🏳\ufe0f\u200d🌈🇨🇳1\ufe0f\u20e3",
    "marks": "演\u200f示\u200e演\u200b示\ufeff演e\u0301示\u3000演\u00a0示",
    "sql": "'; DROP TABLE cases; -- \" OR 1=1 \\' /*",
    "script": '<script>alert(1)</script><img src=x onerror="alert(1)">&lt;b&gt;<!--</dd></html>',
    "templates": "{{7*7}} {% raw %} {matter} {0} %s %n %1 ${x} $(id) `id` \\u0041 \\0",
    "lines": "第一行\r\n第二行\r第三行\n\n最后一行",
}
"""Whatever is not refused is kept; line ends, and the spaces of a story, in one way."""
TOO_LONG, UNKNOWN_SIGN = "写得太长了，请删短一些", "里面有机器认不得的符号，请删掉再写一次"
REFUSED = {
    "2001-characters": ("story", "演" * (LONGEST_STORY + 1), TOO_LONG),
    "2001-rare-characters": ("story", "𠮷" * (LONGEST_STORY + 1), TOO_LONG),
    "a-matter-of-201": ("item", "演" * (LONGEST_ITEM + 1), TOO_LONG),
    "nul": ("story", "演\0示", UNKNOWN_SIGN),
    "escape": ("story", "演\x1b[2J示", UNKNOWN_SIGN),
    "overridden-direction": ("item", "演\u202e示\u2066", UNKNOWN_SIGN),
    "line-separator": ("item", "演\u2028示", UNKNOWN_SIGN),
}
PHONES = {
    "spaces": ("138 0000 0000", "13800000000"),
    "dashes": ("138-0000-0000", "13800000000"),
    "full-width": ("１３８００００００００", "13800000000"),
    "country": ("+86 138 0000 0000", "13800000000"),
    "landline": ("0551-6000 0000", "055160000000"),
}
NO_PHONES = ("12345", "1380000000", "138000000000", "12800000000", "60000000", "一三八", "' OR 1=1")


@dataclass(frozen=True)
class Counter:
    """A kiosk with a printer, the central server's clerk and her pages."""

    kiosk: Kiosk
    visitor: Visitor
    gallery: Gallery
    clerk: Clerk
    pages: Console
    sheets: Path

    @property
    def shell(self) -> ShellViewModel:
        return self.kiosk.application.shell

    def review(self) -> dict[str, str]:
        """A complaint that is made up but whole, at its review; its answers by question."""
        self.shell.finish()
        self.shell.home()
        self.shell.go("review", form=self.gallery.form("complaint"))
        self.visitor.expect("请您看一遍")
        return self.answers()

    def answers(self) -> dict[str, str]:
        return {id: answer for id, _, answer in self.shell.present._form.lines()}

    def change(self, question: str) -> QuestionViewModel:
        """From the review back to a question."""
        self.shell.present.change(question)
        self.visitor.wait(lambda: self.shell.property("screen") == "question", question)
        self.visitor.expect(self.shell.present.property("ask"))
        return self.shell.present

    def write(self, question: str, text: str, *, pasted: bool = False) -> None:
        """Touch the field, and put `text` in the place of what is there, as an input method does
        (pinyin, handwriting) or by pasting it."""
        self.visitor.tap(FIELDS[question])
        window, control = self.visitor.window, Qt.KeyboardModifier.ControlModifier
        QTest.keyClick(window, Qt.Key.Key_A, control)
        if pasted:
            QGuiApplication.clipboard().setText(text)
            QTest.keyClick(window, Qt.Key.Key_V, control)
        else:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QCoreApplication.sendEvent(window.focusObject(), event)
        assert self.written(question) == (on_lines(text) if question == "story" else text)

    def written(self, question: str) -> str:
        return str(self.shell.present.property("words" if question == "item" else "text"))

    def cut_keys(self) -> list[str]:
        """Keys of the keyboard that are too small for their letters."""
        return [seen.text for seen in self.visitor.look() if len(seen.text) == 1 and seen.cut]

    def go_on(self) -> None:
        """To the review again."""
        self.visitor.tap("下一步")
        self.visitor.expect("请您看一遍")

    def refused(self, told: str) -> None:
        """The question stays, and says why."""
        self.visitor.tap("下一步")
        self.visitor.expect(told)
        assert self.shell.property("screen") == "question"

    def hand_in(self) -> tuple[str, str]:
        """Number and link of the receipt, the centre's own word awaited."""
        self.visitor.tap("没问题，提交")
        self.visitor.expect("中心已收到")
        return receipt(self.visitor)[0], str(self.shell.present.property("link"))

    def printed(self) -> NDArray[np.uint8]:
        """The receipt on the roll, in grey, a pixel a dot."""
        before = set(self.sheets.glob("*.pdf"))
        self.visitor.tap("打印")
        self.visitor.expect("已经打印")
        (sheet,) = set(self.sheets.glob("*.pdf")) - before
        with closing(pypdfium2.PdfDocument(sheet)) as document:
            (page,) = document
            grey = page.render(scale=203 / 72, grayscale=True).to_numpy()
            return grey.reshape(grey.shape[:2]).copy()

    def registered(self) -> tuple[str, str]:
        """Number and query code of a case that the centre has."""
        form, backstage = self.gallery.form("complaint"), self.kiosk.backstage.result()
        backstage.outbox.put_all([backstage.sealer.seal(each) for each in form.submissions()])
        backstage.uplink.poke()
        number = form.draft.number
        self.visitor.wait(lambda: not backstage.outbox.is_waiting(number), "the receipt")
        return number, form.draft.code

    def follow(self, number: str, code: str, told: str) -> None:
        """Ask for a case, and be told so; from the fields or from another case."""
        follow = self.shell.present
        if not isinstance(follow, FollowViewModel) or follow.property("found"):
            self.shell.finish()
            self.shell.home()
            self.shell.go("follow")
            follow = self.shell.present
        follow.typeNumber(number)
        follow.typeCode(code)
        self.visitor.wait(lambda: not self.visitor.sees(told), "a new question")
        self.visitor.tap("查一查")
        self.visitor.expect(told)


@pytest.fixture(scope="module")
def counter(standing_hall: Hall, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    sheets = tmp_path_factory.mktemp("sheets")
    with (
        pytest.MonkeyPatch.context() as patch,
        standing_hall.central() as clerk,
        console(standing_hall.settings) as pages,
    ):
        patch.setattr("services.devices.printer.LpPrinter", lambda _: FolderPrinter(sheets))
        with standing_hall.kiosk() as (kiosk, visitor):
            yield Counter(kiosk, visitor, Gallery(kiosk), clerk, pages, sheets)


@pytest.mark.parametrize("name", KEPT)
def test_what_is_written_is_kept_to_the_letter_everywhere(counter: Counter, name: str) -> None:
    text = KEPT[name]
    kept = on_lines(text)
    item, kept_item = across(text, LONGEST_ITEM), across(one_ending(text), LONGEST_ITEM)
    expected = {**counter.review(), "item": kept_item, "story": kept}
    for question, written in (("item", item), ("story", text)):
        counter.change(question)
        counter.write(question, written, pasted=name == "lines")
        shown(f"bad-input/{name}-{question}", counter.visitor)
        assert counter.cut_keys() == []
        counter.go_on()
    assert counter.answers() == expected
    shown(f"bad-input/{name}-核对", counter.visitor)

    number, link = counter.hand_in()
    shown(f"bad-input/{name}-回执", counter.visitor)
    slip = counter.printed()
    height, width = slip.shape
    picture = QImage(slip.tobytes(), width, height, width, QImage.Format.Format_Grayscale8)
    assert picture.save(str(PICTURES / f"bad-input/{name}-slip.png"))
    assert [found.text for found in zxingcpp.read_barcodes(slip)] == [link]
    assert (slip[:, [0, 1, 2, 3, -4, -3, -2, -1]] > 127).all()

    case = counter.clerk.case(number)
    assert case["item_name"] == kept_item
    assert {each["question"]: each["answer"] for each in case["answers"]}["story"] == kept
    page = counter.pages.case(number)
    asked = {each["question"]: each["asked"] for each in case["answers"]}
    assert (asked["item"], kept_item) in page.pairs
    assert (asked["story"], kept) in page.pairs
    assert kept_item in counter.pages.cases().texts
    assert page.runs == counter.pages.cases().runs == []


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_kept_is_refused_in_words_and_stays_to_be_mended(
    counter: Counter, name: str
) -> None:
    question, text, told = REFUSED[name]
    before = counter.review()
    counter.change(question)
    counter.write(question, text)
    counter.refused(told)
    assert counter.written(question) == text
    shown(f"bad-input/{name}", counter.visitor)
    counter.write(question, "演示")
    counter.go_on()
    assert counter.answers() == {**before, question: "演示"}


def test_a_key_pressed_after_a_long_story_changes_its_end_alone(counter: Counter) -> None:
    story = "演" * (LONGEST_STORY - 1) + "完"
    counter.review()
    counter.change("story").type(story)
    counter.visitor.tap("删除")
    assert counter.written("story") == story[:-1]
    counter.visitor.tap(FIELDS["story"])
    QTest.keyClick(counter.visitor.window, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(counter.visitor.window, Qt.Key.Key_Backspace)
    assert counter.written("story") == story[:-2]


@pytest.mark.parametrize("name", PHONES)
def test_a_telephone_number_is_taken_as_people_write_it(counter: Counter, name: str) -> None:
    written, kept = PHONES[name]
    before = counter.review()
    counter.change("contact")
    counter.write("contact", written)
    counter.go_on()
    assert counter.answers() == {**before, "contact": kept}


def test_a_telephone_number_reaches_the_clerk_in_one_form(counter: Counter) -> None:
    counter.review()
    counter.change("contact")
    counter.write("contact", "＋８６　１３９－００００－００００")
    counter.go_on()
    number, _ = counter.hand_in()
    answers = counter.clerk.case(number)["answers"]
    assert [each["value"] for each in answers if each["question"] == "contact"] == ["13900000000"]


def test_what_is_no_telephone_number_is_refused_in_words(counter: Counter) -> None:
    before = counter.review()
    counter.change("contact")
    for written in NO_PHONES:
        counter.write("contact", written)
        assert not counter.visitor.sees("这个电话打不通")
        counter.refused("这个电话打不通。手机是11位数字；座机要带区号")
    counter.write("contact", "13800000000")
    counter.go_on()
    assert counter.answers() == {**before, "contact": "13800000000"}


@pytest.mark.parametrize("question", ["accepted", "visits"])
def test_a_day_to_come_cannot_be_touched_and_is_refused_in_words(
    counter: Counter, question: str
) -> None:
    before = counter.review()
    asked = counter.change(question)
    tomorrow = (asked._form.today + timedelta(days=1)).isoformat()
    while tomorrow not in (days := {day["iso"]: day["open"] for day in asked.property("days")}):
        asked.turnMonth(1)
    assert days[tomorrow] is False
    asked.choose(tomorrow)
    counter.refused("这一天还没有到，请点今天或者以前的日子")
    asked.choose(asked._form.today.isoformat() if question == "accepted" else tomorrow)
    counter.go_on()
    after = counter.answers()
    assert {**after, question: ""} == {**before, question: ""}


def test_thirty_days_of_visits_are_taken_and_one_more_is_refused_in_words(
    counter: Counter,
) -> None:
    before = counter.review()
    asked = counter.change("visits")
    today: date = asked._form.today
    given = set(asked._given)
    days = [today - timedelta(days=n) for n in range(31)]
    for day in days:
        if day not in given:
            asked.choose(day.isoformat())
    counter.refused("日子点得太多了，最多30天")
    shown("bad-input/31-visits", counter.visitor)
    asked.choose(days[30].isoformat())
    counter.go_on()
    after = counter.answers()
    assert {**after, "visits": ""} == {**before, "visits": ""}
    number, _ = counter.hand_in()
    facts = counter.clerk.case(number)["facts"]
    assert (facts["visits"], facts["visits_first"]) == (30, days[29].isoformat())
    assert ("visits", "30") in counter.pages.case(number).pairs


def mistyped(characters: str, alphabet: str) -> str:
    """With another check character."""
    other = alphabet[(alphabet.index(characters[-1]) + 1) % len(alphabet)]
    return characters[:-1] + other


def test_a_check_character_typed_wrong_is_noticed_before_anybody_is_asked(
    counter: Counter,
) -> None:
    number, code = counter.registered()
    wrong = "编号或者查询码写得不对"
    for _ in range(3):
        counter.follow(mistyped(number, ALPHABET), code, wrong)
        counter.follow(number, mistyped(code, "0123456789"), wrong)
    counter.follow(number, code, "中心已收到")


def test_the_code_of_another_case_is_answered_like_a_wrong_one_and_then_not_at_all(
    counter: Counter,
) -> None:
    (number, code), (other, code_of_other) = counter.registered(), counter.registered()
    guesses = [code_of_other]
    while len(guesses) < 5:
        guess = new_code()
        if guess not in (*guesses, code):
            guesses.append(guess)
    for guess in guesses:
        counter.follow(number, guess, "没有查到。请对着单子，把编号和查询码再看一遍")
    counter.follow(number, code, "试得太多次了。请过几分钟再试")
    counter.follow(other, code_of_other, "中心已收到")
