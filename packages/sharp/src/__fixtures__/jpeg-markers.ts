const names: Readonly<Record<number, string>> = {
  0xda: "SOS",
  0xdb: "DQT",
  0xc0: "SOF0",
  0xc2: "SOF2",
  0xc4: "DHT",
  0xfe: "COM",
};

const nameOf = (marker: number): string =>
  marker >= 0xe0 && marker <= 0xef ? `APP${marker - 0xe0}` : (names[marker] ?? marker.toString(16));

/** The segments of a JPEG up to the first scan. https://www.w3.org/Graphics/JPEG/itu-t81.pdf (table B.1) */
export function jpegMarkers(jpeg: Buffer): string[] {
  const markers: string[] = [];
  for (let at = 2; markers.at(-1) !== "SOS"; at += 2 + jpeg.readUInt16BE(at + 2)) {
    markers.push(nameOf(jpeg.readUInt8(at + 1)));
  }
  return markers;
}
