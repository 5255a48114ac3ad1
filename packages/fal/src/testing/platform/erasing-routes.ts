import { z } from "zod";
import { invalid, json, notFound, type Call, type Route } from "../wire/call.ts";
import type { Runs } from "../queue/runs.ts";
import type { FileStore } from "../storage/file-store.ts";

/**
 * fal's routes for erasing: a file can be hidden, and payloads deleted together with the output files. fal requires a
 * key with `assets:write` for the one and an admin's key for the other; the fake's one key may do both.
 * https://fal.ai/docs/platform-apis/v1/storage/files/acl/set,
 * https://fal.ai/docs/platform-apis/v1/models/requests/payloads
 */
export function erasingRoutes(runs: Runs, files: FileStore): Route[] {
  const setAcl = ({ url, body }: Call): Response => {
    const acl = aclSchema.safeParse(body);
    if (!acl.success) return invalid(acl.error);
    const file = files.byUrl(url.searchParams.get("url") ?? "");
    if (!file) return notFound();
    file.hidden = acl.data.default !== "allow";
    return json(200, acl.data);
  };

  const deletePayloads = ({ params }: Call): Response => {
    const entry = runs.find(params.id ?? "");
    if (!entry) return notFound();
    entry.deleted = true;
    const deleted = files.deleteOutputOf(entry.id);
    const link = (path: string): string => `${entry.origins.files}${path}`;
    return json(200, { cdn_delete_results: deleted.map(({ path }) => ({ link: link(path), exception: null })) });
  };

  return [
    {
      name: "file-acl",
      method: "PUT",
      pattern: /^\/v1\/storage\/files\/acl$/,
      takes: { key: true, json: true },
      handle: setAcl,
    },
    {
      name: "delete-payloads",
      method: "DELETE",
      pattern: /^\/v1\/models\/requests\/(?<id>[\w-]+)\/payloads$/,
      takes: { key: true },
      handle: deletePayloads,
    },
  ];
}

const aclSchema = z.object({
  default: z.enum(["allow", "forbid", "hide"]),
  rules: z.array(z.object({ user: z.string(), decision: z.enum(["allow", "forbid", "hide"]) })).default([]),
});
