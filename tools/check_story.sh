#!/bin/sh
# The story in four lines is told with the same words wherever it is told.
# usage: tools/check_story.sh BIN-FOLDER
set -eu
bin=$1
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The four lines, whatever stands before and behind them.
four() { sed -nE 's/^ *([1-4]\. [A-Z].*)$/\1/p' | sed -E 's/ \([0-9TS.,; -]+\)$//' | head -n 4; }
# The same from a manual page: the number is in its .IP, the line follows.
of_page() { sed -nE '/^\.IP [1-4]\. 3$/{s/^\.IP ([1-4]\.).*/\1/;N;s/\n/ /;p;}' "$1"; }

four <README.md >"$work/README.md"
four <ARCHITECTURE.md >"$work/ARCHITECTURE.md"
"$bin/handfast" --help | four >"$work/handfast --help"
"$bin/handfastd" --help | four >"$work/handfastd --help"
of_page man/handfast.1 >"$work/handfast.1"
of_page man/handfastd.8 >"$work/handfastd.8"
sed -nE 's/^say "([1-4]\. .*)"$/\1/p' scripts/demo | four >"$work/demo"

faults=0
if [ "$(wc -l <"$work/README.md")" -ne 4 ]; then
    echo "README.md does not tell the story in four lines" >&2
    faults=1
fi
for file in "$work"/*; do
    diff -u "$work/README.md" "$file" || faults=1
done
[ "$faults" -eq 0 ] && echo "the story is the same everywhere"
exit "$faults"
