#!/bin/sh
# image.sh TAG: builds the container image with the first of docker, podman and buildah that is there.
set -eu
cd "$(dirname "$0")/.."
tag=$1

if command -v docker >/dev/null 2>&1 && docker info >/dev/null 2>&1; then
    exec docker build -t "$tag" .
elif command -v podman >/dev/null 2>&1; then
    exec podman build -t "$tag" .
elif command -v buildah >/dev/null 2>&1; then
    exec buildah build -t "$tag" .
fi
echo "image.sh: needs a running docker, or podman, or buildah" >&2
exit 1
