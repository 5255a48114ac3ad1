import { testStart } from "@likeness/testing";
import { describe, expect, it } from "vitest";
import { picture } from "../__fixtures__/pictures.ts";
import { servedFake, token, type Bench } from "../__fixtures__/served-fake.ts";
import { until } from "../__fixtures__/until.ts";

/** Steers a fake as a program in any language would. */
const remote = ({ url }: Bench) => ({
  post: async (command: string, body?: unknown) => {
    const init = { method: "POST", body: body === undefined ? undefined : JSON.stringify(body) };
    const response = await fetch(`${url}/_control/${command}`, init);
    return [response.status, await response.json()];
  },
  get: async (view: string) => {
    const response = await fetch(`${url}/_control/${view}`);
    return [response.status, await response.json()];
  },
});

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

describe("the control over HTTP", () => {
  it("plays a person", async () => {
    const bench = await servedFake();
    const { post, get } = remote(bench);
    const bytes = await picture(20, 10);
    const done = (answer?: unknown) => [200, answer === undefined ? { ok: true } : { ok: true, answer }];
    const fileId = expect.any(String);
    const person = 43;
    await expect(post("person", { person, firstName: "Brook", languageCode: "ru" })).resolves.toStrictEqual(done());
    await expect(post("says", { person, text: "/start" })).resolves.toStrictEqual(done({ messageId: 1 }));
    await expect(post("sends-photo", { person, bytes: base64(bytes), caption: "Me" })).resolves.toStrictEqual(
      done({ messageId: 2, fileId }),
    );
    const items = [
      { bytes: base64(bytes) },
      { bytes: base64(bytes), as: "photo", name: "a.jpg" },
      { size: 9, as: "document" },
    ];
    await expect(post("sends-album", { person, items })).resolves.toStrictEqual(
      done([3, 4, 5].map((messageId) => ({ messageId, fileId }))),
    );
    const file = { size: 25_000_000, name: "big.jpg", mimeType: "image/jpeg" };
    await expect(post("sends-file", { person, file })).resolves.toStrictEqual(done({ messageId: 6, fileId }));
    for (const kind of ["voice", "sticker", "video", "location"]) {
      await expect(post(`sends-${kind}`, { person })).resolves.toMatchObject([200, { ok: true }]);
    }
    await expect(post("edits", { person, messageId: 1, text: "/begin" })).resolves.toStrictEqual(done());
    const go = { reply_markup: { inline_keyboard: [[{ text: "Go", callback_data: "go" }]] } };
    await bench.api.sendMessage(person, "One", go);
    await bench.api.setMyCommands([{ command: "start", description: "Start" }]);
    const [, pressed] = await post("presses", { person, button: { text: "Go" } });
    await post("forges", { person, data: "v1:x" });
    await bench.api.answerCallbackQuery(pressed.answer.id, { text: "Gone" });
    await post("blocks", { person });
    await post("unblocks", { person });

    const brook = bench.fake.control.person(person);
    await expect(get("chat?person=43")).resolves.toStrictEqual([200, { chat: brook.chat() }]);
    expect(brook.chat().map(({ text, caption, other }) => text ?? caption ?? other)).toStrictEqual([
      "/begin",
      "Me",
      undefined,
      undefined,
      undefined,
      undefined,
      "voice",
      "sticker",
      "video",
      "location",
      "One",
    ]);
    await expect(get("commands?person=43")).resolves.toStrictEqual([
      200,
      { commands: [{ command: "start", description: "Start" }] },
    ]);
    await expect(get("presses?person=43")).resolves.toMatchObject([
      200,
      {
        presses: [{ id: pressed.answer.id, data: "go", answer: { text: "Gone", showAlert: false } }, { data: "v1:x" }],
      },
    ]);
    await expect(get("people")).resolves.toStrictEqual([
      200,
      {
        people: [
          { id: 42, is_bot: false, first_name: "Ada", language_code: "en", blocked: false },
          { id: 43, is_bot: false, first_name: "Brook", language_code: "ru", blocked: false },
        ],
      },
    ]);
    await expect(get("updates")).resolves.toStrictEqual([200, { updates: bench.fake.control.updates }]);
  });

  it("makes trouble", async () => {
    const bench = await servedFake();
    const { post, get } = remote(bench);
    const { fileId } = bench.ada.sendsPhoto(await picture(20, 10));
    await post("fault", { method: "getMe", times: 1, answer: { error_code: 429, retry_after: 2 } });
    await expect(bench.api.getMe()).rejects.toThrow("retry after 2");
    await post("fault", { untilCleared: true, answer: "drop" });
    await post("clear-faults");
    const { file_path } = await bench.api.getFile(fileId);
    const download = async () => (await fetch(`${bench.url}/file/bot${token}/${file_path}`)).status;
    await post("break-file", { fileId, trouble: "missing" });
    await expect(download()).resolves.toBe(404);
    await post("mend-file", { fileId });
    await expect(download()).resolves.toBe(200);
    await post("lose-file", { fileId });
    await expect(bench.api.getFile(fileId)).rejects.toThrow("invalid file_id");
    await post("hold-updates");
    bench.ada.says("one");
    bench.ada.says("two");
    await expect(bench.api.getUpdates({ offset: 1002 })).resolves.toStrictEqual([]);
    await post("release-updates", { order: "reversed" });
    await expect(bench.api.getUpdates()).resolves.toMatchObject([
      { message: { text: "two" } },
      { message: { text: "one" } },
    ]);
    await post("deliver-again", { updateId: 1001 });
    await expect(bench.api.getUpdates()).resolves.toMatchObject([{ update_id: 1001 }, {}, {}]);
    const [, { calls }] = await get("calls");
    expect(calls.map(({ method }: { method: string }) => method)).toStrictEqual([
      "getMe",
      "getFile",
      "getFile",
      "getUpdates",
      "getUpdates",
      "getUpdates",
    ]);
    await expect(get("deliveries")).resolves.toStrictEqual([200, { deliveries: [] }]);
  });

  it("says what is wrong with a command", async () => {
    const { post, get } = remote(await servedFake());
    await expect(post("says", { person: 42 })).resolves.toStrictEqual([
      400,
      { error: "✖ Invalid input: expected string, received undefined\n  → at text" },
    ]);
    await expect(post("presses", { person: 42, button: { text: "Go" } })).resolves.toStrictEqual([
      400,
      { error: 'There is no button {"text":"Go"}. There are: none at all' },
    ]);
    await expect(post("dance", {})).resolves.toStrictEqual([404, { error: "There is no POST /_control/dance" }]);
    await expect(post("constructor", {})).resolves.toMatchObject([404, {}]);
    await expect(get("says")).resolves.toStrictEqual([404, { error: "There is no GET /_control/says" }]);
    await expect(get("chat")).resolves.toMatchObject([400, {}]);
    await expect(get("file?id=unknown")).resolves.toStrictEqual([400, { error: "There is no file unknown" }]);
  });

  it("shows pictures, and leaves everything else to be saved", async () => {
    const bench = await servedFake();
    const bytes = await picture(20, 10);
    const photo = bench.ada.sendsPhoto(bytes);
    const page = bench.ada.sendsFile({ bytes: Buffer.from("<script>"), mimeType: "text/html" });
    const shown = await fetch(`${bench.url}/_control/file?id=${photo.fileId}`);
    expect(new Uint8Array(await shown.arrayBuffer())).toStrictEqual(bytes);
    const headers = async (fileId: string) => {
      const response = await fetch(`${bench.url}/_control/file?id=${fileId}`);
      return ["content-type", "content-disposition", "x-content-type-options"].map((name) =>
        response.headers.get(name),
      );
    };
    await expect(headers(photo.fileId)).resolves.toStrictEqual(["image/jpeg", "inline", "nosniff"]);
    await expect(headers(page.fileId)).resolves.toStrictEqual(["text/html", "attachment", "nosniff"]);
  });
});

describe("the stream of events", () => {
  it("tells what happens, of one person or of all, until the listener leaves", async () => {
    const bench = await servedFake();
    const brook = bench.fake.control.person(43, { firstName: "Brook" });
    const listen = async (query: string) => {
      const leaving = new AbortController();
      const response = await fetch(`${bench.url}/_control/events${query}`, { signal: leaving.signal });
      expect(response.headers.get("content-type")).toBe("text/event-stream");
      const events: { type: string; chatId?: number }[] = [];
      const reading = (async () => {
        let text = "";
        for await (const chunk of response.body ?? []) {
          text += Buffer.from(chunk).toString();
          events.length = 0;
          events.push(...[...text.matchAll(/^data: (.*)$/gm)].map(([, data = ""]) => JSON.parse(data)));
        }
      })();
      return { events, leave: () => leaving.abort(), reading };
    };
    const one = await listen("?person=42");
    const all = await listen("");
    bench.ada.says("/start");
    brook.says("/start");
    await bench.api.sendMessage(42, "One");
    await until(() => expect(all.events).toHaveLength(4));
    await until(() => expect(one.events).toHaveLength(3));
    expect(all.events.map(({ type, chatId }) => [type, chatId])).toStrictEqual([
      ["message", 42],
      ["message", 43],
      ["message", 42],
      ["call", 42],
    ]);
    expect(one.events).toStrictEqual([
      { at: testStart, type: "message", chatId: 42, message: bench.ada.chat()[0] },
      { at: testStart, type: "message", chatId: 42, message: bench.ada.chat()[1] },
      { at: testStart, type: "call", method: "sendMessage", chatId: 42, answer: "ok" },
    ]);

    one.leave();
    await expect(one.reading).rejects.toThrow("aborted");
    await bench.api.sendMessage(42, "Two");
    await until(() => expect(all.events).toHaveLength(6));
    await bench.fake.close();
    await expect(all.reading).resolves.toBeUndefined();
  });
});
