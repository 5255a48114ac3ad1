import sharp from "sharp";
import type { SharpModule } from "../sharp-module.ts";

export interface WatchedSharp {
  readonly module: SharpModule;
  /** The decoders that were started, as `toBuffer` and `stats`; reading a header starts none. */
  readonly decoders: readonly string[];
}

/** The real sharp, and what it was made to decode. */
export function watchedSharp(): WatchedSharp {
  const decoders: string[] = [];
  const module = new Proxy(sharp, {
    apply: (open, _, given: Parameters<SharpModule>) =>
      new Proxy(open(...given), {
        get: (picture, name, receiver): unknown => {
          if (name === "toBuffer" || name === "toFile" || name === "stats") decoders.push(name);
          return Reflect.get(picture, name, receiver);
        },
      }),
  });
  return { module, decoders };
}
