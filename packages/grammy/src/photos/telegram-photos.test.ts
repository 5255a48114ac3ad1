import { execFileSync } from "node:child_process";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Api } from "grammy";
import { err, ok } from "neverthrow";
import { describe, expect, it, onTestFinished } from "vitest";
import { serveTelegramFake, telegramFake } from "../testing/index.ts";
import { photoLocator, telegramPhotos, type TelegramPhotosOptions } from "./telegram-photos.ts";

const token = "42:AAE-a_token_that_nobody_may_see";
const bytes = Buffer.from("the bytes of a photo");

async function stage(options?: TelegramPhotosOptions) {
  const fake = telegramFake({ token });
  const { url, close } = await serveTelegramFake(fake);
  onTestFinished(async () => {
    await close();
    await fake.close();
  });
  const source = telegramPhotos(new Api(token, { apiRoot: url }), options);
  const ada = fake.control.person(7, { firstName: "Ada" });
  ada.says("/start");
  const fetchFile = (fileId: string, stated?: number, signal = new AbortController().signal) =>
    source.fetch(
      { locator: photoLocator({ fileId, ...(stated !== undefined && { bytes: stated }) }), key: "7:1" },
      signal,
    );
  return { fake, ada, source, fetchFile, calls: () => fake.control.calls.map(({ method }) => method) };
}

describe("photos at Telegram", () => {
  it("are fetched as they were sent", async () => {
    const { ada, fetchFile } = await stage();
    const { fileId } = ada.sendsFile({ bytes, name: "me.jpg" });
    expect((await fetchFile(fileId))._unsafeUnwrap()).toStrictEqual(bytes);
  });

  it("that are stated to be over 20 MiB are refused without asking for them", async () => {
    const { ada, fetchFile, calls } = await stage();
    const size = 25_000_000;
    const { fileId } = ada.sendsFile({ size, name: "huge.jpg" });
    const refused = err({ type: "source-refused", reason: "too-large", bytes: size, maximum: 20_971_520 });
    expect(await fetchFile(fileId, size)).toStrictEqual(refused);
    expect(calls()).toStrictEqual([]);
  });

  it("of which only Telegram knows that they are too large are refused as well", async () => {
    const { ada, fetchFile } = await stage();
    const { fileId } = ada.sendsFile({ size: 25_000_000 });
    expect((await fetchFile(fileId))._unsafeUnwrapErr()).toMatchObject({ reason: "too-large" });
  });

  it("that turn out larger than was stated are cut off at the limit", async () => {
    const { ada, fetchFile } = await stage();
    const { fileId } = ada.sendsFile({ bytes, trouble: "oversized" });
    expect((await fetchFile(fileId, bytes.length))._unsafeUnwrapErr()).toMatchObject({ reason: "too-large" });
  });

  it("of which only a part arrives are asked for again later", async () => {
    const { ada, fetchFile } = await stage();
    const { fileId } = ada.sendsFile({ bytes: Buffer.alloc(100_000, 7), trouble: "truncated" });
    expect((await fetchFile(fileId))._unsafeUnwrapErr()).toMatchObject({ type: "source-unavailable" });
  });

  it("whose link leads nowhere get a new link once, and are asked for again later then", async () => {
    const { ada, fetchFile, calls } = await stage();
    const { fileId } = ada.sendsFile({ bytes, trouble: "missing" });
    const unavailable = { type: "source-unavailable", detail: "Telegram does not find the file" };
    expect(await fetchFile(fileId)).toStrictEqual(err(unavailable));
    expect(calls()).toStrictEqual(["getFile", "getFile"]);
  });

  it("that Telegram does not know are gone", async () => {
    const { fetchFile, source } = await stage();
    const gone = err({ type: "source-refused", reason: "gone" });
    expect(await fetchFile("AgAC-no-such-file")).toStrictEqual(gone);
    expect(
      await source.fetch({ locator: "https://elsewhere.example/a.jpg", key: "7:1" }, AbortSignal.timeout(9_000)),
    ).toStrictEqual(gone);
  });

  it("wait as long as Telegram asks", async () => {
    const { ada, fake, fetchFile } = await stage();
    const { fileId } = ada.sendsFile({ bytes });
    fake.control.fault({ method: "getFile", answer: { error_code: 429, retry_after: 17 } });
    expect((await fetchFile(fileId))._unsafeUnwrapErr()).toMatchObject({
      type: "source-unavailable",
      retryAfterSeconds: 17,
    });
    expect(await fetchFile(fileId)).toStrictEqual(ok(bytes));
  });

  it("are asked for again after a refusal that is not about the file", async () => {
    const { ada, fake, fetchFile } = await stage();
    const { fileId } = ada.sendsFile({ bytes });
    fake.control.fault({ method: "getFile", answer: { error_code: 403, description: "Forbidden" } });
    expect((await fetchFile(fileId))._unsafeUnwrapErr()).toMatchObject({ type: "source-unavailable" });
    expect(await fetchFile(fileId)).toStrictEqual(ok(bytes));
  });

  it("end when the job ends", async () => {
    const { ada, fetchFile } = await stage();
    const { fileId } = ada.sendsFile({ bytes, trouble: "slow" });
    const stopping = new AbortController();
    const fetching = fetchFile(fileId, undefined, stopping.signal);
    stopping.abort();
    expect((await fetching)._unsafeUnwrapErr()).toMatchObject({ type: "source-unavailable" });
  });

  it("never tell the token, whatever goes wrong", async () => {
    const { ada, fake, fetchFile } = await stage();
    const troubled = (["missing", "truncated", "oversized"] as const).map(
      (trouble) => ada.sendsFile({ bytes, trouble }).fileId,
    );
    const errors = [];
    for (const fileId of [...troubled, "nobody"]) errors.push(await fetchFile(fileId));
    fake.control.fault({ method: "getFile", answer: "drop" });
    errors.push(await fetchFile(troubled[0] ?? ""));
    const unreachable = telegramPhotos(new Api(token, { apiRoot: "http://127.0.0.1:1" }));
    errors.push(
      await unreachable.fetch({ locator: photoLocator({ fileId: "a" }), key: "7:1" }, AbortSignal.timeout(9_000)),
    );
    expect(errors.every((result) => result.isErr())).toBe(true);
    expect(JSON.stringify(errors)).not.toContain("AAE-a_token");
  });
});

describe("photos at a Bot API server that hands out paths", () => {
  /** A server as it behaves with `--local`. */
  async function localServer(path: string, options?: TelegramPhotosOptions) {
    const api = new Api(token, {});
    api.config.use(async () => ({ ok: true, result: { file_id: "a", file_unique_id: "a", file_path: path } }) as never);
    return telegramPhotos(api, options).fetch(
      { locator: photoLocator({ fileId: "a" }), key: "7:1" },
      AbortSignal.timeout(9_000),
    );
  }

  it("are read from the folder that was named, and from nowhere else", async () => {
    const folder = await mkdtemp(join(tmpdir(), "likeness-local-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, "photo.jpg"), bytes);
    await symlink("/etc/hostname", join(folder, "link.jpg"));
    await symlink("/dev/zero", join(folder, "device.jpg"));
    if (process.platform !== "win32") execFileSync("mkfifo", [join(folder, "pipe.jpg")]);
    expect(await localServer(join(folder, "photo.jpg"), { localFolder: folder })).toStrictEqual(ok(bytes));
    for (const path of [
      "/etc/hostname",
      join(folder, "../../etc/hostname"),
      join(folder, "link.jpg"),
      join(folder, "device.jpg"),
      join(folder, "pipe.jpg"),
      join(folder, "none.jpg"),
      folder,
    ])
      expect((await localServer(path, { localFolder: folder }))._unsafeUnwrapErr(), path).toMatchObject({
        type: "source-unavailable",
      });
    expect((await localServer(join(folder, "photo.jpg")))._unsafeUnwrapErr()).toMatchObject({
      type: "source-unavailable",
    });
  });
});

describe("photos at a Bot API server that names odd paths", () => {
  /** What such a server is asked for when it names a path, and what comes of it. */
  async function servedAt(path: string) {
    const asked: string[] = [];
    const server = createServer((request: IncomingMessage, response) => {
      asked.push(request.url ?? "");
      response.end(request.url?.startsWith("/api/file/") ? bytes : "of another bot");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const api = new Api(token, { apiRoot: `http://127.0.0.1:${port}/api` });
    api.config.use(async () => ({ ok: true, result: { file_id: "a", file_unique_id: "a", file_path: path } }) as never);
    const locator = photoLocator({ fileId: "a" });
    const result = await telegramPhotos(api).fetch({ locator, key: "7:1" }, AbortSignal.timeout(9_000));
    return { result, asked };
  }

  it.each([
    "../secret",
    "photos/../../secret",
    "photos/..",
    "..",
    "photos/%2e%2e/secret",
    "photos/%2E./secret",
    "photos/..%2f..%2fsecret",
    "photos%2f..%2fsecret",
    "photos/%252e%252e/secret",
    "photos/%25252e%25252e%25252fsecret",
    "photos/%2525252525252e%2525252525252e/secret",
    String.raw`..\secret`,
    String.raw`photos\..\secret`,
    "photos/..%5csecret",
    "photos/..;a=b/secret",
    "photos/.\t./secret",
    "photos/.%0a./secret",
    "photos/..%00/secret",
  ])("asks for nothing outside of the bot's own files: %j", async (path) => {
    const { result, asked } = await servedAt(path);
    expect([asked, result]).toStrictEqual([
      [],
      err({ type: "source-unavailable", detail: "its path leads out of the bot's files" }),
    ]);
  });

  it.each([
    ["photos/file_1.jpg", "photos/file_1.jpg"],
    ["documents/a..b...jpg", "documents/a..b...jpg"],
    ["documents/100% real.jpg", "documents/100%%20real.jpg"],
    ["documents/%D0%9F%2e.jpg", "documents/%D0%9F%2e.jpg"],
    ["documents/Я.jpg", "documents/%D0%AF.jpg"],
    ["documents/what?.jpg#1", "documents/what%3F.jpg%231"],
    ["https://evil.example/a.jpg", "https://evil.example/a.jpg"],
    ["@evil.example/a.jpg", "@evil.example/a.jpg"],
  ])("asks for %s below the files of the bot, at the server that it knows", async (path, requested) => {
    const { result, asked } = await servedAt(path);
    expect([asked, result]).toStrictEqual([[`/api/file/bot${token}/${requested}`], ok(bytes)]);
  });
});
