# shellcheck shell=bash
# Sourced by the scripts of this repository: where .NET is, and how it should behave.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
# Build nodes that outlive a build would hold on to its pipes and locks.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
# The SDK's own tools need ICU, which a bare system lacks. Nothing here depends on a culture.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1

has_sdk() {
  compgen -G "$(dirname "$(readlink -f "$1")")/sdk/10.0.*" >/dev/null ||
    { "$1" --list-sdks 2>/dev/null || true; } | grep -q '^10\.0\.'
}

# Puts a dotnet that has an SDK 10 on the PATH; fails when there is none in the usual places.
find_dotnet() {
  local candidate
  for candidate in "$(command -v dotnet || true)" "${DOTNET_ROOT:-}/dotnet" "${HOME:-}/.dotnet/dotnet" \
    /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet /opt/dotnet/dotnet; do
    if ! [[ -x "$candidate" ]] || ! has_sdk "$candidate"; then continue; fi
    if [[ "$candidate" != "$(command -v dotnet || true)" ]]; then
      DOTNET_ROOT=$(dirname "$(readlink -f "$candidate")")
      export DOTNET_ROOT PATH="$DOTNET_ROOT:$PATH"
    fi
    return 0
  done
  return 1
}

# Takes the lock of a file for file descriptor 9, which whoever starts a long-lived process must close for it (9>&-).
lock() {
  mkdir -p "$(dirname "$1")"
  exec 9>>"$1"
  if ! flock -n 9; then
    echo "waiting for another $2 to finish" >&2
    flock 9
  fi
}

unlock() { exec 9>&-; }
