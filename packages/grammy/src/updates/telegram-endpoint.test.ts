import { recordingLog, testClock } from "@likeness/testing";
import { errAsync, okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import type { ReceiveUpdate } from "./receive-update.ts";
import { telegramEndpoint } from "./telegram-endpoint.ts";

const secretToken = "a-secret-of-ours";
const header = "x-telegram-bot-api-secret-token";

function opened(outcome: () => ReturnType<ReceiveUpdate> = () => okAsync("new")) {
  const received: unknown[] = [];
  const [clock, log] = [testClock(), recordingLog()];
  const receive: ReceiveUpdate = (update) => {
    received.push(update);
    return outcome();
  };
  const handle = telegramEndpoint({ secretToken, receive, clock, log });
  const post = (body: BodyInit | null, headers: Record<string, string> = { [header]: secretToken }) =>
    handle(
      new Request("https://bot.example/telegram", { method: "POST", headers, body, duplex: "half" } as RequestInit),
    );
  return { handle, post, received, clock, log };
}

const forever = () => new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(Uint8Array.of(123)) });

describe("telegramEndpoint", () => {
  it("takes an update, and answers without a body", async () => {
    const { post, received } = opened();
    const response = await post('{"update_id":1}');
    expect([response.status, await response.text()]).toStrictEqual([200, ""]);
    expect(received).toStrictEqual([{ update_id: 1 }]);
  });

  it.each<Record<string, string>>([{}, { [header]: "another secret" }])(
    "answers 401 to the headers %o before it reads the body",
    async (headers) => {
      const { post, received } = opened();
      expect((await post(forever(), headers)).status).toBe(401);
      expect(received).toStrictEqual([]);
    },
  );

  it("answers 405 with Allow: POST to any other method", async () => {
    const { handle } = opened();
    const response = await handle(new Request("https://bot.example/telegram", { headers: { [header]: secretToken } }));
    expect([response.status, response.headers.get("allow")]).toStrictEqual([405, "POST"]);
  });

  it("answers 200 to what is no update, so that Telegram does not repeat it", async () => {
    const { post, received } = opened();
    expect((await post("<html>")).status).toBe(200);
    expect(received).toStrictEqual([]);
  });

  it("answers 503 while the update cannot be stored", async () => {
    const { post, log } = opened(() => errAsync({ type: "storage-failure", cause: new Error("disk full") }));
    expect((await post('{"update_id":1}')).status).toBe(503);
    expect(log.entries).toMatchObject([{ level: "warn", fields: { error: "storage-failure" } }]);
  });

  it("refuses a body of more than 1 MiB, and one that does not end", async () => {
    const { post, clock } = opened();
    expect((await post("x".repeat(1_048_577))).status).toBe(413);
    const endless = post(forever());
    await clock.advance(30);
    expect((await endless).status).toBe(408);
  });

  it("answers 500 when something throws, and logs it", async () => {
    const { post, log } = opened(() => {
      throw new Error("a defect");
    });
    expect((await post('{"update_id":1}')).status).toBe(500);
    expect(log.entries).toMatchObject([{ level: "error", message: "an update could not be taken" }]);
  });
});
