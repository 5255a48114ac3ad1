import { InputFile } from "grammy";
import { describe, expect, it } from "vitest";
import { picture } from "../__fixtures__/pictures.ts";
import { refusalOf, servedFake, token, type Bench } from "../__fixtures__/served-fake.ts";

const bad = (why: string) => ({ error_code: 400, description: `Bad Request: ${why}` });

/** Downloads a file as a bot does. */
async function download({ api, url }: Bench, fileId: string): Promise<Response> {
  const { file_path } = await api.getFile(fileId);
  return fetch(`${url}/file/bot${token}/${file_path}`);
}

describe("getFile", () => {
  it("leads to the bytes, without the name", async () => {
    const bench = await servedFake();
    const bytes = await picture(40, 30);
    const photo = bench.ada.sendsPhoto(bytes);
    const document = bench.ada.sendsFile({ bytes: Buffer.from("heic"), name: "IMG 1.HEIC", mimeType: "image/heic" });
    const [first] = await bench.api.getUpdates();
    const [small, large] = first?.message?.photo ?? [];
    expect(large?.file_id).toBe(photo.fileId);
    await expect(bench.api.getFile(photo.fileId)).resolves.toStrictEqual({
      file_id: photo.fileId,
      file_unique_id: large?.file_unique_id,
      file_size: bytes.length,
      file_path: "photos/file_1.jpg",
    });
    await expect(bench.api.getFile(document.fileId)).resolves.toMatchObject({ file_path: "documents/file_2.HEIC" });
    const response = await download(bench, photo.fileId);
    expect(response.headers.get("content-length")).toBe(String(bytes.length));
    expect(new Uint8Array(await response.arrayBuffer())).toStrictEqual(bytes);
    expect(await (await download(bench, document.fileId)).text()).toBe("heic");
    const other = await download(bench, small?.file_id ?? "");
    expect((await other.arrayBuffer()).byteLength).toBe(319);
  });

  it("leads there for an hour", async () => {
    const bench = await servedFake();
    const { fileId } = bench.ada.sendsFile({ bytes: Buffer.from("a"), name: "a.txt" });
    const path = `${bench.url}/file/bot${token}/${(await bench.api.getFile(fileId)).file_path}`;
    await bench.clock.advance(3599);
    expect((await fetch(path)).status).toBe(200);
    await bench.clock.advance(1);
    const response = await fetch(path);
    expect([response.status, await response.json()]).toStrictEqual([
      404,
      { ok: false, error_code: 404, description: "Not Found" },
    ]);
    expect((await download(bench, fileId)).status).toBe(200);
  });

  it("refuses more than 20 MB, whatever is sent, and ids that it does not know", async () => {
    const bench = await servedFake();
    const { fileId: most } = bench.ada.sendsFile({ size: 20 * 1024 * 1024, name: "most.jpg" });
    const { fileId: more } = bench.ada.sendsFile({ size: 20 * 1024 * 1024 + 1, name: "more.jpg" });
    const [first, second] = await bench.api.getUpdates();
    expect([first, second].map((update) => update?.message?.document?.file_size)).toStrictEqual([20971520, 20971521]);
    expect((await (await download(bench, most)).arrayBuffer()).byteLength).toBe(20971520);
    await expect(refusalOf(bench.api.getFile(more))).resolves.toStrictEqual(bad("file is too big"));
    await expect(refusalOf(bench.api.getFile("unknown"))).resolves.toStrictEqual(bad("invalid file_id"));
    await expect(refusalOf(bench.api.getFile(""))).resolves.toStrictEqual(bad("file_id not specified"));
  });
});

describe("a broken file", () => {
  it("is missing, or cut off, until it is mended", async () => {
    const bench = await servedFake();
    const bytes = await picture(400, 300);
    const { fileId } = bench.ada.sendsPhoto({ bytes, trouble: "missing" });
    expect((await download(bench, fileId)).status).toBe(404);
    const [small] = (await bench.api.getUpdates())[0]?.message?.photo ?? [];
    bench.fake.control.breakFile(small?.file_id ?? "", "truncated");
    const response = await download(bench, fileId);
    expect(response.headers.get("content-length")).toBe(String(bytes.length));
    await expect(response.arrayBuffer()).rejects.toThrow("terminated");
    bench.fake.control.mendFile(fileId);
    expect((await (await download(bench, fileId)).arrayBuffer()).byteLength).toBe(bytes.length);
    expect(() => bench.fake.control.breakFile("unknown", "slow")).toThrow("There is no file unknown");
  });

  it("is lost: calls that name it are refused, and the chat still shows it", async () => {
    const bench = await servedFake();
    bench.ada.says("/start");
    const { photo } = await bench.api.sendPhoto(42, new InputFile(await picture(400, 300), "photo.jpg"));
    const fileId = photo.at(-1)?.file_id ?? "";
    await expect(bench.api.sendPhoto(42, fileId)).resolves.toMatchObject({ photo });
    bench.fake.control.loseFile(photo[0]?.file_id ?? "");
    const unknown = "wrong file identifier/HTTP URL specified";
    const album = [1, 2].map(() => ({ type: "photo", media: fileId }) as const);
    const last = bench.ada.chat().at(-1);
    for (const call of [
      () => bench.api.sendPhoto(42, fileId),
      () => bench.api.sendMediaGroup(42, album),
      () => bench.api.editMessageMedia(42, last?.id ?? 0, { type: "photo", media: fileId }),
    ])
      await expect(refusalOf(call())).resolves.toStrictEqual(bad(unknown));
    expect(last?.photo?.fileId).toBe(fileId);
    expect(bench.fake.control.file(fileId).bytes.length).toBeGreaterThan(0);
    expect(() => bench.fake.control.loseFile("unknown")).toThrow("There is no file unknown");
  });

  it("is larger than it says, and never ends by itself", async () => {
    const bench = await servedFake();
    const { fileId } = bench.ada.sendsFile({ bytes: Buffer.from("small"), trouble: "oversized" });
    await expect(bench.api.getFile(fileId)).resolves.toMatchObject({ file_size: 5 });
    const response = await download(bench, fileId);
    expect(response.headers.get("content-length")).toBeNull();
    expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(25 * 1024 * 1024);
  });

  it("comes slowly, a kilobyte a second, and may be left", async () => {
    const bench = await servedFake();
    const { fileId } = bench.ada.sendsFile({ bytes: Buffer.alloc(1500), trouble: "slow" });
    const response = download(bench, fileId);
    const body = (await response).body?.getReader();
    const first = body?.read();
    await bench.clock.advance(1);
    expect((await first)?.value).toHaveLength(1024);
    const second = body?.read();
    await bench.clock.advance(1);
    expect((await second)?.value).toHaveLength(476);
    expect((await body?.read())?.done).toBe(true);

    const { file_path } = await bench.api.getFile(fileId);
    const left = await bench.fake.fetch(new Request(`${bench.url}/file/bot${token}/${file_path}`));
    await left.body?.cancel();
    await expect(bench.clock.advance(5)).resolves.toBeUndefined();
  });
});
