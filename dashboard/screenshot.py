"""Takes the picture of a rendered page with a headless Chromium, for the README.

    python -m dashboard.screenshot --page out/dashboard/index.html --image docs/images/dashboard.png

Names in many scripts need fonts on this machine (Debian: fonts-noto-core, fonts-noto-cjk).
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

WIDTH = 1400
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


class ScreenshotFailure(Exception):
    """The picture could not be taken; the text is one line that says why."""


def take(page: Path, image: Path) -> None:
    """Write a PNG of the whole page, 1400 pixels wide; ScreenshotFailure if it cannot be."""
    browser = next((path for name in _BROWSERS if (path := shutil.which(name))), None)
    if browser is None:
        raise ScreenshotFailure("no Chromium is installed (Debian: apt install chromium)")
    if not page.is_file():
        raise ScreenshotFailure(f"there is no page {page}: run `make build` first")
    image.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        result = subprocess.run(
            [
                browser,
                *_QUIET,
                f"--user-data-dir={profile}",
                f"--window-size={WIDTH},{page_height(page)}",
                f"--screenshot={image.resolve()}",
                page.resolve().as_uri(),
            ],
            capture_output=True,
            text=True,
        )
    if result.returncode != 0 or not image.is_file():
        raise ScreenshotFailure(f"{browser} took no picture: {result.stderr.strip()[-200:]}")


def page_height(page: Path) -> int:
    """Height in pixels of the page at the picture's width: the page is one drawing, scaled."""
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', page.read_text(encoding="utf-8"))
    if found is None:
        raise ScreenshotFailure(f"{page} holds no drawing")
    width, height = (float(number) for number in found.groups())
    return round(WIDTH * height / width)


def main(arguments: list[str] | None = None) -> int:
    """Take one picture; returns the exit code."""
    parser = argparse.ArgumentParser(description="Take the picture of a rendered page.")
    parser.add_argument("--page", type=Path, required=True, help="the rendered index.html")
    parser.add_argument("--image", type=Path, required=True, help="the PNG to write")
    parsed = parser.parse_args(arguments)
    try:
        take(parsed.page, parsed.image)
    except ScreenshotFailure as failure:
        print(f"screenshot: {failure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
