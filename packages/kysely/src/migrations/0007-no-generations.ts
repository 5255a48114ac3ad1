import type { Migration } from "./migration.ts";

/** The table of image requests, which no version has ever written to. */
export const noGenerations: Migration = {
  up: async ({ schema }) => {
    await schema.dropTable("likeness_generation").execute();
  },
};
