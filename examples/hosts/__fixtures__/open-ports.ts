import { join } from "node:path";
import { diskBlobs } from "@likeness/blobs/disk";
import { orThrow, webhookAddress } from "@likeness/core";
import { falKeySet, falOutcomeSource, falProvider, falRecipes, falWebhooks, parseFalProfiles } from "@likeness/fal";
import { sqliteStorage } from "@likeness/kysely";
import { sharpInspector, sharpPictures } from "@likeness/sharp";
import Database from "better-sqlite3";
import sharp from "sharp";

export const account = { key: "fake-id:fake-secret", userId: "fal-fake-user" };

export const webhookSecret = "a secret of at least thirty-two bytes";

/** What several hosts may share: a folder with a database and blobs, and a fake fal. */
export interface World {
  readonly folder: string;
  readonly falUrl: string;
}

/** The ports of one host, without a channel; with webhooks where fal can reach it. */
export async function openPorts({ folder, falUrl: url }: World, publicUrl?: string) {
  const { db, store, queue } = await orThrow(sqliteStorage(new Database(join(folder, "likeness.db"))));
  const hosts = { queue: url, rest: url, api: url, keySets: [`${url}/.well-known/jwks.json`] };
  const photos = { minimum: 2, maximum: 4 };
  const webhooks = publicUrl
    ? {
        receiver: falWebhooks({ ...account, keys: falKeySet({ urls: hosts.keySets }) }),
        address: webhookAddress({ publicUrl, secrets: [webhookSecret] }),
      }
    : undefined;
  const ports = {
    store,
    queue,
    webhooks,
    blobs: diskBlobs(join(folder, "blobs")),
    provider: falProvider({ ...account, hosts }),
    outcomes: falOutcomeSource({ hosts }),
    profiles: orThrow(parseFalProfiles({ portrait: { photos }, style: { photos } })),
    inspector: sharpInspector(sharp),
    images: { recipes: falRecipes, inspector: sharpPictures(sharp) },
    consent: "elsewhere",
    // A webhook is worth something only if nobody looks before it comes.
    policy: publicUrl
      ? { pollSeconds: 3_000, pollMaxSeconds: 3_000, imagePollSeconds: 600 }
      : { pollSeconds: 1, imagePollSeconds: 1 },
  } as const;
  return { ports, close: () => db.destroy() };
}
