import { mkdtemp, readdir, readlink, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brokenStream, streamOf } from "@likeness/testing";
import { err, ok } from "neverthrow";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { clientFor, s3Server } from "./__fixtures__/s3-server.ts";
import { s3Blobs } from "./s3-blobs.ts";
import { withSpoolFile } from "./spool-file.ts";

const isLinux = process.platform === "linux";
const hello = new TextEncoder().encode("hello");
const helloKey = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

let directory: string;
beforeEach(async () => {
  const usual = tmpdir();
  directory = await mkdtemp(join(usual, "spool-"));
  vi.stubEnv(process.platform === "win32" ? "TEMP" : "TMPDIR", directory);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await rm(directory, { recursive: true });
  });
});

/** Open files of this process in the directory, also those without a name: link and permissions. */
async function openFiles(): Promise<{ link: string; mode: number }[]> {
  const descriptors = (await readdir("/proc/self/fd")).map((descriptor) => `/proc/self/fd/${descriptor}`);
  const links = await Promise.all(
    descriptors.map(async (path) => ({ path, link: await readlink(path).catch(() => "") })),
  );
  const ours = links.filter(({ link }) => link.startsWith(directory));
  return Promise.all(ours.map(async ({ path, link }) => ({ link, mode: (await stat(path)).mode & 0o777 })));
}

describe("a stream on its way to S3", () => {
  it("is read back whole, as often as it is asked for, with its size and SHA-256", async () => {
    const content = await withSpoolFile(streamOf(hello.subarray(0, 2), hello.subarray(2)), async (spooled) => {
      const read = async (): Promise<string> =>
        Buffer.concat(await spooled.file.createReadStream({ start: 0, autoClose: false }).toArray()).toString();
      return { digest: spooled.digest, bytes: spooled.bytes, texts: [await read(), await read()] };
    });
    expect(content).toStrictEqual({ digest: helloKey, bytes: 5, texts: ["hello", "hello"] });
  });

  it.skipIf(!isLinux)("lies in a file that only its owner may read and that has no name", async () => {
    const files = await withSpoolFile(streamOf(hello), async () => [await openFiles(), await readdir(directory)]);
    expect(files).toStrictEqual([[{ link: expect.stringMatching(/ \(deleted\)$/), mode: 0o600 }], []]);
    expect(await openFiles()).toStrictEqual([]);
  });

  it("leaves nothing behind, whether it arrives, breaks or is refused", async () => {
    const { url, refusals } = await s3Server("photos");
    const blobs = s3Blobs(clientFor(url), { bucket: "photos" });
    expect(await blobs.put(streamOf(hello))).toStrictEqual(ok(helloKey));
    expect(await blobs.put(streamOf(hello))).toStrictEqual(ok(helloKey));
    const broken = err({ type: "blob-failure", cause: new Error("the stream broke") });
    expect(await blobs.put(brokenStream(hello))).toStrictEqual(broken);
    refusals.push(404, 500);
    const refused = { type: "blob-failure", cause: expect.objectContaining({ name: "Refused" }) };
    expect(await blobs.put(streamOf(new Uint8Array(3_000_000)))).toStrictEqual(err(refused));
    expect(await readdir(directory)).toStrictEqual([]);
    if (isLinux) expect(await openFiles()).toStrictEqual([]);
  });
});
