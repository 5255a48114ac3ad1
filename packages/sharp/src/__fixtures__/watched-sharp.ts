import sharp from "sharp";
import type { SharpModule } from "../sharp-module.ts";

export interface WatchedSharp {
  readonly module: SharpModule;
  /** The decoders that were started, as `toBuffer` and `stats`; reading a header starts none. */
  readonly decoders: readonly string[];
  /** What was decoded to pixels that the program reads. */
  readonly pixels: readonly Uint8Array[];
}

/** The real sharp, and what it was made to decode. */
export function watchedSharp(): WatchedSharp {
  const decoders: string[] = [];
  const pixels: Uint8Array[] = [];
  const module = new Proxy(sharp, {
    apply: (open, _, given: Parameters<SharpModule>) =>
      new Proxy(open(...given), {
        get: (picture, name, receiver): unknown => {
          if (name === "toBuffer" || name === "toFile" || name === "stats") decoders.push(name);
          if (name !== "toBuffer") return Reflect.get(picture, name, receiver);
          return async (options?: { resolveWithObject: true }): Promise<unknown> => {
            if (!options) return picture.toBuffer();
            const decoded = await picture.toBuffer(options);
            if (decoded.info.format === "raw") pixels.push(decoded.data);
            return decoded;
          };
        },
      }),
  });
  return { module, decoders, pixels };
}
