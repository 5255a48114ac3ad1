import type { JpegComponent, JpegFrame } from "./jpeg-frame.ts";

/** The bits of each coefficient that scans have not told yet, by component; `untold` before the first of them. */
export type JpegProgress = ReadonlyMap<JpegComponent, Int8Array>;

const untold = -1;

/** A scan that is not progressive tells everything at once. */
export const noProgress = ({ components }: JpegFrame): JpegProgress =>
  new Map(components.map((component) => [component, new Int8Array(64).fill(untold)]));

/** What a scan tells: coefficients in zigzag order, and the bits that were left before it and are left after it. */
export interface ScanBand {
  readonly first: number;
  readonly last: number;
  readonly before: number;
  readonly after: number;
}

/** Notes a scan; false when an earlier one is missing. https://www.w3.org/Graphics/JPEG/itu-t81.pdf (G.1.1.1) */
export function follows(progress: JpegProgress, components: readonly JpegComponent[], band: ScanBand): boolean {
  let complete = true;
  for (const component of components) {
    const left = progress.get(component)?.subarray(band.first, band.last + 1);
    complete &&= left?.every((bits) => Math.max(0, bits) === band.before) ?? false;
    left?.fill(band.after);
  }
  return complete;
}

export const isTold = (progress: JpegProgress): boolean =>
  [...progress.values()].every((left) => left.every((bits) => bits === 0));
