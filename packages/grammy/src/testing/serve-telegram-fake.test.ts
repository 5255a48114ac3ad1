import { expect, it, onTestFinished, vi } from "vitest";
import { until } from "./__fixtures__/until.ts";
import { serveTelegramFake } from "./serve-telegram-fake.ts";
import { telegramFake } from "./telegram-fake.ts";

it("lets go of a body when the reader has left", async () => {
  const cancel = vi.fn<() => void>();
  const fetchStream = async () => new Response(new ReadableStream({ cancel }));
  const server = await serveTelegramFake({ ...telegramFake(), fetch: fetchStream });
  onTestFinished(server.close);
  const leaving = new AbortController();
  await fetch(server.url, { signal: leaving.signal });
  leaving.abort();
  await until(() => expect(cancel).toHaveBeenCalledOnce());
});

it("listens where it is told to", async () => {
  const fake = telegramFake();
  const first = await serveTelegramFake(fake, { host: "::1" });
  const port = Number(new URL(first.url).port);
  expect(first.url).toBe(`http://[::1]:${port}`);
  await first.close();
  const second = await serveTelegramFake(fake, { port });
  onTestFinished(second.close);
  expect(second.url).toBe(`http://127.0.0.1:${port}`);
  expect((await fetch(`${second.url}/bot123456:fake-token/getMe`)).status).toBe(200);
});
