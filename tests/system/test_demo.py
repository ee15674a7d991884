#!/usr/bin/env python3
"""`make demo` tells its story to the end and leaves nothing behind, alone and two at a time."""
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import check, check_equal, finish

SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "scripts", "demo")


def main():
    with tempfile.TemporaryDirectory(prefix="handfast-test.") as folder:
        environment = {**os.environ, "TMPDIR": folder, "BIN": os.path.abspath(os.environ["BIN"])}
        demos = [subprocess.Popen([SCRIPT], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, text=True, env=environment) for _ in range(2)]
        for demo in demos:
            output, _ = demo.communicate(timeout=120)
            check_equal(demo.returncode, 0, f"the demo works: {output}")
            for words in ("by certificate", "by psk", "SecureConnectionID", "X-M2M-RSC 2001", "X-M2M-RSC 4106",
                          "audit trail intact: yes", "nothing left behind"):
                check(words in output, f"it tells {words}")
        check_equal(os.listdir(folder), [], "nothing is left behind")


if __name__ == "__main__":
    main()
    finish("system/demo")
