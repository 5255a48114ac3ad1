import type { Audience, Trouble, TroubleStage } from "./trouble.ts";

/** Restarts the database server, which ends every connection. */
export function restartDatabase(database: NonNullable<TroubleStage["database"]>, { changed, tell }: Audience): Trouble {
  let restarting = false;
  const restart = async (): Promise<void> => {
    restarting = true;
    changed();
    tell("The database server is restarted: every connection is cut.");
    try {
      await database.restart();
      tell("The database server is back, and the bot repeats what was cut off.");
    } catch (error) {
      tell(`The database server did not come back: ${error instanceof Error ? error.message : String(error)}`);
    }
    restarting = false;
    changed();
  };
  return {
    name: "database-restarted",
    state: () => (restarting ? "busy" : "off"),
    set: (wanted) => {
      if (wanted) void restart();
    },
  };
}
