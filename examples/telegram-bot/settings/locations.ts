import { z } from "zod";

/** A database as it was named; the path may be relative. */
export interface DatabaseLocation {
  readonly type: "sqlite";
  readonly file: string;
}

/** Where bytes go, as it was named; the path may be relative. */
export type BlobLocation =
  | { readonly type: "disk"; readonly folder: string }
  | { readonly type: "s3"; readonly bucket: string; readonly prefix: string };

const notYet = "names PostgreSQL, which this version does not support yet: it ";

export const databaseLocation = z
  .string()
  // Two slashes mean different things to different programs.
  .regex(/^sqlite:(?!\/\/).*[^/]$/, {
    error: ({ input }) => `${/^postgres(?:ql)?:/i.test(String(input)) ? notYet : ""}must be sqlite:<file>`,
  })
  .transform((given): DatabaseLocation => ({ type: "sqlite", file: given.slice("sqlite:".length) }));

const disk = /^disk:(?!\/\/)(?<folder>.+)$/;
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const s3 = /^s3:\/\/(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(?<prefix>[^?#]*))?$/;

export const blobLocation = z
  .string()
  .refine((given) => disk.test(given) || s3.test(given), { error: "must be disk:<folder> or s3://<bucket>/<prefix>" })
  .transform((given): BlobLocation => {
    const folder = disk.exec(given)?.groups?.["folder"];
    if (folder !== undefined) return { type: "disk", folder };
    const { bucket = "", prefix = "" } = s3.exec(given)?.groups ?? {};
    return { type: "s3", bucket, prefix: prefix.replace(/\/+$/, "") };
  });
