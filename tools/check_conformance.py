#!/usr/bin/env python3
"""The ledgers tell the truth as far as a program can see: every file they name is there, every test
they name by its sentence is in that file, every row has a state, and what is called done or proved
names both code and a test.

    tools/check_conformance.py [ROOT]
"""
import pathlib
import re
import sys

# Ledger, its column of state, the states, and those that need code and a test beside them.
LEDGERS = {
    "docs/conformance.md": (2, {"done", "dependency", "not ours", "open"}, {"done"}),
    "docs/threat-model.md": (1, {"proved", "weaker", "open", "not here"}, {"proved", "weaker"}),
}
NAMED = re.compile(r"`((?:src|include|tests|tools|fuzz|docs|man|scripts|bench|examples)/[\w./-]*\w)(?:#(\w+))?`")
CODE, PROOF = ("src/", "include/"), ("tests/", "fuzz/", "tools/")


def rows(text):
    """Cells of every table row, with its line; heads and rulers are left out."""
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        is_head = number < len(lines) and lines[number].startswith("|--")
        if line.startswith("| ") and not is_head:
            yield number, [cell.strip() for cell in line.strip("|").split("|")]


def faults_of(root, name):
    column, states, proven = LEDGERS[name]
    text = (root / name).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        for path, sentence in NAMED.findall(line):
            if not (root / path).exists():
                yield f"{name}:{number}: there is no {path}"
            elif sentence and sentence not in (root / path).read_text(encoding="utf-8"):
                yield f"{name}:{number}: {path} has no {sentence}"
    for number, cells in rows(text):
        if len(cells) <= column or cells[column] not in states:
            yield f"{name}:{number}: no state out of {', '.join(sorted(states))}"
            continue
        paths = [path for path, _ in NAMED.findall(" ".join(cells))]
        if cells[column] in proven and not (any(p.startswith(CODE) for p in paths)
                                            and any(p.startswith(PROOF) for p in paths)):
            yield f"{name}:{number}: called {cells[column]} without code or without a test"


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent)
    faults = [fault for name in LEDGERS for fault in faults_of(root, name)]
    print("\n".join(faults) if faults else "every file and test that the ledgers name is there")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
