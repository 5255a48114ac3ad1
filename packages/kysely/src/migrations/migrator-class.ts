import type { Migrator } from "kysely/migration";

interface MigrationModule {
  readonly Migrator: typeof Migrator;
}

/** Kysely's `Migrator`: since 0.29 in an entry of its own, in 0.28 in the main one, where 0.29 declares a stand-in. */
export const migratorClass = async (): Promise<typeof Migrator> => {
  const module: MigrationModule = await import("kysely/migration").catch(
    () => import("kysely") as Promise<unknown> as Promise<MigrationModule>,
  );
  return module.Migrator;
};
