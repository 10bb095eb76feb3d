#!/usr/bin/env bash
# Builds the Pulumi CLI and its Node.js language host from the Go module proxy, for the tests of the real engine
# on machines (CI) that can reach package registries and nothing else. Users install a released CLI instead.
#
#   test/engine/buildEngine.sh [folder]      # default: .paddock/engine/bin; minutes the first time, seconds after
set -euo pipefail

tools="$(cd "$(dirname "$0")" && pwd)/tools"
bin="${1:-$tools/../../../.paddock/engine/bin}"
mkdir -p "$bin"
bin="$(cd "$bin" && pwd)"

cli=github.com/pulumi/pulumi/pkg/v3
version="$(cd "$tools/pulumi" && go list -m -f '{{.Version}}' "$cli")"

# Two packages at a time: the linker alone takes 2 GB, and the machine has other work.
(cd "$tools/pulumi" && go build -p 2 -trimpath \
  -ldflags="-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=$version" \
  -o "$bin/pulumi" "$cli/cmd/pulumi")

# The last version whose language host is a package of the SDK's module; its own module is not on the proxy.
(cd "$tools/language-host" && go build -p 2 -trimpath -ldflags="-s -w" \
  -o "$bin/pulumi-language-nodejs" github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs)

"$bin/pulumi" version
