/** Restart markers and the start of a picture: nothing belongs to them. */
const standsAlone = { from: 0xd0, to: 0xd8 };

/** A marker, and where what belongs to it begins. */
export interface JpegMarker {
  readonly marker: number;
  readonly behind: number;
}

/** The next marker that is no filling, wherever it is. */
export function nextMarker(jpeg: Buffer, start: number): JpegMarker | undefined {
  for (let at = jpeg.indexOf(0xff, start); at >= 0; at = jpeg.indexOf(0xff, at)) {
    while (jpeg[at] === 0xff) at += 1;
    const marker = jpeg[at] ?? 0;
    at += 1;
    const alone = marker <= 1 || (marker >= standsAlone.from && marker <= standsAlone.to);
    if (!alone) return { marker, behind: at };
  }
  return undefined;
}
