/** How the files of each type begin, in Latin-1. https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern */
const beginnings = {
  "image/jpeg": /^\xff\xd8\xff/,
  "image/png": /^\x89PNG\r\n/,
  "image/webp": /^RIFF.{4}WEBPVP/s,
  "image/gif": /^GIF8[79]a/,
} as const;

/** The type of a picture that a page may show, by its content; names and declared types are not trusted. */
export function pictureType(bytes: Uint8Array): keyof typeof beginnings | undefined {
  const head = Buffer.from(bytes.subarray(0, 16)).toString("latin1");
  const types = Object.keys(beginnings) as (keyof typeof beginnings)[];
  return types.find((type) => beginnings[type].test(head));
}
