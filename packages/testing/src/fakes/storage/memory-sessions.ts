import type { Session, SessionRepository } from "@likeness/core";
import { ok } from "neverthrow";
import type { RunStep } from "./memory-database.ts";
import { saveRow, type RowKind } from "./rows.ts";

const sessionRows: RowKind<Session> = { entity: "session", id: (session) => session.key, rules: [] };

export const memorySessions = (run: RunStep): SessionRepository => ({
  find: (key) => run(({ sessions }) => ok(sessions.get(key))),
  save: (session) => run(({ sessions }) => saveRow(sessions, session, sessionRows)),
  delete: (key) =>
    run(({ sessions }) => {
      sessions.delete(key);
      return ok(undefined);
    }),
  eraseOwner: (ownerId) =>
    run(({ sessions }) => {
      for (const session of sessions.values()) if (session.ownerId === ownerId) sessions.delete(session.key);
      return ok(undefined);
    }),
});
