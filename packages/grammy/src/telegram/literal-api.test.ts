import { Api, type Transformer } from "grammy";
import { expect, it } from "vitest";
import { literalApi } from "./chat-api.ts";

/** Notes what passes and, next to the wire, answers in Telegram's place. */
const host = () => {
  const seen: string[] = [];
  const note =
    (name: string): Transformer =>
    (call, method, payload, signal) => {
      seen.push(`${name} ${method} ${JSON.stringify(payload)}`);
      return call(method, payload, signal);
    };
  const api = new Api("123456:fake-token", {
    apiRoot: "http://telegram.test",
    fetch: async (_url: unknown, init: { readonly body?: unknown }) => {
      seen.push(`wire ${String(init.body)}`);
      return Response.json({ ok: true, result: true });
    },
  });
  return { api, seen, note };
};

it("runs the host's transformers as they stand at the time of the call, the last one first", async () => {
  const { api, seen, note } = host();
  api.config.use(note("first"));
  const literal = literalApi(api);
  await literal.deleteMessage(1, 2);
  api.config.use(note("second"));
  await literal.deleteMessage(1, 3);
  const [two, three] = ['{"chat_id":1,"message_id":2}', '{"chat_id":1,"message_id":3}'];
  expect(seen).toStrictEqual([
    `first deleteMessage ${two}`,
    `wire ${two}`,
    `second deleteMessage ${three}`,
    `first deleteMessage ${three}`,
    `wire ${three}`,
  ]);
});

it("takes back what they say about parse modes, and leaves the host's own Api alone", async () => {
  const { api, seen } = host();
  api.config.use((call, method, payload, signal) => call(method, { ...payload, parse_mode: "HTML" }, signal));
  await literalApi(api).sendMessage(1, "a<b");
  await api.sendMessage(1, "a<b");
  expect(seen).toStrictEqual([
    'wire {"chat_id":1,"text":"a<b"}',
    'wire {"chat_id":1,"text":"a<b","parse_mode":"HTML"}',
  ]);
});

it("lets a transformer answer in Telegram's place", async () => {
  const { api, seen } = host();
  api.config.use(async () => ({ ok: true, result: true as never }));
  expect(await literalApi(api).deleteMessage(1, 2)).toBe(true);
  expect(seen).toStrictEqual([]);
});
