/** As little of fal as makes pictures: a queue that answers at once, a signed webhook for each request, and one file. */
import { randomUUID } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { systemClock } from "@likeness/core";
import { signFalWebhook } from "@likeness/fal/testing";
import sharp from "sharp";
import { keepAliveTimeout } from "./bare-pictures.ts";
import { answerQuestions } from "./child.ts";
import { privateKey, userId } from "./webhook-fixture.ts";

/** Answered with the origin. */
export interface MakerQuestion {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

async function serve({ width, height }: MakerQuestion): Promise<string> {
  const picture = await drawn(width, height);
  let origin = "";
  const server = createServer({ keepAliveTimeout }, (request, response) => {
    request.resume();
    const url = new URL(request.url ?? "/", origin);
    request.on("end", () => (request.method === "POST" ? accept(origin, url, response) : send(picture, response)));
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return (origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

/** Light and noise, so that it compresses like a photo. */
async function drawn(width: number, height: number): Promise<Buffer> {
  const noise = { type: "gaussian", mean: 128, sigma: 24 } as const;
  return sharp({ create: { width, height, channels: 3, background: "grey", noise } })
    .jpeg({ quality: 85 })
    .toBuffer();
}

function send(picture: Buffer, response: ServerResponse): void {
  response.writeHead(200, { "content-type": "image/jpeg", "content-length": picture.length }).end(picture);
}

function accept(origin: string, url: URL, response: ServerResponse): void {
  const requestId = randomUUID();
  const base = `${origin}/requests/${requestId}`;
  const urls = { response_url: base, status_url: `${base}/status`, cancel_url: `${base}/cancel` };
  const answer = JSON.stringify({ status: "IN_QUEUE", request_id: requestId, ...urls, queue_position: 0 });
  response.writeHead(200, { "content-type": "application/json" }).end(answer);
  response.on("close", () => void announce(origin, requestId, url.searchParams.get("fal_webhook") ?? ""));
}

async function announce(origin: string, requestId: string, webhookUrl: string): Promise<void> {
  const image = { url: `${origin}/files/${requestId}.jpeg`, content_type: "image/jpeg" };
  const payload = { images: [image], has_nsfw_concepts: [false], seed: 1, prompt: "" };
  const body = JSON.stringify({ request_id: requestId, gateway_request_id: requestId, status: "OK", payload });
  const timestamp = Math.floor(Date.parse(systemClock.now()) / 1000);
  const signature = signFalWebhook({ privateKey, requestId, userId, timestamp, body });
  const headers = { "content-type": "application/json", ...signature };
  // Again as fal does, until it is taken: a host whose database is busy answers 503.
  for (;;) {
    const answer = await fetch(webhookUrl, { method: "POST", headers, body });
    await answer.body?.cancel();
    if (answer.ok) return;
    await wait(500);
  }
}

answerQuestions(serve);
