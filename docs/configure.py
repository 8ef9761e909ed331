"""Writes docs/configure.md anew from .env.example, which a test compares with what the code reads:
`.venv/bin/python docs/configure.py`.
"""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs/configure.md"
SECTION = re.compile(r"^# --- (.*?) ---$")
SETTING = re.compile(r'^(#?)([A-Z][A-Z0-9_]*)="?(.*?)"?$')
HEAD = """# Every setting

Settings come from the environment alone. This table is written by `docs/configure.py` from
[`.env.example`](../.env.example); tests hold that it names all that is read, and nothing else. What is “to fill in” has
no default that suits you. A secret may stand in a file: [`SECRETS`](../shared/settings.py) lists for which `NAME_FILE`
is understood.
"""


def page(example: str) -> str:
    """The page."""
    lines = [HEAD.rstrip()]
    for paragraph in example.split("\n\n"):
        rows = paragraph.strip().splitlines()
        if section := SECTION.match(rows[0]):
            lines += [
                "",
                f"## {section[1]}",
                "",
                "| setting | default, or an example | what it means |",
                "|---|---|---|",
            ]
            continue
        told = " ".join(row.removeprefix("# ") for row in rows if row.startswith("# "))
        settings = [found for row in rows if (found := SETTING.match(row))]
        for number, (optional, name, value) in enumerate(found.groups() for found in settings):
            shown = f"`{_cell(value)}`" if value else ""
            if not optional:
                shown = f"to fill in, such as {shown}" if shown else "to fill in"
            lines.append(f"| `{name}` | {shown} | {_cell(told) if number == 0 else 'as above'} |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    TARGET.write_text(page((ROOT / ".env.example").read_text()))
