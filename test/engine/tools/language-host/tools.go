//go:build tools

// Package tools names the command that buildEngine.sh builds, so that go.mod and go.sum hold what it needs.
package tools

import _ "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs"
