import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeStream } from "node:stream/web";
import { Busboy } from "@fastify/busboy";
import { err, ok, type Result } from "neverthrow";
import type { Payload, Upload } from "./calls.ts";
import { readFields } from "./read-fields.ts";
import { refuse, type Refusal } from "./refusal.ts";

interface RawPayload {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly uploads: ReadonlyMap<string, Upload>;
}

/**
 * Reads a call: query, form, JSON and multipart alike. https://core.telegram.org/bots/api#making-requests
 */
export async function readPayload(request: Request): Promise<Result<Payload, Refusal>> {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const body = await readBody(request);
  return body.andThen(({ fields, uploads }) =>
    readFields({ ...query, ...fields }).map((read) => ({ fields: read, uploads })),
  );
}

async function readBody(request: Request): Promise<Result<RawPayload, Refusal>> {
  const type = request.headers.get("content-type") ?? "";
  if (request.body === null) return ok(noUploads({}));
  if (type.startsWith("multipart/form-data")) return readMultipart(request.body, type);
  const text = await request.text();
  if (type.startsWith("application/x-www-form-urlencoded")) {
    return ok(noUploads(Object.fromEntries(new URLSearchParams(text))));
  }
  if (text === "") return ok(noUploads({}));
  try {
    const value: unknown = JSON.parse(text);
    return ok(noUploads({ ...(value as object) }));
  } catch {
    return refuse(400, "can't parse request: JSON object is expected");
  }
}

const noUploads = (fields: RawPayload["fields"]): RawPayload => ({ fields, uploads: new Map() });

/** Telegram takes no more from a bot. https://core.telegram.org/bots/api#sending-files */
const largestUpload = 50 * 1024 * 1024;

/**
 * grammY sends file names without quotes, which Node's own parser refuses and `busboy` drops in silence when they hold a
 * space. `@fastify/busboy` takes them, without the spaces.
 */
async function readMultipart(body: ReadableStream, type: string): Promise<Result<RawPayload, Refusal>> {
  const fields: Record<string, unknown> = {};
  const uploads = new Map<string, Upload>();
  const reading: Promise<void>[] = [];
  let tooLarge = false;
  try {
    const parser = new Busboy({ headers: { "content-type": type }, limits: { fileSize: largestUpload } });
    parser.on("field", (name, value) => void (fields[name] = value));
    parser.on("file", (part, stream, name) => {
      stream.once("limit", () => void (tooLarge = true));
      reading.push(bytesOf(stream).then((bytes) => void uploads.set(part, { name, bytes })));
    });
    await pipeline(Readable.fromWeb(body as NodeStream), parser);
    await Promise.all(reading);
  } catch {
    return refuse(400, "can't parse request: multipart/form-data is expected");
  }
  return tooLarge
    ? err({ type: "refusal", error_code: 413, description: "Request Entity Too Large" })
    : ok({ fields, uploads });
}

async function bytesOf(stream: Readable): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk as Uint8Array);
  return Uint8Array.from(Buffer.concat(chunks));
}
