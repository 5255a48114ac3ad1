import type { FastifyInstance } from "fastify";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { activities, type Activities } from "../behind/activities.ts";
import { scriptedChat, type ScriptedChat } from "../__fixtures__/scripted-chat.ts";
import { scriptedTroubles } from "../__fixtures__/scripted-troubles.ts";
import { studioServer } from "./studio-server.ts";

const json = { "content-type": "application/json" };
const bytes = { "content-type": "application/octet-stream" };

describe("the studio's server", () => {
  let server: FastifyInstance;
  let chat: ScriptedChat;
  let behind: Activities;
  let url: string;
  beforeEach(async () => {
    chat = scriptedChat({ photo: Buffer.from([0xff, 0xd8, 0xff, 0xe0]), page: Buffer.from("<script>") });
    behind = activities();
    const bot = { status: () => ({ state: "running", line: "" }) as const, subscribe: () => () => undefined };
    const drawAlbum = async () => [{ name: "a.jpg", bytes: Buffer.from("sample") }];
    const troubles = scriptedTroubles(["webhook-lost", "bot-killed"]);
    server = await studioServer({
      chat,
      activities: behind,
      bots: [bot],
      troubles,
      drawAlbum,
      operator: { port: 9, token: "nobody" },
    });
    url = await server.listen({ host: "127.0.0.1", port: 0 });
    onTestFinished(() => server.close());
  });

  const post = (path: string, body: unknown, headers: Record<string, string> = json) =>
    fetch(`${url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  const upload = async (name: string, content: string): Promise<string> => {
    const answer = await fetch(`${url}/api/uploads?name=${name}`, { method: "POST", headers: bytes, body: content });
    const { id }: { id: string } = await answer.json();
    return id;
  };

  it("passes on what the person says and sends", async () => {
    expect((await post("/api/say", { text: "/start" })).status).toBe(204);
    const ids = [await upload("one.jpg", "123"), await upload("two.jpg", "12345")];
    expect((await post("/api/send", { uploads: ids, as: "document" })).status).toBe(204);
    expect((await post("/api/sample-album", {})).status).toBe(204);
    expect(chat.deeds).toStrictEqual([
      { did: "say", text: "/start" },
      {
        did: "send",
        as: "document",
        files: [
          { name: "one.jpg", bytes: 3 },
          { name: "two.jpg", bytes: 5 },
        ],
      },
      { did: "send", as: "photo", files: [{ name: "a.jpg", bytes: 6 }] },
    ]);
  });

  it("answers a press with what the bot answers", async () => {
    const answer = post("/api/press", { messageId: 7, data: "v1:go" });
    await expect.poll(() => chat.deeds).toStrictEqual([{ did: "press", messageId: 7, data: "v1:go" }]);
    chat.answer({ type: "answered", text: "Done", alert: true });
    expect(await (await answer).json()).toStrictEqual({ type: "answered", text: "Done", alert: true });
  });

  it("refuses files that it does not have any more, files that are too large, and nonsense", async () => {
    const gone = await post("/api/send", { uploads: ["nobody"], as: "photo" });
    expect([gone.status, await gone.json()]).toStrictEqual([
      409,
      { error: expect.stringContaining("send them again") },
    ]);
    const body = new Uint8Array(30 * 1024 * 1024 + 1);
    const large = await fetch(`${url}/api/uploads?name=x`, { method: "POST", headers: bytes, body });
    expect([large.status, await large.json()]).toStrictEqual([413, { error: "A file may have 30 MB at most." }]);
    expect((await post("/api/say", { text: "" })).status).toBe(400);
    expect((await post("/api/language", { language: "tlh" })).status).toBe(400);
    expect(chat.deeds).toStrictEqual([]);
  });

  it("serves pictures as pictures and anything else to be saved, by the content, from addresses of its own", async () => {
    const file = async (id: string) => {
      const { status, headers } = await fetch(`${url}/files/${id}`);
      return [status, headers.get("content-type"), headers.get("content-disposition")];
    };
    expect(await file("photo")).toStrictEqual([200, "image/jpeg", "inline"]);
    expect(await file("page")).toStrictEqual([200, "application/octet-stream", "attachment"]);
    expect(await file("nothing")).toStrictEqual([404, "application/json; charset=utf-8", null]);
    const elsewhere = { method: "GET", url: "/files/photo", headers: { host: "evil.example" } } as const;
    expect((await server.inject(elsewhere)).statusCode).toBe(421);
  });

  it("has the terms to which a bot that sells leads", async () => {
    const answer = await fetch(`${url}/terms`);
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(await answer.text()).toContain("<h1>Terms of use</h1>");
  });

  it("refuses requests by another host name or from another page", async () => {
    const statusFor = async (headers: Record<string, string>): Promise<number> =>
      (
        await server.inject({
          method: "POST",
          url: "/api/say",
          headers: { ...json, ...headers },
          payload: { text: "x" },
        })
      ).statusCode;
    const host = new URL(url).host;
    expect(await statusFor({ host: "evil.example" })).toBe(421);
    expect(await statusFor({ host: "127.0.0.1.evil.example" })).toBe(421);
    expect(await statusFor({ host, origin: "https://evil.example" })).toBe(403);
    expect(await statusFor({ host, origin: "null" })).toBe(403);
    expect(await statusFor({ host, "sec-fetch-site": "cross-site" })).toBe(403);
    expect(await statusFor({ host, origin: url, "content-type": "text/plain" })).toBe(415);
    expect(chat.deeds).toStrictEqual([]);
    expect(await statusFor({ host, origin: url, "sec-fetch-site": "same-origin" })).toBe(204);
  });

  it("forbids the page to connect to other hosts", async () => {
    const page = await fetch(url);
    expect(page.headers.get("content-security-policy")).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(await page.text()).not.toMatch(/https?:\/\//);
  });

  it("tells everything first, then what changes", async () => {
    chat.put({ id: 1, text: "before" });
    const events = await listen(`${url}/api/events`);
    expect(await events.next()).toMatchObject({ name: "all", data: { messages: [{ id: 1, text: "before" }] } });

    chat.put({ id: 2, text: "a" });
    chat.put({ id: 2, text: "b" });
    chat.remove(1);
    expect(await events.next()).toMatchObject({
      name: "messages",
      data: { changed: [{ id: 2, text: "b" }], gone: [1] },
    });
    chat.set({ blocked: true });
    expect(await events.next()).toMatchObject({ name: "room", data: { blocked: true } });
    behind.add({ kind: "fal", line: "one", trouble: false });
    behind.add({ kind: "fal", line: "two", trouble: false });
    expect(await events.next()).toMatchObject({ name: "activities", data: [{ line: "one" }, { line: "two" }] });
  });

  it("arms a trouble, takes it back, and tells every page", async () => {
    const trouble = (body: unknown) => post("/api/trouble", body);
    const events = await listen(`${url}/api/events`);
    const off = { name: "webhook-lost", state: "off" };
    const kill = { name: "bot-killed", state: "off" };
    expect(await events.next()).toMatchObject({ name: "all", data: { troubles: [off, kill] } });
    expect((await trouble({ name: "webhook-lost", armed: true })).status).toBe(204);
    expect(await events.next()).toStrictEqual({ name: "troubles", data: [{ ...off, state: "armed" }, kill] });
    expect((await trouble({ name: "webhook-lost", armed: false })).status).toBe(204);
    expect(await events.next()).toStrictEqual({ name: "troubles", data: [off, kill] });
  });

  it("makes no trouble that is not there, and none that it does not know", async () => {
    const absent = await post("/api/trouble", { name: "database-restarted", armed: true });
    expect([absent.status, await absent.json()]).toStrictEqual([
      409,
      { error: "“Restart the database” is not possible now." },
    ]);
    expect((await post("/api/trouble", { name: "earthquake", armed: true })).status).toBe(400);
    expect((await post("/api/trouble", { name: "webhook-lost" })).status).toBe(400);
  });

  it("leads to the operator's page only from its own page, and says so when no bot answers", async () => {
    const lead = (site: string) =>
      fetch(`${url}/operator`, { headers: { "sec-fetch-site": site }, redirect: "manual" });
    for (const site of ["cross-site", "same-site"]) expect((await lead(site)).status).toBe(403);
    for (const site of ["same-origin", "none"]) {
      const answered = await lead(site);
      expect([answered.status, await answered.text()]).toStrictEqual([
        503,
        expect.stringContaining("No bot answers now"),
      ]);
    }
  });
});

/** Server-sent events, one after another. */
async function listen(address: string) {
  const leave = new AbortController();
  onTestFinished(() => leave.abort());
  const { body } = await fetch(address, { signal: leave.signal });
  const chunks = body?.pipeThrough(new TextDecoderStream()).getReader();
  let read = "";
  return {
    next: async (): Promise<{ name: string; data: unknown }> => {
      for (;;) {
        const match = /event: (\w+)\ndata: (.*)\n\n/.exec(read);
        if (match) {
          read = read.slice(match.index + match[0].length);
          return { name: String(match[1]), data: JSON.parse(String(match[2])) };
        }
        const chunk = await chunks?.read();
        if (!chunk || chunk.done) throw new Error("the stream has ended");
        read += chunk.value;
      }
    },
  };
}
