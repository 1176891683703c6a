#!/bin/sh
# deps.sh LEVEL: looks for what the level needs, says what is missing and installs it with apt-get.
#   build  what `make run` needs        test  also what `make test` needs        check  also what `make check` needs
#   bench  what `make bench` needs: build, and what quoted is measured with
# Where there is no apt-get, or no right to use it, it prints the names of the packages and stops with status 1.
# Only /bin/sh and the tools that every Debian has may be used here: nothing else may be there yet.
set -eu

level=${1:-build}
case $level in
    build | test | check | bench) ;;
    *) echo "deps.sh: unknown level '$level': build, test, check or bench" >&2; exit 2 ;;
esac

missing=
want() { missing="$missing $1"; }
program() { command -v "$1" >/dev/null 2>&1 || want "$2"; }
library() { pkg-config --exists "$1" 2>/dev/null || want "$2"; }
python_module() { /usr/bin/python3 -c "import $1" >/dev/null 2>&1 || want "$2"; }
c_links() { # compiler, its flags, package
    printf 'int main(void) { return 0; }\n' | "$1" $2 -x c - -o /dev/null >/dev/null 2>&1 || want "$3"
}

look() {
    missing=
    program make make
    program gcc gcc
    c_links gcc '' libc6-dev
    program pkg-config pkg-config
    library libmicrohttpd libmicrohttpd-dev
    library jansson libjansson-dev
    library sqlite3 libsqlite3-dev
    library libutf8proc libutf8proc-dev
    library nettle nettle-dev
    library zlib zlib1g-dev
    library libxml-2.0 libxml2-dev
    program curl curl
    [ "$level" = build ] && return
    if [ "$level" = bench ]; then
        [ -x /usr/bin/python3 ] || want python3
        program wrk wrk
        [ -x /usr/sbin/nginx ] || program nginx nginx-light
        return
    fi
    library cmocka libcmocka-dev
    [ -x /usr/bin/python3 ] || want python3
    python_module pytest python3-pytest
    python_module requests python3-requests
    [ "$level" = test ] && return
    program git git
    program clang clang
    program clang-format clang-format
    program clang-tidy clang-tidy
    if command -v clang >/dev/null 2>&1; then
        c_links clang -fsanitize=address,undefined "libclang-rt-$(clang -dumpversion | cut -d. -f1)-dev"
    else
        want "$(sanitizer_package)"
    fi
    program cppcheck cppcheck
    program valgrind valgrind
    [ -d /usr/lib/debug/.build-id ] || want libc6-dbg # valgrind cannot follow the C library's string functions without it
    program gcovr gcovr
    program buildah buildah
    program mmdebstrap mmdebstrap
}

# The sanitizers' runtime of the clang that apt would install: its name carries clang's version.
sanitizer_package() {
    version=$(apt-cache depends clang 2>/dev/null | sed -n 's/.*Depends: clang-\([0-9]*\)$/\1/p' | head -n 1)
    echo "libclang-rt-${version:-14}-dev"
}

look
[ -z "$missing" ] && exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "quoted needs these packages, and there is no apt-get here to install them (names as in Debian 12):" >&2
    printf '  %s\n' $missing >&2
    echo "Install what this system calls them, then try again." >&2
    exit 1
fi

as_root=
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "quoted needs these packages, and you are neither root nor is there sudo. As root, do:" >&2
        echo "  apt-get update && apt-get install$missing" >&2
        exit 1
    fi
    as_root=sudo
fi

export DEBIAN_FRONTEND=noninteractive
apt_get() { $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q "$@"; }
install() { apt_get install -y --no-install-recommends -o Dpkg::Use-Pty=0 $missing </dev/null; }

# A machine that was just made has no package lists; without them apt knows no package, and no version of clang.
if ! ls /var/lib/apt/lists/*_Packages* >/dev/null 2>&1; then
    apt_get update </dev/null
    look
fi
echo "Missing for '$level', to be installed with${as_root:+ $as_root} apt-get:$missing"
# The lists may be older than the mirror: one try with what is there, then one with fresh lists.
if ! install; then
    echo "Not with the package lists of this machine; fetching new ones."
    apt_get update </dev/null
    install
fi

look
if [ -n "$missing" ]; then
    echo "deps.sh: installed, and still not found:$missing" >&2
    exit 1
fi
