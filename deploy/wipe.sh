#!/bin/sh
# Deletes the data folder of an installation, and the database where it had to be put elsewhere (see postgres_files.py).
set -eu
home=$1
[ -e "$home/secrets.json" ] || { echo "$home không phải thư mục dữ liệu của Điểm Cầu." >&2; exit 1; }
if command -v flock >/dev/null && [ -e "$home/run/supervisor.lock" ] && ! flock -n "$home/run/supervisor.lock" true; then
    echo "Điểm Cầu đang chạy; hãy dừng trước: ./diemcau down" >&2
    exit 1
fi
if [ "${WIPE-}" != yes ]; then
    printf 'Xóa TOÀN BỘ dữ liệu tại %s? Gõ “yes” để xóa: ' "$home"
    read -r answer
    [ "$answer" = yes ] || exit 1
fi
if [ -L "$home/postgres" ]; then
    rm -rf -- "$(readlink -f "$home/postgres")"
fi
rm -rf -- "$home"
