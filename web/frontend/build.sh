#!/bin/sh
# Bundles web/frontend into web/static/built, unless that was made from these very files. Needs node and npm; without them,
# or without a way to the packages, one line says so and nothing is wrong: the pages work without the bundle.
# `build.sh again` tries once more where an earlier try did not succeed.
set -eu

folder=$(CDPATH='' cd -P "$(dirname "$0")" && pwd)
built=$folder/../static/built
wanted=$(cd "$folder" && cat package.json package-lock.json ./*.js | sha256sum | cut -d' ' -f1)
mkdir -p "$built"
if command -v flock >/dev/null; then
    exec 9>"$built/.lock"
    flock 9 # two starts at once wait for each other
fi

bundles=$(cd "$folder" && echo ./*.js)
complete() {
    for bundle in $bundles; do
        [ -s "$built/$bundle" ] || return 1
    done
}

if [ "$(cat "$built/.made-from" 2>/dev/null || true)" = "$wanted" ] && complete; then
    exit 0
fi
if [ "${1:-}" != again ] && [ "$(cat "$built/.not-made-from" 2>/dev/null || true)" = "$wanted" ]; then
    exit 0 # said before
fi
leave() {
    # What was built from other files must not stay in use.
    rm -f "$built"/*.js "$built"/*.js.LEGAL.txt "$built/.made-from"
    printf '%s' "$wanted" >"$built/.not-made-from"
    echo "$1" >&2
    exit 0
}
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    leave "Chưa có node và npm nên bàn hiệu đính không vẽ sóng âm, thông báo sửa bằng biểu mẫu, tệp tải lên trong một lần; mọi việc khác vẫn chạy. Cài Node.js 18 trở lên rồi chạy: make frontend"
fi
cd "$folder"
if ! timeout 180 npm ci --ignore-scripts --no-audit --no-fund --fetch-retries=0 --fetch-timeout=20000 >"$built/build.log" 2>&1; then
    leave "Không tải được gói npm nên bàn hiệu đính không vẽ sóng âm, thông báo sửa bằng biểu mẫu, tệp tải lên trong một lần; mọi việc khác vẫn chạy. Khi có mạng, chạy: make frontend (chi tiết: $built/build.log)"
fi
if ! npm run --silent build >>"$built/build.log" 2>&1; then
    leave "Không đóng gói được mã của bên thứ ba nên bàn hiệu đính không vẽ sóng âm, thông báo sửa bằng biểu mẫu, tệp tải lên trong một lần; mọi việc khác vẫn chạy (chi tiết: $built/build.log)"
fi
rm -f "$built/.not-made-from"
printf '%s' "$wanted" >"$built/.made-from"
