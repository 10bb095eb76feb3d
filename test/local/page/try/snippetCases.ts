import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { requestSnippets, type Snippets, uploadSnippets } from "../../../../local/page/client/try/snippets";
import { noteRequests } from "../../../helpers/http/noteRequests";
import { temporaryFolder } from "../../../helpers/process/temporaryFolder";

/** Characters that a shell, Python and JavaScript would each read in their own way. */
const AWKWARD = 'it\'s $HOME `id` \\n "ä" 雪 %s {}\n';
const BODY = { [AWKWARD]: [AWKWARD, 1.5, true, null, { deep: -1e-9 }] };
const FILE = "it's a file.txt";

/**
 * Tests that a language's snippets send what they say.
 *
 * @param command    Gives the program that runs a snippet.
 * @param extension  Of the file that a snippet is written to.
 */
export function snippetCases(language: keyof Snippets, command: () => string, extension: string): void {
  const folder = temporaryFolder();
  const { url, got } = noteRequests();

  const run = async (snippets: Snippets) => {
    got.length = 0;
    writeFileSync(path.join(folder, FILE), "bytes");
    const script = path.join(folder, `snippet${extension}`);
    writeFileSync(script, snippets[language]);
    // One that fails has its output, too.
    const { stdout, stderr } = await promisify(execFile)(command(), [script], { cwd: folder }).catch(
      (failed: { stdout: string; stderr: string }) => failed,
    );
    assert.match(`${stdout.trim()}\n${stderr}`, /done$/m);
  };

  it("sends JSON with whatever characters, and headers", async () => {
    const headers = { accept: "application/json", "content-type": "application/json" };
    await run(requestSnippets({ method: "POST", url: `${url()}/a?b=c`, headers, body: BODY }));
    const [{ method, path: at, text } = { method: "", path: "", text: "" }] = got;
    assert.deepEqual([method, at, JSON.parse(text)], ["POST", "/a?b=c", BODY]);
  });

  it("sends more JSON than an argument of a command may have", async () => {
    const body = { data: Array(100_000).fill(AWKWARD.slice(0, 5)) };
    await run(requestSnippets({ method: "POST", url: url(), headers: {}, body }));
    assert.deepEqual(JSON.parse(got[0]?.text ?? ""), body);
  });

  it("sends a file", async () => {
    const headers = { "content-type": "image/png" };
    await run(requestSnippets({ method: "POST", url: url(), headers, file: FILE }));
    assert.deepEqual(got, [{ method: "POST", path: "/", type: "image/png", text: "bytes" }]);
  });

  it("shows what the endpoint says of a request that it rejects", async () => {
    await run(requestSnippets({ method: "POST", url: `${url()}/rejected`, headers: {}, body: {} }));
  });

  it("gets, and posts nothing", async () => {
    await run(requestSnippets({ method: "GET", url: url(), headers: {} }));
    await run(requestSnippets({ method: "POST", url: url(), headers: {} }));
    assert.deepEqual([got[0]?.method, got[0]?.text], ["POST", ""]);
  });

  it("uploads a file, and sends what the upload responded with the request's other members", async () => {
    const given = { nameMember: "file_name", given: ["bucket", "file_name"], others: { note: AWKWARD } };
    await run(uploadSnippets({ uploadUrl: `${url()}/uploads`, url: `${url()}/infer`, file: FILE, ...given }));
    assert.deepEqual(
      got.map(({ method, path, text }) => [method, path, text.startsWith("{") ? JSON.parse(text) : text]),
      [
        ["POST", "/uploads", { file_name: FILE }],
        ["PUT", "/put", "bytes"],
        ["POST", "/infer", { bucket: "it's", file_name: "a b.npy", note: AWKWARD }],
      ],
    );
  });
}
