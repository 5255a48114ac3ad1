import { randomUUID } from "node:crypto";
import type { Timestamp } from "@likeness/core";
import { z } from "zod";
import { expiryIn } from "./expiry-in.ts";
import { invalid, json, notFound, refuse, type Call, type Route } from "../wire/call.ts";
import type { FileStore, StoredFile } from "./file-store.ts";

/** More than this in one PUT is refused. */
const largestUpload = 2 * 1024 ** 3;

interface Upload {
  readonly file: StoredFile;
  readonly signature: string;
  readonly parts: Map<number, { readonly etag: string; readonly content: Blob }>;
}

/**
 * Uploads as `@fal-ai/client` makes them: initiate, then one PUT; or initiate-multipart, numbered parts, complete.
 * The bytes are sent without a key; the URL itself is the permission.
 * https://github.com/fal-ai/fal-js/blob/main/libs/client/src/storage.ts
 */
export function storageRoutes(files: FileStore, now: () => Timestamp): Route[] {
  const uploads = new Map<string, Upload>();

  const initiate = ({ body, origins, request }: Call): Response => {
    const wanted = initiateSchema.safeParse(body);
    if (!wanted.success) return invalid(wanted.error);
    const { file_name: name, content_type: contentType } = wanted.data;
    const file = files.expect({ name, contentType, expiresAt: expiryIn(request.headers, now()) });
    const id = randomUUID();
    const signature = randomUUID();
    uploads.set(id, { file, signature, parts: new Map() });
    return json(200, {
      file_url: `${origins.files}${file.path}`,
      upload_url: `${origins.files}/upload/${id}/${encodeURIComponent(name)}?signature=${signature}`,
    });
  };

  const findUpload = ({ params, url }: Call): Upload | undefined => {
    const upload = uploads.get(params.upload ?? "");
    return upload?.signature === url.searchParams.get("signature") ? upload : undefined;
  };

  const putBytes = async (call: Call): Promise<Response> => {
    const upload = findUpload(call);
    if (!upload) return refuse(403, "The upload URL is not valid");
    if (Number(call.request.headers.get("content-length")) > largestUpload) return refuse(413, "Too large");
    const content = await files.receive(call.request);
    if (call.params.part === undefined) {
      await files.complete(upload.file, content);
      return new Response(null, { status: 200 });
    }
    const partNumber = Number(call.params.part);
    const etag = randomUUID();
    upload.parts.set(partNumber, { etag, content });
    return json(200, { partNumber, etag });
  };

  const complete = async (call: Call): Promise<Response> => {
    const upload = findUpload(call);
    if (!upload) return refuse(403, "The upload URL is not valid");
    const listed = completeSchema.safeParse(call.body);
    if (!listed.success) return invalid(listed.error);
    const parts = listed.data.parts.map(({ partNumber, etag }) => {
      const part = upload.parts.get(partNumber);
      return part?.etag === etag ? part.content : undefined;
    });
    const known = parts.filter((part) => part !== undefined);
    if (known.length < parts.length) return refuse(400, "The list of parts is not right");
    await files.complete(upload.file, new Blob(known));
    return new Response(null, { status: 200 });
  };

  const serveFile = ({ url }: Call): Response => {
    const file = files.byPath(url.pathname);
    const content = file && files.contentOf(file);
    if (!content) return notFound();
    const headers = { "content-type": file.contentType, "content-length": String(content.size) };
    return new Response(content.stream(), { headers });
  };

  return [
    {
      name: "upload-initiate",
      method: "POST",
      pattern: /^\/storage\/upload\/initiate(-multipart)?$/,
      takes: { key: true, json: true },
      handle: initiate,
    },
    {
      name: "upload-complete",
      method: "POST",
      pattern: /^\/upload\/(?<upload>[^/]+)\/[^/]+\/complete$/,
      takes: { json: true },
      handle: complete,
    },
    {
      name: "upload-bytes",
      method: "PUT",
      pattern: /^\/upload\/(?<upload>[^/]+)\/[^/]+(\/(?<part>\d+))?$/,
      takes: {},
      handle: putBytes,
    },
    { name: "files", method: "GET", pattern: /^\/files\/.+$/, takes: {}, handle: serveFile },
  ];
}

const initiateSchema = z.object({ file_name: z.string().min(1), content_type: z.string().min(1) });

const completeSchema = z.object({
  parts: z.array(z.object({ partNumber: z.number(), etag: z.string() })).min(1),
});
