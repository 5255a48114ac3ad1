import { createHash } from "node:crypto";
import type { Json } from "@likeness/core";
import type { FalFakePicture, PictureFile } from "../pictures/picture-file.ts";
import type { Drawing } from "../pictures/drawing.ts";
import type { QueueEntry } from "../queue/queue-entry.ts";
import type { FileStore, Publish } from "../storage/file-store.ts";
import type { Generator } from "./endpoints.ts";
import { fluxInput, imageToImageInput, sizesByName, upscaleInput } from "./picture-inputs.ts";

interface Made {
  readonly entry: QueueEntry;
  readonly files: FileStore;
  /** Puts a picture on the CDN and describes it. */
  readonly publish: (index: number, drawing: Drawing, format: PictureFile["format"]) => Json;
}

/** "Makes pictures", which are drawn when they are downloaded, and returns the output of the endpoint. */
export function pictureOutput(entry: QueueEntry, { makesFrom }: Generator, files: FileStore, publish: Publish): Json {
  const { origins, behaviour } = entry;
  return makers[makesFrom]({
    entry,
    files,
    publish: (index, drawing, format) => {
      const contentType = `image/${format}`;
      const picture = { drawing, shows: behaviour.picture, format };
      const { path } = publish({ name: `${index}.${format}`, contentType }, picture);
      return {
        url: `${origins.files}${path}`,
        width: drawing.width,
        height: drawing.height,
        content_type: contentType,
      };
    },
  });
}

const makers = {
  text: ({ entry, publish }) => {
    const { prompt, seed = usualSeed, image_size, loras, num_images, output_format } = fluxInput.parse(entry.input);
    const size = typeof image_size === "string" ? sizesByName[image_size] : image_size;
    const drawing = { ...size, prompt, seed, avatar: avatarIn(prompt, loras) };
    const images = numbers(num_images).map((index) =>
      publish(index, { ...drawing, seed: seed + index }, output_format),
    );
    return fluxOutput(entry, images, { seed, prompt });
  },
  image: ({ entry, files, publish }) => {
    const input = imageToImageInput.parse(entry.input);
    const { prompt, seed = usualSeed, image_size, image_url, loras, num_images, output_format, strength } = input;
    const source = sourceAt(files, image_url);
    const size = typeof image_size === "string" ? sizesByName[image_size] : (image_size ?? source);
    const { width, height } = size;
    const drawing = { ...source, width, height, prompt, avatar: avatarIn(prompt, loras) ?? source.avatar };
    const images = numbers(num_images).map((index) =>
      publish(index, { ...drawing, tint: { seed: seed + index, strength } }, output_format),
    );
    return fluxOutput(entry, images, { seed, prompt });
  },
  upscale: ({ entry, files, publish }) => {
    const input = upscaleInput.parse(entry.input);
    const { seed = usualSeed, image_url, upscale_mode, upscale_factor, target_resolution, output_format } = input;
    const source = sourceAt(files, image_url);
    const short = Math.min(source.width, source.height);
    const factor = upscale_mode === "factor" ? upscale_factor : Number.parseInt(target_resolution, 10) / short;
    const drawing = {
      ...source,
      width: Math.round(source.width * factor),
      height: Math.round(source.height * factor),
      enlarged: (source.enlarged ?? 1) * factor,
    };
    // WebP is not drawn.
    return { image: publish(0, drawing, output_format === "jpg" ? "jpeg" : "png"), seed };
  },
} as const satisfies Record<Generator["makesFrom"], (made: Made) => Json>;

const usualSeed = 42;

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** Who is shown: the trigger in the prompt, or else the weights. A style has no face. */
function avatarIn(prompt: string, loras: readonly { readonly path: string }[]): string | undefined {
  if (/\bin the style of\b/i.test(prompt)) return undefined;
  return /\bTOK_\w+/.exec(prompt)?.[0] ?? loras[0]?.path;
}

/** The drawing of a source; for a picture that was not drawn here, another one of its size. */
function sourceAt(files: FileStore, url: string): Drawing {
  const { width = 1024, height = 768, drawing } = files.headOf(url) ?? {};
  const seed = createHash("sha256").update(url).digest().readUInt16LE();
  return { prompt: "", seed, ...drawing, width, height };
}

/** https://fal.ai/models/fal-ai/flux-lora/api#schema-output */
function fluxOutput({ behaviour }: QueueEntry, images: readonly Json[], rest: Readonly<Record<string, Json>>): Json {
  const flags = { has_nsfw_concepts: images.map(() => flagged.has(behaviour.picture)) };
  return { images, timings: { inference: 1 }, ...rest, ...(behaviour.picture === "unflagged" ? {} : flags) };
}

const flagged: ReadonlySet<FalFakePicture> = new Set(["flagged"]);
