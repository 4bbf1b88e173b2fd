"""How deep an answer stands: questions of readers (tests/content/readers), by person, the page where each arrives and the text that answers.

The depth is that of the bottom of the answer, in screens of a phone, from where the address leads: the top of the page, or what its
anchor shows. An answer that is not shown (folded, absent) has none.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ruamel.yaml import YAML

from tests.readers.places import Place
from tests.readers.visiting import PHONE, Report, Window

if TYPE_CHECKING:
    from playwright.sync_api import Page

QUESTIONS = Path(__file__).parent.parent / "content" / "readers" / "questions.yaml"
MEDIAN, DEEPEST = 1.5, 3.0  # screens

# The bottom of the first place where a text is shown, in pixels from where the page stands; null when it is nowhere.
_FIND = """(wanted) => {
  const plain = (text) => text.replace(/\\s+/gu, ' ');
  const from = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  let text = '', places = [];
  for (let n = walker.nextNode(); n; n = walker.nextNode()) {
    const e = n.parentElement;
    if (!e.checkVisibility({ visibilityProperty: true }) || e.closest('script, style, .visuellement-cache, .corps__sommaire')) continue;
    if (from && !(from.compareDocumentPosition(n) & (Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY))) continue;
    for (let i = 0; i < n.data.length; i++) {
      const blank = /\\s/u.test(n.data[i]);
      if (blank && text.endsWith(' ')) continue;
      text += blank ? ' ' : n.data[i];
      places.push([n, i]);
    }
    if (!text.endsWith(' ') && getComputedStyle(e).display !== 'inline') { text += ' '; places.push([n, n.data.length - 1]); }
  }
  const at = text.indexOf(plain(wanted));
  if (at < 0) return null;
  const range = document.createRange();
  range.setStart(...places[at]);
  const [last, index] = places[at + plain(wanted).length - 1];
  range.setEnd(last, index + 1);
  return range.getBoundingClientRect().bottom;
}"""


@dataclass(frozen=True)
class Question:
    """What a reader asks, where it leads, and the text that answers."""

    person: str
    asked: str
    page: str
    answer: str


def questions() -> list[Question]:
    """All of them, in the order of the file; none without it."""
    if not QUESTIONS.is_file():
        return []
    told = YAML(typ="safe", pure=True).load(QUESTIONS.read_text(encoding="utf-8"))
    return [
        Question(person, each["question"], each["page"], each["reponse"])
        for person, every in told.items()
        for each in every
    ]


def asked() -> list[str]:
    """The questions alone, as the search receives them."""
    return [question.asked for question in questions()]


def depth(page: Page, root: str, question: Question) -> float | None:
    """Of the answer, in screens; None when it is not shown."""
    page.goto("about:blank")
    page.goto(root + question.page)
    bottom = page.evaluate(_FIND, question.answer)
    return None if bottom is None else max(0.0, bottom) / PHONE[1]


def measure(window: Window, _: Iterable[Place]) -> Report:
    """Each question, the deepest first, then the median of each person."""
    if not questions():
        return Report(
            "réponses", (f"aucune question : elles s’écrivent dans tests/content/readers/{QUESTIONS.name}",), True
        )
    with window.page(PHONE) as page:
        found = [(question, depth(page, window.root, question)) for question in questions()]
    lost = [question for question, screens in found if screens is None]
    shown = [(question, screens) for question, screens in found if screens is not None]
    deep = sorted(shown, key=lambda pair: -pair[1])
    middle, last = statistics.median(screens for _, screens in shown), deep[0][1]
    persons = dict.fromkeys(question.person for question in questions())
    lines = [f"{person} : {statistics.median(s for q, s in shown if q.person == person):.2f}" for person in persons]
    lines += [f"SANS RÉPONSE {question.asked} /{question.page} « {question.answer} »" for question in lost]
    lines += [f"{screens:.2f} {question.asked} /{question.page}" for question, screens in deep]
    told = f"{len(found)} questions, médiane {middle:.2f} écran, la plus profonde {last:.2f}, {len(lost)} sans réponse"
    return Report("réponses", (told, *lines), not lost and middle <= MEDIAN and last <= DEEPEST)
