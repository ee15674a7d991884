#!/usr/bin/env python3
"""Reads every #include line against the table of who may include whom, and a few rules of the same
kind that a search can decide. Exit 1 with file:line for each breach.

    tools/layering.py [--reveals] [ROOT]
"""
import pathlib
import re
import sys

# Who may include whom, each folder itself and base besides.
MAY = {
    "base": set(),
    "crypto": set(),
    "core": {"crypto"},
    "port": {"core"},
    "codec": {"core"},
    "binding": {"codec", "core"},
    "net": {"crypto"},
    "store": {"port", "core", "crypto"},
    "secure_environment": {"port", "core", "crypto"},
    "role": {"port", "core", "codec"},
    "daemon": {"role", "binding", "net", "store", "secure_environment", "port", "core", "codec", "crypto"},
}
MAY["library"] = MAY["daemon"] | {"handfast"}
MAY["cli"] = MAY["daemon"] | {"daemon", "library", "handfast"}
MAY["program"] = MAY["cli"] | {"cli"}

# One folder per foreign library: header prefix, and the folders that may name it.
FOREIGN = {
    "openssl/": {"crypto"},
    "gnutls/": {"net"},
    "event2/": {"net", "daemon", "library"},
    "sqlite3.h": {"store/sqlite"},
    "http_parser.h": {"binding/http"},
    "jansson.h": {"codec", "cli"},
    "yaml.h": {"codec"},
}

# core/ decides from what it is given: no clock, no environment, no files.
CORE_SEES_NO = {"time.h", "sys/time.h", "errno.h", "unistd.h", "fcntl.h", "sys/socket.h", "stdio.h", "pthread.h"}

# Things that one place may do: pattern, where, why.
ONLY_IN = [
    (r"\bgnutls_prf\w*\s*\(", {"src/net/tls_export.c"}, "one caller of the exporter (threat row CH-1)"),
    (r"\bSSL_export_keying_material\w*\s*\(", set(), "one caller of the exporter (threat row CH-1)"),
    (r"->hidden\b|\.hidden\b", {"src/base/secret.c"}, "the inside of a secret"),
    (r"\bsqlite3_mprintf\s*\(|\bsqlite3_snprintf\s*\(|\bsqlite3_get_table\s*\(", set(),
     "SQL is prepared, never composed (threat row INP-4)"),
]
# sqlite3_exec and sqlite3_prepare take a literal or a constant named in the same file, never made text.
SQL_CALL = re.compile(r"\bsqlite3_(?:exec|prepare(?:_v2|_v3)?)\s*\(\s*[^,]+,\s*([^,]+),")
SQL_MADE = re.compile(r"\b(?:sn?printf|strcat|strncat|asprintf|hf_put_text)\s*\([^;]*\"\s*"
                      r"(?:SELECT|INSERT|UPDATE|DELETE|PRAGMA|CREATE|DROP)\b", re.S)

INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]')
COMMENT = re.compile(r"/\*.*?\*/", re.S)


def blank(match):
    return re.sub(r"[^\n]", " ", match.group(0))


def folder_of(path):
    """("net", "net/...") of a file below src/."""
    parts = path.parts
    return parts[0], "/".join(parts[:-1])


def is_below(folder, allowed):
    return any(folder == a or folder.startswith(a + "/") for a in allowed)


def check_include(where, layer, folder, kind, name):
    if kind == '"':
        target = name.split("/")[0]
        if "/" not in name:
            yield f'{where}: "{name}" is not included by its path from src/'
        elif target not in MAY and target != "handfast" and target != "generated":
            yield f'{where}: "{name}" is in no folder of the table'
        elif target not in (layer, "base", "generated") and target not in MAY[layer]:
            yield f"{where}: {layer} may not include {target}"
        return
    for prefix, allowed in FOREIGN.items():
        if name.startswith(prefix) and not is_below(folder, allowed):
            yield f"{where}: <{name}> belongs to {', '.join(sorted(allowed))}"
    if layer == "core" and name in CORE_SEES_NO:
        yield f"{where}: core includes <{name}>"
    if name.startswith("handfast/") and layer not in ("library", "cli", "program"):
        yield f"{where}: {layer} includes the public <{name}>"


def check_file(root, path):
    relative = path.relative_to(root)
    layer, folder = folder_of(path.relative_to(root / "src"))
    text = path.read_text(encoding="utf-8")
    if layer not in MAY:
        yield f"{relative}:1: src/{layer} is no folder of the table"
        return
    for number, line in enumerate(text.splitlines(), 1):
        found = INCLUDE.match(line)
        if found:
            yield from check_include(f"{relative}:{number}", layer, folder, *found.groups())
    code = COMMENT.sub(blank, text)
    for pattern, allowed, why in ONLY_IN:
        if str(relative) in allowed:
            continue
        for found in re.finditer(pattern, code):
            if path.suffix == ".h" and "hidden" in pattern and str(relative) == "src/base/secret.h":
                continue
            yield f"{relative}:{code.count(chr(10), 0, found.start()) + 1}: {why}"
    for found in SQL_CALL.finditer(code):
        argument = found.group(1).strip()
        if not (argument.startswith('"') or re.fullmatch(r"[\w.>\[\]-]+", argument)
                or argument.startswith("hf_statement_text(")):
            yield f"{relative}:{code.count(chr(10), 0, found.start()) + 1}: SQL is no literal (threat row INP-4)"
    for found in SQL_MADE.finditer(code):
        yield f"{relative}:{code.count(chr(10), 0, found.start()) + 1}: SQL put together from pieces (threat row INP-4)"


def list_reveals(root):
    for path in sorted((root / "src").rglob("*.c")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if "hf_secret_reveal(" in line and path.name != "secret.c":
                print(f"{path.relative_to(root)}:{number}: {line.strip()}")


def main(arguments):
    reveals = "--reveals" in arguments
    rest = [a for a in arguments if a != "--reveals"]
    root = pathlib.Path(rest[0] if rest else pathlib.Path(__file__).parent.parent).resolve()
    if reveals:
        list_reveals(root)
        return 0
    files = sorted(p for p in (root / "src").rglob("*") if p.suffix in (".c", ".h"))
    breaches = [b for path in files for b in check_file(root, path)]
    for breach in breaches:
        print(breach)
    print(f"layering: {len(files)} files, {len(breaches)} breaches")
    return 1 if breaches or not files else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
