import assert from "node:assert/strict";
import { readSystemCalls } from "../../bench/footprint/systemCalls";

const mark = (name: string) => `10    access("/probe/${name}", F_OK) = -1 ENOENT (No such file or directory)`;

describe("A trace of system calls", () => {
  it("is counted by its marks: what the cold start opens and reads, and what warm requests take", () => {
    const trace = [
      `10    openat(AT_FDCWD</>, "/etc/ld.so.cache", O_RDONLY|O_CLOEXEC) = 3</etc/ld.so.cache>`,
      `10    openat(AT_FDCWD</>, "/lib/none.so", O_RDONLY|O_CLOEXEC) = -1 ENOENT (No such file or directory)`,
      `10    read(3</lib/libc.so>, "\\177ELF\\2"..., 832) = 832`,
      "10    read(4</etc/hosts>,  <unfinished ...>",
      `11    pread64(3</lib/libc.so>, "x", 100, 64) = 100`,
      `10    <... read resumed>"{}", 65536) = 2`,
      `10    read(4<TCP:[1]>, 0x55, 65536) = -1 EAGAIN (Resource temporarily unavailable)`,
      `10    read(9<anon_inode:[eventfd]>, "\\1\\0", 1024) = 8`,
      mark("first-response"),
      `10    write(1<pipe:[1]>, "warm up", 7) = 7`,
      mark("warm"),
      "10    epoll_wait(13<anon_inode:[eventpoll]>, [], 1024, 0) = 0",
      `10    write(1<pipe:[1]>, "{\\"level\\": \\"read(3) = 1\\"}", 20) = 20`,
      `10    open("/tmp/x", O_RDONLY) = 5</tmp/x>`,
      "10    close(5</tmp/x>) = 0",
      `12    write(17<anon_inode:[eventfd]>, "\\1\\0", 8 <unfinished ...>`,
      `13    write(2<pipe:[2]>, "x", 1 <unfinished ...>`,
      "12    <... write resumed>) = 8",
      "13    <... write resumed>) = 1",
      mark("end"),
      `10    write(1<pipe:[1]>, "report", 6) = 6`,
    ].join("\n");
    assert.deepEqual(readSystemCalls(trace), {
      coldStart: { filesOpened: 1, bytesRead: 934 },
      warm: { systemCalls: 4, writes: 2, reads: 0, opened: 1 },
    });
  });

  it("without its marks is an error", () => {
    assert.throws(
      () => readSystemCalls('10 read(3, "", 1) = 0'),
      /The trace of strace has no \/probe\/first-response/,
    );
  });
});
