"""The HTML report: read by a real browser, safe with any text, nothing fetched from anywhere."""

import os
import shutil
from html.parser import HTMLParser

import pytest
from commands import call, fails, run
from hypothesis import given
from hypothesis import strategies as st

from hedge.render.html import render
from hedge.render.marks import printable
from hedge.render.report import Source, view
from hedge.score import score_text

NASTY = (
    'It may rain <script>document.title="x"</script> & "so" it\'s said \u202e backwards.\n\n'
    '<img src="http://example.org/x.png" onerror="alert(1)"> Perhaps {{ 7 * 7 }} or {% raw %} remain.\n'
)
LEVELS = ["certain", "probable", "possible", "uncommitted"]


class Words(HTMLParser):
    """Collects the text of a page's sentences, without tags and tips, and the names of its elements."""

    def __init__(self):
        super().__init__()
        self.names, self.open, self.text = set(), [], ""

    def handle_starttag(self, tag, attributes):
        self.names.add(tag)
        if tag not in ("meta", "link", "input", "br"):
            self.open.append((tag, dict(attributes).get("class") or ""))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        classes = [name for _, name in self.open]
        if "text" in classes and not {"tip", "tag"} & set(classes):
            self.text += data


def source(weights, text, name="a.txt"):
    return Source(name, text, score_text(weights, text).sentences, {1: 'word "x" +1.0'})


@given(st.text(max_size=80) | st.sampled_from(["", NASTY, "It may. " * 30]))
def test_everything_that_stands_in_the_text_stands_in_the_page(random_weights, text):
    page = Words()
    page.feed(render([source(random_weights, text)], "random"))
    page.close()
    assert not page.open
    assert "".join(page.text.split()) == "".join(printable(text).split())
    assert "img" not in page.names


def test_counts_of_a_view(random_weights):
    text = "Some experts say it may rain. May it may? It rained, a port official said.\n\nIt snowed."
    found = view(3, source(random_weights, text))
    sentences = score_text(random_weights, text).sentences
    assert found.count == len(found.sentences) == len(sentences)
    assert [bar.name for bar in found.levels] == LEVELS
    assert sum(bar.count for bar in found.levels) == len(sentences)
    assert sum(bar.count for bar in found.types) == sum(len(s.cues) for s in sentences)
    assert len(found.paragraphs) == 2
    assert found.sentences[0].id == "f3s1"


@pytest.fixture(scope="module")
def browser():
    """A headless Chromium; tests that need it skip without it, but fail in CI."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not program:
        if os.environ.get("CI") == "true":
            pytest.fail("CI needs chromium")
        pytest.skip("no chromium here")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def visit(browser):
    """Open a page; in the end nothing may have been fetched and nothing complained of."""
    pages, noise = [], []

    def go(path, **options):
        page = browser.new_page(**options)
        page.on("console", lambda message: noise.append(message.text))
        page.on("pageerror", lambda error: noise.append(str(error)))
        page.on("request", lambda request: noise.append(request.url) if request.url != path.as_uri() else None)
        page.goto(path.as_uri())
        pages.append(page)
        return page

    yield go
    for page in pages:
        page.close()
    assert [line for line in noise if line != "data:,"] == []


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    text = (
        "The ferry may sail tonight. It left Kalvik on Monday. Nobody knows whether it will return.\n\n"
        "Analysts expect a delay. Some experts say that it is likely.\n"
    )
    (folder / "a.txt").write_text(text, "utf-8")
    (folder / "b.txt").write_text(NASTY, "utf-8")
    run("score", "a.txt", "--format", "html", "--output", "one.html", cwd=folder)
    both = call("score", "a.txt", "b.txt", "--format", "html", "--output", "two.html", cwd=folder)
    assert both.returncode == 0, both.stderr
    return folder


def test_a_tip_opens_at_a_point_and_by_keyboard(visit, report):
    page = visit(report / "one.html")
    first = page.locator(".s").first
    assert first.get_attribute("class") == "s possible"
    tip = first.locator(".tip")
    assert not tip.is_visible()
    first.hover()
    assert tip.is_visible()
    assert (
        "possible 0." in tip.inner_text()
        and "may (epistemic)" in tip.inner_text()
        and "weighed most" in tip.inner_text()
    )
    page.mouse.move(0, 0)
    assert not tip.is_visible()
    page.keyboard.press("Tab")  # the link that skips to the text
    page.keyboard.press("Tab")
    assert tip.is_visible()
    assert page.locator(f"#{first.get_attribute('aria-describedby')}").count() == 1


def test_the_table_is_filtered_and_sorted(visit, report):
    page = visit(report / "one.html")
    rows = page.locator(".sentences tbody tr")
    assert rows.count() == 5
    for level in ("certain", "probable"):
        page.get_by_label(level, exact=True).uncheck()
    shown = [row for row in rows.all() if row.is_visible()]
    assert [row.get_attribute("data-level") for row in shown] == ["possible", "uncommitted"]
    assert page.locator("output.count").inner_text() == "2 of 5"
    page.get_by_label("certain", exact=True).check()
    page.get_by_role("button", name="hedged").click()
    values = [float(row.locator("td").nth(2).inner_text()) for row in rows.all()]
    assert values == sorted(values)
    page.get_by_role("button", name="level", exact=True).click()
    page.get_by_role("button", name="level", exact=True).click()
    ranks = [LEVELS[::-1].index(row.get_attribute("data-level")) for row in rows.all()]
    assert ranks == sorted(ranks, reverse=True)
    assert page.locator("th[aria-sort=descending]").inner_text() == "level"


def test_the_page_reads_without_scripts(browser, report):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((report / "one.html").as_uri())
    assert page.locator(".sentences tbody tr").count() == 5
    page.locator(".s").first.hover()
    assert page.locator(".tip").first.is_visible()
    context.close()


def test_a_text_cannot_run_or_fetch_anything(visit, report):
    page = visit(report / "two.html")
    assert page.title() == "2 texts"
    assert '<script>document.title="x"</script>' in page.locator("#f2 .text").inner_text()
    assert page.locator("img").count() == 0
    assert "{{ 7 * 7 }}" in page.locator("#f2 .text").inner_text()


def test_several_files_have_an_index_with_a_comparison(visit, report):
    page = visit(report / "two.html")
    index = page.locator(".index tbody tr")
    assert [row.locator("th").inner_text() for row in index.all()] == ["a.txt", "b.txt"]
    assert "possible" in index.first.locator("[role=img]").get_attribute("aria-label")
    page.get_by_role("link", name="b.txt").click()
    assert page.url.endswith("#f2")


CONTRAST = """element => {
  const parse = text => text.match(/[0-9.]+/g).map(Number);
  const linear = v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
  const fill = element => parse(getComputedStyle(element).backgroundColor);
  let behind = element;
  while (behind.parentElement && fill(behind)[3] === 0) behind = behind.parentElement;
  const [a, b] = [light(parse(getComputedStyle(element).color)), light(fill(behind))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_enough_for_every_reader(visit, report, scheme):
    page = visit(report / "one.html", color_scheme=scheme)
    for selector in (".s", ".tag", ".tip", ".cue", ".note", "a:not(.strip a)", "th", "td", ".swatch", ".controls"):
        for element in page.locator(selector).all():
            assert element.evaluate(CONTRAST) >= 4.5, (selector, element.inner_text())


def test_levels_are_told_in_words_and_kept_in_print(visit, report):
    page = visit(report / "one.html")
    for sentence in page.locator(".s").all():
        level = sentence.get_attribute("class").split()[1]
        tags = sentence.locator(".tag").all_inner_texts()
        assert tags == ([] if level == "certain" else [level]) or [tag.strip() for tag in tags] == [level]
    page.emulate_media(media="print")
    assert not page.locator(".controls").first.is_visible()
    assert page.locator(".tag").first.is_visible()


def test_a_report_of_lines_and_of_nothing(tmp_path):
    (tmp_path / "a.txt").write_text("It may rain\nIt rained\n", "utf-8")
    (tmp_path / "empty.txt").write_text("", "utf-8")
    assert "2 sentences" in run("score", "a.txt", "--unit", "line", "--format", "html", cwd=tmp_path)
    assert "0 sentences" in run("score", "empty.txt", "--format", "html", cwd=tmp_path)


def test_a_report_cannot_be_filtered_beforehand(tmp_path):
    (tmp_path / "a.txt").write_text("It may rain.", "utf-8")
    assert "leave out --only" in fails("score", "a.txt", "--format", "html", "--only", "hedged", cwd=tmp_path)


def test_a_text_unlike_the_training_text_is_named_on_the_page(tmp_path):
    french = "le ministre a dit que les discussions pourraient reprendre la semaine prochaine selon ses services " * 2
    (tmp_path / "a.txt").write_text(french, "utf-8")
    done = call("score", "a.txt", "--format", "html", cwd=tmp_path)
    assert b"words are unknown to the model" in done.stdout
    assert done.stderr.startswith(b"hedge: note: a.txt: ")
