import type { Payload } from "./calls.ts";

/** The fields of a call, with name and size where an upload was attached. */
export function showUploads({ fields, uploads }: Payload): Readonly<Record<string, unknown>> {
  const text = JSON.stringify(fields);
  const direct = [...uploads].filter(([part]) => !text.includes(`attach://${part}`));
  return {
    ...Object.fromEntries(direct.map(([part, { name, bytes }]) => [part, { name, size: bytes.length }])),
    ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, show(value, uploads)])),
  };
}

function show(value: unknown, uploads: Payload["uploads"]): unknown {
  if (typeof value === "string") {
    const upload = value.startsWith("attach://") ? uploads.get(value.slice("attach://".length)) : undefined;
    return upload ? { name: upload.name, size: upload.bytes.length } : value;
  }
  if (Array.isArray(value)) return value.map((item) => show(item, uploads));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, show(item, uploads)]));
}
