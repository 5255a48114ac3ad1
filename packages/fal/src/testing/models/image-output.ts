import { createHash } from "node:crypto";
import { crc32, deflateSync } from "node:zlib";
import type { Json } from "@likeness/core";
import type { FileStore } from "../storage/file-store.ts";
import type { QueueEntry } from "../queue/queue-entry.ts";

const side = 512;
const mostImages = 4;

/** "Generates": plain PNGs whose colour depends on prompt and number, and the output of `fal-ai/flux-lora`. */
export function imageOutput({ id, input, origins }: QueueEntry, files: FileStore): Json {
  const count = Math.min(mostImages, Math.max(1, Number(input.num_images) || 1));
  const { prompt = "" } = input;
  const images = Array.from({ length: count }, (_, index) => {
    const seed = `${index} ${JSON.stringify(prompt)}`;
    const bytes = png(createHash("sha256").update(seed).digest());
    const contentType = "image/png";
    const name = `image_${index}.png`;
    const url = `${origins.files}${files.publish(id, { name, contentType }, bytes).path}`;
    return { url, width: side, height: side, content_type: contentType, file_name: name, file_size: bytes.length };
  });
  const seed = typeof input.seed === "number" ? input.seed : 42;
  return { images, timings: { inference: 1 }, seed, has_nsfw_concepts: images.map(() => false), prompt };
}

/** A square of one colour, the first three bytes given. */
function png(colour: Uint8Array): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2], 8); // 8 bits a channel, RGB
  const row = Buffer.concat([Buffer.alloc(1), ...Array.from({ length: side }, () => colour.subarray(0, 3))]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: side }, () => row)));
  const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  const chunks = [chunk("IHDR", header), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))];
  return new Uint8Array(Buffer.concat([signature, ...chunks]));
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(4);
  frame.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([frame, body, check]);
}
