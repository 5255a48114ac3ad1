/** No script, nothing from elsewhere, no frames around the page, and forms that only the page itself receives. */
const pagePolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** A file of somebody can do nothing, whatever is in it. */
const filePolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

/**
 * The referrer is sent to the page itself, because browsers send `Origin: null` with a form under `no-referrer`. Other
 * origins get none, and the page has no links to any. https://fetch.spec.whatwg.org/#append-a-request-origin-header
 */
const headers = {
  "cache-control": "no-store",
  "content-security-policy": pagePolicy,
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "x-robots-tag": "noindex",
} as const;

type More = Readonly<Record<string, string>>;

/** A text of that type. */
export const textAnswer = (body: string, contentType: string, status = 200, more: More = {}): Response =>
  new Response(body, { status, headers: { ...headers, "content-type": contentType, ...more } });

/** Goes on with a GET, so that reloading the page that follows does nothing again. `to`: relative to the request. */
export const seeOther = (to: string, more: More = {}): Response =>
  new Response(null, { status: 303, headers: { ...headers, location: to, ...more } });

/** What is shown in place; anything else is saved as a file. */
const pictureTypes: ReadonlySet<string> = new Set(["image/jpeg", "image/png", "image/webp"]);

/** Somebody's file, which is kept nowhere on its way. */
export function fileAnswer(body: ReadableStream<Uint8Array>, contentType: string): Response {
  const isPicture = pictureTypes.has(contentType);
  return new Response(body, {
    headers: {
      ...headers,
      "content-security-policy": filePolicy,
      "content-type": isPicture ? contentType : "application/octet-stream",
      "content-disposition": isPicture ? "inline" : "attachment",
    },
  });
}
