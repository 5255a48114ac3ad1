import { chmod, mkdir, readdir, stat, symlink, writeFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Archive } from "@likeness/core";
import { runProgram } from "@likeness/test-processes/run-program.ts";
import { err, ok } from "neverthrow";
import { describe, expect, it, onTestFinished } from "vitest";
import { anEntry, aPhotoEntry, readZip } from "../__fixtures__/archives.ts";
import { httpListener, sendJson } from "../__fixtures__/http-listener.ts";
import { servedFake } from "../__fixtures__/served-fake.ts";
import { temporaryFolder } from "../__fixtures__/temporary-folder.ts";
import { falConnection } from "../http/connection.ts";
import { falProvider } from "../requests/fal-provider.ts";
import { archiveFolder } from "./archive-file.ts";
import { upload } from "../__fixtures__/trainings.ts";
import { archiveUpload } from "./upload-archive.ts";

const fixture = fileURLToPath(new URL("../__fixtures__/upload-until-killed.ts", import.meta.url));

const key = "fake-id:fake-secret";
const megabyte = 1024 * 1024;

const archive: Archive = {
  name: "training-1",
  entries: [anEntry("photo_001.jpg", "first"), anEntry("photo_002.jpg", "2")],
};

/** The folder in it, and what it holds. */
async function leftIn(temporaryDirectory: string): Promise<{ folder: string; files: string[] }> {
  const folder = archiveFolder(temporaryDirectory);
  return { folder, files: await readdir(folder) };
}

async function download(url: string): Promise<string> {
  const path = join(await temporaryFolder(), "downloaded.zip");
  await writeFile(path, Buffer.from(await (await fetch(url)).arrayBuffer()));
  return path;
}

describe("archiveUpload", () => {
  it("puts the zip where fal can read it, with fal's own client, and leaves nothing behind", async () => {
    const { provider, fake, url, temporaryDirectory } = await servedFake();
    const uploaded = (await upload(provider, archive))._unsafeUnwrap();
    expect(new URL(uploaded)).toMatchObject({ origin: url, pathname: expect.stringMatching(/training-1\.zip$/) });
    expect(await readZip(await download(uploaded))).toStrictEqual([
      { file: "photo_001.jpg", compressed: false, text: "first" },
      { file: "photo_002.jpg", compressed: false, text: "2" },
    ]);
    expect(fake.requests.map(({ method }) => method)).toStrictEqual(["POST", "PUT", "GET"]);
    expect((await leftIn(temporaryDirectory)).files).toStrictEqual([]);
  });

  it("uploads more than 90 MiB in parts", async () => {
    const { provider, fake } = await servedFake();
    const entries = Array.from({ length: 10 }, (_, index) => aPhotoEntry(`photo_${index}.jpg`, 10 * megabyte));
    const uploaded = (await upload(provider, { name: "large", entries }))._unsafeUnwrap();
    expect(fake.requests.filter(({ method }) => method === "PUT")).toHaveLength(11);
    const response = await fetch(uploaded);
    await response.body?.cancel();
    expect(Number(response.headers.get("content-length"))).toBeGreaterThan(100 * megabyte);
  });

  it("takes two uploads of one archive at once for one, and the next for another", async () => {
    const { provider, fake } = await servedFake();
    const [first, second] = await Promise.all([upload(provider, archive), upload(provider, archive)]);
    expect(first.isOk()).toBe(true);
    expect(second).toStrictEqual(first);
    expect(fake.requests).toHaveLength(2);
    await upload(provider, archive);
    expect(fake.requests).toHaveLength(4);
  });

  it("does not get in the way of an upload of the same archive by another process", async () => {
    const { provider, temporaryDirectory, url } = await servedFake();
    const another = falProvider({ key, hosts: { queue: url, rest: url, api: url }, temporaryDirectory });
    const entries = [aPhotoEntry("photo_001.jpg", 10 * megabyte)];
    const uploads = [provider, another].map((one) => upload(one, { name: "training-1", entries }));
    for (const uploaded of await Promise.all(uploads)) {
      const files = await readZip(await download(uploaded._unsafeUnwrap()));
      expect(files.map(({ text }) => text.length)).toStrictEqual([10 * megabyte]);
    }
    expect((await leftIn(temporaryDirectory)).files).toStrictEqual([]);
  });

  it("keeps the file to itself while it is uploaded", async () => {
    const temporaryDirectory = await temporaryFolder();
    const modes: number[] = [];
    const rest = await httpListener((response) => {
      void leftIn(temporaryDirectory).then(async ({ folder, files }) => {
        for (const path of [folder, ...files.map((file) => join(folder, file))])
          modes.push((await stat(path)).mode & 0o777);
        sendJson(response, 200, { upload_url: `${rest.url}/put`, file_url: "https://v3.fal.media/a.zip" });
      });
    });
    const connection = falConnection({ key, hosts: { rest: rest.url } });
    const uploadTo = archiveUpload(connection, { temporaryDirectory, expirySeconds: 60 });
    expect(await uploadTo(archive)).toStrictEqual(ok("https://v3.fal.media/a.zip"));
    // On Linux the file has no name by then, which others could open.
    expect(modes.slice(0, 2)).toStrictEqual(process.platform === "linux" ? [0o700, 0o700] : [0o700, 0o600]);
  });

  it("leaves nothing when its process is killed, from the next start at the latest", async () => {
    const temporaryDirectory = await temporaryFolder();
    const held: ServerResponse[] = [];
    const rest = await httpListener((response) => void held.push(response));
    const { end } = runProgram(fixture, { parameters: [temporaryDirectory, rest.url], onTestFinished });
    await expect.poll(() => held.length, { timeout: 30_000 }).toBe(1);
    await end("SIGKILL");
    falProvider({ key, temporaryDirectory });
    await expect.poll(async () => (await leftIn(temporaryDirectory)).files, { timeout: 10_000 }).toStrictEqual([]);
  });

  it("takes a folder back that others could read", async () => {
    const { provider, temporaryDirectory } = await servedFake();
    const folder = archiveFolder(temporaryDirectory);
    await mkdir(folder, { mode: 0o755 });
    await chmod(folder, 0o755);
    const uploaded = (await upload(provider, archive))._unsafeUnwrap();
    expect(await readZip(await download(uploaded))).toHaveLength(2);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it("does not write through a link that another user put in place of the folder", async () => {
    const { provider, temporaryDirectory, fake } = await servedFake();
    const elsewhere = join(temporaryDirectory, "elsewhere");
    await mkdir(elsewhere);
    await symlink(elsewhere, archiveFolder(temporaryDirectory));
    expect(await upload(provider, archive)).toStrictEqual(
      err({ type: "provider-unavailable", detail: "the folder for archives is a link" }),
    );
    expect(await readdir(elsewhere)).toStrictEqual([]);
    expect(fake.requests).toStrictEqual([]);
  });

  it.runIf(process.platform === "linux")("ends where the file system makes no folder", async () => {
    const provider = falProvider({ key, temporaryDirectory: "/proc/likeness" });
    expect(await upload(provider, archive)).toMatchObject(err({ type: "provider-unavailable" }));
  });

  it("makes a folder that is missing, for its owner alone", async () => {
    const { url, temporaryDirectory } = await servedFake();
    const missing = join(temporaryDirectory, "a", "b");
    const provider = falProvider({ key, hosts: { queue: url, rest: url, api: url }, temporaryDirectory: missing });
    expect((await upload(provider, archive)).isOk()).toBe(true);
    expect((await stat(missing)).mode & 0o777).toBe(0o700);
  });

  it("uploads nothing and leaves nothing when a photo is not what was announced", async () => {
    const { provider, temporaryDirectory, fake } = await servedFake();
    const result = await upload(provider, { name: "x", entries: [anEntry("photo_001.jpg", "first", 6)] });
    expect(result._unsafeUnwrapErr().type).toBe("blob-failure");
    expect((await leftIn(temporaryDirectory)).files).toStrictEqual([]);
    expect(fake.requests).toStrictEqual([]);
  });

  it.each([
    [401, { type: "provider-refused", status: 401, detail: "No user found" }],
    [429, { type: "provider-unavailable", detail: "No user found", retryAfterSeconds: 3 }],
    [503, { type: "provider-unavailable", detail: "No user found", retryAfterSeconds: 3 }],
  ])("says what %i at the beginning means", async (status, error) => {
    const temporaryDirectory = await temporaryFolder();
    const rest = await httpListener((response) =>
      sendJson(response, status, { detail: "No user found" }, { "retry-after": "3" }),
    );
    const connection = falConnection({ key, hosts: { rest: rest.url } });
    const result = await archiveUpload(connection, { temporaryDirectory, expirySeconds: 60 })(archive);
    expect(result).toStrictEqual(err(error));
    expect(rest.received).toHaveLength(1);
    expect((await leftIn(temporaryDirectory)).files).toStrictEqual([]);
  });

  it("takes a refusal of the storage host for trouble that passes: the next try gets a fresh address", async () => {
    const rest = await httpListener((response, { method }) =>
      method === "PUT"
        ? sendJson(response, 403, { detail: "expired" })
        : sendJson(response, 200, { upload_url: `${rest.url}/put`, file_url: "https://v3.fal.media/a.zip" }),
    );
    const connection = falConnection({ key, hosts: { rest: rest.url } });
    const options = { temporaryDirectory: await temporaryFolder(), expirySeconds: 60 };
    expect(await archiveUpload(connection, options)(archive)).toStrictEqual(
      err({ type: "provider-unavailable", detail: "upload: expired" }),
    );
  });

  it("does not take an address that is none", async () => {
    const rest = await httpListener((response) => sendJson(response, 200, { upload_url: `${rest.url}/put` }));
    const connection = falConnection({ key, hosts: { rest: rest.url } });
    const options = { temporaryDirectory: await temporaryFolder(), expirySeconds: 60 };
    expect(await archiveUpload(connection, options)(archive)).toStrictEqual(
      err({ type: "provider-unavailable", detail: "upload: no address of the file in the answer" }),
    );
  });
});
