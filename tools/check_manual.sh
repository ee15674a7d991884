#!/bin/sh
# The manual page of the configuration is what the option rows say.
# usage: tools/check_manual.sh PROGRAM PAGE
set -eu
made=$(mktemp)
trap 'rm -f "$made"' EXIT
"$1" >"$made"
if ! diff -u "$2" "$made"; then
    echo "man/handfast.yaml.5 is not what the rows say; run: $1 > man/handfast.yaml.5" >&2
    exit 1
fi
