import { createHmac } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { webhookAlarms } from "@likeness/core";
import { err } from "neverthrow";
import { describe, expect, it, onTestFinished } from "vitest";
import { testClock } from "../clock/test-clock.ts";
import { anAlarm } from "../fixtures/alarm.ts";
import { describeAlarms } from "./describe-alarms.ts";

const key = Buffer.alloc(32, 7);
const secret = `whsec_${key.toString("base64")}`;

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/alarms`;
}

interface Received {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

async function receiver() {
  const received: Received[] = [];
  const answers: number[] = [];
  const url = await serve((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      received.push({ headers: request.headers, body });
      response.writeHead(answers.shift() ?? 204, { location: "/elsewhere" }).end();
    });
  });
  return { url, received, answers };
}

describeAlarms(
  "webhook",
  async () => {
    const { url, received, answers } = await receiver();
    return {
      alarms: webhookAlarms({ url, secret, fetch }),
      receiveNext: () => void answers.push(503),
      received: () => received.map(({ body }) => body),
    };
  },
  { refuses: false },
);

describe("webhookAlarms", () => {
  it("sends JSON that a receiver of Standard Webhooks verifies, with the same id each time", async () => {
    const { url, received } = await receiver();
    const clock = testClock();
    const alarms = webhookAlarms({ url, secret, fetch, clock });
    for (const _ of [1, 2]) await alarms.tell(anAlarm());
    const [{ headers, body } = { headers: {}, body: "" }, again] = received;
    const id = String(headers["webhook-id"]);
    expect(id).toBe("orders-unknown_2026-11-23T06:00:00_000Z");
    expect(again?.headers["webhook-id"]).toBe(id);
    const seconds = String(Date.parse(clock.now()) / 1_000);
    expect(headers["webhook-timestamp"]).toBe(seconds);
    const signature = createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest("base64");
    expect(headers["webhook-signature"]).toBe(`v1,${signature}`);
    const { type, ...data } = anAlarm();
    expect(JSON.parse(body)).toStrictEqual({ type: `alarm.${type}`, timestamp: clock.now(), data });
  });

  it.each([301, 307, 400, 500])("follows nothing and takes nothing but 2xx for success: %i", async (status) => {
    const { url, received, answers } = await receiver();
    answers.push(status);
    const told = await webhookAlarms({ url, secret, fetch }).tell(anAlarm());
    expect(told).toStrictEqual(err({ type: "alarms-unavailable", detail: `HTTP ${status}` }));
    expect(received).toHaveLength(1);
  });

  it("waits ten seconds for an answer, and names no address", async () => {
    const clock = testClock();
    let asked = (): void => undefined;
    const arrived = new Promise<void>((resolve) => (asked = resolve));
    const url = await serve(() => asked());
    const told = webhookAlarms({ url: `${url}?token=hidden`, secret, fetch, clock }).tell(anAlarm());
    await arrived;
    await clock.advance(10);
    expect(await told).toStrictEqual(err({ type: "alarms-unavailable", detail: "no answer within ten seconds" }));
    const nobody = webhookAlarms({ url: "http://127.0.0.1:1/hidden", secret, fetch });
    expect(JSON.stringify(await nobody.tell(anAlarm()))).not.toMatch(/hidden|127\.0/);
  });

  it.each(["http://alarms.example", "https://user:password@alarms.example", "ftp://alarms.example", "alarms"])(
    "takes no address that is not safe: %s",
    (url) => {
      expect(() => webhookAlarms({ url, secret, fetch })).toThrow("https");
    },
  );

  it.each(["", "whsec_", "whsec_c2hvcnQ=", secret.slice(6), `whsec_${"!".repeat(40)}`, `whsec_${"A".repeat(88)}`])(
    "takes no secret that is not one of Standard Webhooks: %s",
    (given) => {
      expect(() => webhookAlarms({ url: "https://alarms.example", secret: given, fetch })).toThrow("whsec_");
    },
  );
});
