#!/bin/bash
# test_image.sh BUILD: builds the Dockerfile for real and tries the image, without a container engine's daemon and without a registry:
# buildah runs the stages in a chroot, and the image of FROM is made by mmdebstrap from the packages that this machine's apt knows.
# Skips, and says why, where that cannot work: not root, or one of the tools missing or refused.
set -eu
cd "$(dirname "$0")/.."
build=$1
image_folder=$build/image
from=$(sed -n 's/^FROM \([^ ]*\).*/\1/p' Dockerfile | sort -u)
suite=bookworm # Debian 12, as FROM says

passed=0
failed=0
skip() {
    echo "image: skipped: $1"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
}
verdict() { # what, status
    if [ "$2" -eq 0 ]; then
        passed=$((passed + 1))
        echo "image: $1"
    else
        failed=$((failed + 1))
        echo "image: FAILED: $1"
    fi
}

[ "$(id -u)" -eq 0 ] || skip "needs root"
for tool in buildah mmdebstrap curl; do
    command -v $tool >/dev/null 2>&1 || skip "no $tool"
done
[ "$(echo "$from" | wc -l)" -eq 1 ] || { echo "image: the Dockerfile has more than one base image: $from" >&2; exit 1; }

mkdir -p "$image_folder"
work=$(cd "$image_folder" && pwd)
export BUILDAH_ISOLATION=chroot STORAGE_DRIVER=vfs
buildah_here() { buildah --root "$work/storage" --runroot "$work/run" "$@"; }
server=
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    buildah_here rm --all >/dev/null 2>&1 || true
    rm -rf "$work/storage" "$work/run" "$work/data"
}
trap finish EXIT

base=$work/base-$suite.tar
if [ ! -s "$base" ]; then
    mirror=$(apt-get indextargets --format '$(CODENAME) $(LABEL) $(REPO_URI)' 2>/dev/null | sed -n "s/^$suite Debian //p" | head -n 1)
    echo "image: making $from with mmdebstrap"
    mmdebstrap --quiet --variant=minbase "$suite" "$base.part" $mirror </dev/null >"$work/base.log" 2>&1 ||
        { tail -n 20 "$work/base.log"; skip "mmdebstrap could not make a base image here"; }
    mv "$base.part" "$base"
fi
container=$(buildah_here from scratch) || skip "buildah cannot make a container here"
buildah_here add -q "$container" "$base" / >/dev/null
buildah_here commit -q --rm "$container" "$from" >/dev/null

status=0
buildah_here build --pull-never --format docker --quiet -t quoted-test . </dev/null >"$work/build.log" 2>&1 || status=$?
verdict "builds" "$status"
if [ "$status" -ne 0 ]; then
    tail -n 40 "$work/build.log"
    echo "$passed passed, $failed failed"
    exit 1
fi

config() { buildah_here inspect --type image --format "{{.Docker.Config.$1}}" quoted-test; }
status=0; [ "$(config User)" = 10001:10001 ] || status=1
verdict "runs as a user without rights" "$status"
status=0; config Healthcheck.Test | grep -q 'quoted health' || status=1
verdict "has a health check" "$status"
status=0; config Volumes | grep -q /data || status=1
verdict "keeps its data in a volume" "$status"

# The chroot shares this machine's network, so the test takes a free port of loopback and not the image's 0.0.0.0:8080.
port=$(/usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
url=http://127.0.0.1:$port
mkdir -p "$work/data"
chown 10001:10001 "$work/data"
container=$(buildah_here from --pull-never quoted-test)
in_container() {
    buildah_here run --env "QUOTED_LISTEN=127.0.0.1:$port" -v "$work/data:/data" -v "$(pwd)/samples:/import:ro" "$container" -- "$@" </dev/null
}

status=0; in_container quoted ingest --quiet /import || status=$?
verdict "ingests samples/ into its volume" "$status"

in_container sh -c 'echo $$ >/data/pid; exec quoted serve' >"$work/serve.log" 2>&1 &
runner=$!
status=1
for _ in $(seq 100); do
    if curl -fs -o /dev/null "$url/readyz"; then
        status=0
        break
    fi
    kill -0 "$runner" 2>/dev/null || break
    sleep 0.1
done
verdict "serves and answers /readyz" "$status"
server=$(cat "$work/data/pid" 2>/dev/null || true)
[ "$status" -eq 0 ] || tail -n 20 "$work/serve.log"
status=0; in_container quoted health || status=$?
verdict "its health check says yes" "$status"
status=0; curl -fs "$url/v1/articles?limit=1" | grep -q '"id"' || status=1
verdict "serves what was ingested" "$status"
[ -z "$server" ] || kill -TERM "$server" 2>/dev/null || true
status=0; wait "$runner" || status=$?
server=
verdict "stops with status 0 at SIGTERM" "$status"
status=0; in_container quoted health >/dev/null 2>&1 && status=1
verdict "its health check says no when it is stopped" "$status"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
