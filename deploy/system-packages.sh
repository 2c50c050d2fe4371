#!/bin/sh
# Sees to the few system packages that no wheel can replace; called by `make system`, `make demo` and `make test`.
#
#   font     a font with the widths of Times New Roman and all Vietnamese letters (Liberation Serif 2 or Tinos)
#   browser  Chromium, for the browser tests only
#   pdfsig   Poppler's second opinion on signatures, for tests only
#   token    a signing token made of software (SoftHSM 2), for tests only
#   prosody  Debian's Prosody, for the tests of our module in it only; its service is neither started nor enabled
#
# Present: nothing happens. Root, or sudo without a password: installs. Otherwise: prints the one command to run.
set -eu
root=$(CDPATH='' cd -P "$(dirname "$0")/.." && pwd)

has_font() {
    [ -n "${DIEMCAU_FONT_DIRECTORY-}" ] && return 0
    # The same question the program asks: version 1 of the font has the right name and lacks ộ.
    PYTHONPATH=$root "$root/.venv/bin/python" -P -c 'from papers.fonts import find_font; find_font()' 2>/dev/null
}

has_browser() {
    for name in chromium chromium-browser google-chrome; do
        command -v "$name" >/dev/null 2>&1 && return 0
    done
    return 1
}

has_prosody() {
    command -v prosody >/dev/null 2>&1 && command -v prosodyctl >/dev/null 2>&1
}

has_pdfsig() {
    command -v pdfsig >/dev/null 2>&1
}

has_token() {
    command -v softhsm2-util >/dev/null 2>&1
}

font_package() {
    # Debian 12 keeps version 2 in a package of its own, later releases call it fonts-liberation.
    if apt-cache show fonts-liberation2 >/dev/null 2>&1; then echo fonts-liberation2; else echo fonts-liberation; fi
}

missing() {
    for want in "$@"; do
        case $want in
            font) has_font || font_package ;;
            browser) has_browser || echo chromium ;;
            prosody) has_prosody || echo prosody ;;
            pdfsig) has_pdfsig || echo poppler-utils ;;
            token) has_token || echo softhsm2 ;;
            *) echo "deploy/system-packages.sh: không biết “$want”" >&2; exit 2 ;;
        esac
    done
}

packages=$(missing "$@" | tr '\n' ' ')
[ -n "$packages" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "Cần các gói hệ thống (tên theo Debian): $packages. Hãy cài bằng công cụ của hệ điều hành rồi chạy lại." >&2
    exit 1
fi
if [ "$(id -u)" -eq 0 ]; then
    as_root=
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root='sudo -n'
else
    echo "Cần các gói hệ thống. Hãy chạy một lần: sudo apt-get install -y --no-install-recommends $packages" >&2
    exit 1
fi

echo "Cài gói hệ thống: $packages" >&2
export DEBIAN_FRONTEND=noninteractive
# Packages of this list bring programs, not services: what we install does not start, nor with the next boot.
rule=/usr/sbin/policy-rc.d
if [ ! -e "$rule" ]; then
    printf '#!/bin/sh\nexit 101\n' | $as_root tee "$rule" >/dev/null && $as_root chmod 755 "$rule"
    trap '$as_root rm -f "$rule"' EXIT
fi
leave_service_off() {
    case " $packages " in
        *" prosody "*) if command -v systemctl >/dev/null 2>&1; then $as_root systemctl disable prosody >>"$log" 2>&1 || true; fi ;;
    esac
}
log=$(mktemp)
# shellcheck disable=SC2086 # lists of words on purpose
if $as_root apt-get update >"$log" 2>&1 &&
    { packages=$(missing "$@" | tr '\n' ' '); $as_root apt-get install -y --no-install-recommends $packages >>"$log" 2>&1; }; then
    leave_service_off
    rm -f "$log"
else
    echo "Không cài được $packages: $(grep -m1 '^E:' "$log" || tail -n1 "$log") (chi tiết: $log)" >&2
    exit 1
fi
