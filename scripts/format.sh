#!/bin/sh
# format.sh [--check]: brings all C files of the tree into the form of .clang-format, or only tells which are not in it (status 1).
set -eu
cd "$(dirname "$0")/.."

case ${1:-} in
    '' | --check) ;;
    *) echo "usage: format.sh [--check]" >&2; exit 2 ;;
esac

list() { find . -name .git -prune -o -name 'build*' -type d -prune -o -name node_modules -prune -o -name '*.[ch]' -type f -print; }

count=$(list | wc -l)
if [ "$count" -eq 0 ]; then
    echo "format: found no file" >&2
    exit 1
fi
if [ "${1:-}" = --check ]; then
    list | xargs clang-format --dry-run -Werror
    echo "format: $count files, all good"
else
    list | xargs clang-format -i
    echo "format: $count files"
fi
