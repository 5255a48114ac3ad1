import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Api } from "grammy";
import { err, ok } from "neverthrow";
import { describe, expect, it, onTestFinished } from "vitest";
import { serveTelegramFake, telegramFake } from "../testing/index.ts";
import { photoLocator } from "./photo-locator.ts";
import { telegramPhotos, type TelegramPhotosOptions } from "./telegram-photos.ts";

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

  it("that nobody knows are gone", async () => {
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
    expect(await localServer(join(folder, "photo.jpg"), { localFolder: folder })).toStrictEqual(ok(bytes));
    for (const path of [
      "/etc/hostname",
      join(folder, "../../etc/hostname"),
      join(folder, "link.jpg"),
      join(folder, "none.jpg"),
    ])
      expect((await localServer(path, { localFolder: folder }))._unsafeUnwrapErr(), path).toMatchObject({
        type: "source-unavailable",
      });
    expect((await localServer(join(folder, "photo.jpg")))._unsafeUnwrapErr()).toMatchObject({
      type: "source-unavailable",
    });
  });
});
