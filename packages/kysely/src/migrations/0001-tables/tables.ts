import type { Migration } from "../migration.ts";
import { createAvatar } from "./avatar.ts";
import { createGeneration } from "./generation.ts";
import { createNotification } from "./notification.ts";
import { createPhoto } from "./photo.ts";
import { createSession } from "./session.ts";
import { createTraining } from "./training.ts";
import { createWebhookInbox } from "./webhook-inbox.ts";

/**
 * This step is published, so it never changes, except for the prefix of its names, which older databases get in a
 * separate step. The constraints of the tables refuse inconsistent rows, from any writer.
 */
export const tables: Migration = {
  up: async (db) => {
    await createAvatar(db);
    await createPhoto(db);
    await createTraining(db);
    await createGeneration(db);
    await createWebhookInbox(db);
    await createNotification(db);
    await createSession(db);
  },
};
