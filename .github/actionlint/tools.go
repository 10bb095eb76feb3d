//go:build tools

// Package tools names the command that lints the workflows: `go run github.com/rhysd/actionlint/cmd/actionlint` in this folder, so that go.mod and go.sum hold what it needs.
package tools

import _ "github.com/rhysd/actionlint/cmd/actionlint"
