#!/bin/sh
# Every tracked C file is as clang-format writes it.
set -eu
cd "$(dirname "$0")/.."
git ls-files -z '*.c' '*.h' | xargs -0 -r clang-format --dry-run -Werror
echo "format: $(git ls-files '*.c' '*.h' | wc -l) files"
