"""Make the pictures of the documentation: `python docs/pictures.py`, with a Chromium at hand."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

DOCS = Path(__file__).parent
EXAMPLE = "examples/harbour-talks.txt"
WIDTH = 100
PAGE = """<body style="margin: 0; background: #16181d; color: #e6e6e6">
<pre style="font: 15px/1.4 monospace; padding: 12px 16px; margin: 0; display: inline-block">{code}</pre></body>"""


def hedge(*arguments: str) -> bytes:
    """What a command writes to a terminal of WIDTH columns."""
    parent, child = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(WIDTH), "TERM": "xterm-256color"}
    command = [sys.executable, "-m", "hedge", *arguments]
    process = subprocess.Popen(command, stdout=child, env=environment, cwd=DOCS.parent)
    os.close(child)
    output = b""
    while True:
        try:
            block = os.read(parent, 65536)
        except OSError:  # the end, as Linux says it
            break
        if not block:
            break
        output += block
    process.wait()
    return output


def shoot_terminal(browser: Browser) -> None:
    """Picture of what `hedge score` shows on a terminal."""
    command = ["score", EXAMPLE, "--only", "hedged"]
    console = Console(record=True, width=WIDTH, file=open(os.devnull, "w"), force_terminal=True)  # noqa: SIM115, PTH123
    console.print(Text(f"$ hedge {' '.join(command)}"))
    console.print(Text.from_ansi(hedge(*command).decode().replace("\r\n", "\n")))
    code = console.export_html(theme=MONOKAI, inline_styles=True, code_format=PAGE)
    page = browser.new_page(viewport={"width": 950, "height": 600}, device_scale_factor=1.5)
    page.set_content(code)
    page.locator("pre").screenshot(path=DOCS / "terminal.png")


def shoot_report(browser: Browser) -> None:
    """Picture of the HTML report, with one sentence pointed at."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.html"
        hedge("score", EXAMPLE, "--format", "html", "--output", str(report))
        page = browser.new_page(viewport={"width": 900, "height": 860})
        page.goto(report.as_uri())
        page.locator(".s.possible").first.hover()
        page.screenshot(path=DOCS / "report.png")


if __name__ == "__main__":
    program = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        shoot_terminal(browser)
        shoot_report(browser)
        browser.close()
