import { z } from "zod";

/** A SQLite file as set; the path may be relative. */
export interface SqliteLocation {
  readonly type: "sqlite";
  readonly file: string;
}

export interface PostgresLocation {
  readonly type: "postgres";
  /** With the password, if there is one. */
  readonly url: string;
}

export type DatabaseLocation = SqliteLocation | PostgresLocation;

/** The location of blobs as set; the path may be relative. */
export type BlobLocation =
  | { readonly type: "disk"; readonly folder: string }
  | { readonly type: "s3"; readonly bucket: string; readonly prefix: string };

// Double slashes are refused, because programs interpret them differently.
const sqlite = /^sqlite:(?!\/\/)(?<file>.*[^/])$/;
const postgres = /^postgres(?:ql)?:\/\/[^/]*\/[^/?#]+/;

export const databaseLocation = z
  .string()
  .refine((given) => sqlite.test(given) || (postgres.test(given) && URL.canParse(given)), {
    error: "must be sqlite:<file> or postgres://<user>:<password>@<host>/<database>",
  })
  .transform((given): DatabaseLocation => {
    const file = sqlite.exec(given)?.groups?.["file"];
    return file === undefined ? { type: "postgres", url: given } : { type: "sqlite", file };
  });

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
