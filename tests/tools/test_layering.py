#!/usr/bin/env python3
"""tools/layering.py finds each kind of breach, and nothing in a clean tree."""
import pathlib
import subprocess
import sys
import tempfile

TOOL = pathlib.Path(__file__).resolve().parents[2] / "tools" / "layering.py"

BAD = {
    "core includes a port": ("core/policy/a.c", '#include "port/clock.h"\n'),
    "a backend sees a role": ("store/sqlite/a.c", '#include "role/mef/mef.h"\n'),
    "openssl outside crypto": ("net/a.c", "#include <openssl/ssl.h>\n"),
    "gnutls outside net": ("role/maf/a.c", "#include <gnutls/gnutls.h>\n"),
    "a second exporter": ("net/tls.c", "void f(void) { gnutls_prf_rfc5705(s, 1); }\n"),
    "the inside of a secret": ("role/mef/a.c", "int f(struct hf_secret *s) { return s->hidden[0]; }\n"),
    "core with a clock": ("core/policy/b.c", "#include <time.h>\n"),
    "composed SQL": ("store/sqlite/b.c", 'void f(void) { snprintf(b, 9, "SELECT %s", x); }\n'),
    "an unknown folder": ("misc/a.c", "int a;\n"),
    "a bare include": ("net/b.c", '#include "tls.h"\n'),
}


def run(files):
    with tempfile.TemporaryDirectory() as root:
        for name, text in files.items():
            path = pathlib.Path(root) / "src" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return subprocess.run([sys.executable, TOOL, root], capture_output=True, text=True)


def main():
    failed = 0
    good = run({"net/tls_export.c": "/* gnutls_prf( */ void f(void) { gnutls_prf_rfc5705(s); }\n",
                "core/policy/a.c": '#include "base/bytes.h"\n#include "core/record/record.h"\n',
                "store/sqlite/a.c": '#include <sqlite3.h>\nint f(void) { return sqlite3_exec(d, "PRAGMA x", 0, 0, 0); }\n'})
    if good.returncode != 0:
        print("not ok: a clean tree:", good.stdout)
        failed += 1
    for what, (name, text) in BAD.items():
        if run({name: text}).returncode != 1:
            print("not ok:", what)
            failed += 1
    print(f"layering test: {len(BAD) + 1} cases, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
