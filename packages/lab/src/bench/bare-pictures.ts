import { open } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { DrawPictures } from "./draw-pictures.ts";

/** Longer than a run, so that no connection is closed while it is used again. */
export const keepAliveTimeout = 600_000;

interface Told {
  readonly request_id: string;
  readonly payload: { readonly images: readonly [{ readonly url: string }] };
}

/**
 * The baseline: the same calls and files and no more. For each picture one POST, the webhook, one download and one file
 * that is on disk. It checks no signature, looks at no picture, and remembers nothing.
 */
export async function barePictures(maker: string, folder: string): Promise<DrawPictures> {
  const waiting = new Map<string, (told: Told) => void>();
  const early = new Map<string, Told>();
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const told: Told = JSON.parse(await text(request));
    response.writeHead(200).end();
    const resolve = waiting.get(told.request_id);
    if (resolve) resolve(told);
    else early.set(told.request_id, told);
  };
  const server = createServer({ keepAliveTimeout }, (request, response) => void take(request, response));
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const webhookUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

  const draw = async (): Promise<void> => {
    const query = new URLSearchParams({ fal_webhook: webhookUrl });
    const accepted = await fetch(`${maker}/fal-ai/flux-lora?${query}`, { method: "POST", body: "{}" });
    const { request_id: id }: { readonly request_id: string } = await accepted.json();
    const told = early.get(id) ?? (await new Promise<Told>((resolve) => waiting.set(id, resolve)));
    const picture = await (await fetch(told.payload.images[0].url)).bytes();
    const file = await open(join(folder, `${id}.jpeg`), "wx");
    await file.writeFile(picture);
    await file.sync();
    await file.close();
  };
  return async (count) => void (await Promise.all(Array.from({ length: count }, draw)));
}
