#!/usr/bin/env bash
# Prepares this checkout: what `make demo` and `make test` need and do not find, nothing else.
#
#   scripts/setup.sh GROUP... [-- EXTRA...]
#
# GROUP names sets of system packages (build, test, lint, bench); EXTRA names extras of pyproject.toml. Afterwards
# .venv holds tillstorm built from this tree, with those extras. Everything that is already there and up to date is
# left alone, so that a second call takes well under a second.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '== %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

# --- System packages ------------------------------------------------------------------------------------------------

declare -A packages=(
  [build]="g++ cmake ninja-build ccache libboost-graph-dev libsimdjson-dev libspdlog-dev libfmt-dev"
  [test]="clang libgtest-dev"
  [lint]="clang clang-format clang-tidy libgtest-dev libbenchmark-dev"
  [bench]="libbenchmark-dev"
)

installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# What the interpreter itself lacks: the venv module with its pip, or the headers that an extension needs.
python_packages() {
  if ! command -v python3 >/dev/null; then
    echo python3 python3-venv python3-dev
    return
  fi
  python3 -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
  python3 -c 'import os, sysconfig; assert os.path.exists(sysconfig.get_path("include") + "/Python.h")' 2>/dev/null ||
    echo python3-dev
}

system_packages() {
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    for tool in g++ cmake ninja python3; do
      command -v "$tool" >/dev/null || fail "$tool is missing and this system has no apt-get: install $tool by hand"
    done
    return # cmake fetches the libraries that it does not find
  fi
  local missing=() as_root=() name
  for name in $(for group in "$@"; do echo "${packages[$group]}"; done) $(python_packages); do
    installed "$name" || [[ " ${missing[*]-} " == *" $name "* ]] || missing+=("$name")
  done
  [ ${#missing[@]} -eq 0 ] && return
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || fail "not root and no sudo: have these installed first: ${missing[*]}"
    as_root=(sudo)
  fi
  say "installing system packages: ${missing[*]}"
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive DEBCONF_NOWARNINGS=yes apt-get install -y -qq --no-install-recommends "${missing[@]}" \
    </dev/null >/dev/null
}

# --- Python ---------------------------------------------------------------------------------------------------------

virtual_environment() {
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' ||
    fail "python3 is $(python3 --version 2>&1): tillstorm needs Python 3.10 or newer"
  if [ -x .venv/bin/python ] && .venv/bin/python -c 'import pip' 2>/dev/null; then
    return
  fi
  python3 -c 'import ensurepip, venv' 2>/dev/null ||
    fail "$(command -v python3) has no ensurepip: install the venv package of this very Python, or put another one first on PATH"
  say "creating .venv with $(python3 --version)"
  python3 -m venv --clear .venv
}

# One hash over everything that the built package is made of.
sources_hash() {
  { find cpp cmake python scenarios tests/oracles -type f ! -path '*/__pycache__/*' -print0 2>/dev/null
    printf '%s\0' CMakeLists.txt pyproject.toml
  } | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1
}

# .venv/tillstorm.stamp: the hash of the sources that are installed, then the extras that came with them.
install_package() {
  local hash extras wanted joined
  hash=$(sources_hash)
  extras=$(tail -n +2 .venv/tillstorm.stamp 2>/dev/null || true)
  wanted=$(printf '%s\n' "$extras" "$@" | sed '/^$/d' | LC_ALL=C sort -u)
  if [ "$(head -n 1 .venv/tillstorm.stamp 2>/dev/null)" = "$hash" ] && [ "$wanted" = "$extras" ]; then
    return
  fi
  local pip=(.venv/bin/python -m pip --quiet --disable-pip-version-check)
  if ! .venv/bin/python -c 'import scikit_build_core, pybind11' 2>/dev/null; then
    say "installing the Python build tools"
    "${pip[@]}" install 'scikit-build-core>=0.10' 'pybind11>=3.0'
  fi
  joined=$(printf '%s' "$wanted" | paste -sd, -)
  say "building and installing tillstorm${joined:+[$joined]} into .venv"
  CMAKE_BUILD_PARALLEL_LEVEL=${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)} \
    "${pip[@]}" install --no-build-isolation --config-settings=build-dir=build/python \
    --config-settings=cmake.define.TILLSTORM_WARNINGS_AS_ERRORS=ON ".${joined:+[$joined]}"
  printf '%s\n' "$hash" $wanted >.venv/tillstorm.stamp
}

groups=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do
  [ -n "${packages[$1]-}" ] || fail "unknown group $1: one of ${!packages[*]}"
  groups+=("$1")
  shift
done
[ $# -gt 0 ] && shift
system_packages "${groups[@]}"
virtual_environment
install_package "$@"
