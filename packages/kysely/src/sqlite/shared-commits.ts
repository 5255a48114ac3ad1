import { setImmediate } from "node:timers";
import { commitUndone } from "./commit-undone.ts";
import type { SqliteHandle } from "./sqlite-handle.ts";

/** What somebody does with the connection. `other` may be anything, so it shares no transaction. */
export type Access = "read" | "write" | "other";

/** The connection, for one statement or one transaction. */
export interface Turn {
  /** Whether others write in the same transaction of SQLite: what may have to be undone needs a savepoint. */
  readonly shared: boolean;
  /**
   * Ends the turn. Resolves once what everybody wrote is on disk: also who wrote nothing may have seen what others did.
   * Rejects when all of it was undone, although nothing was wrong with this turn.
   */
  end(): Promise<void>;
}

interface Waiting {
  readonly access: Access;
  give(turn: Turn): void;
  refuse(cause: unknown): void;
}

/** Meanwhile other processes cannot write to the file. */
const largestGroup = 100;

/**
 * Gives everybody a turn, in the order in which they asked. Writers that asked in the same turn of the event loop share one
 * transaction of SQLite: its commit waits for the disk, and the event loop with it. None of them hears how their turn went
 * before the commit, so that nothing is promised that is not on disk, and nothing known that may yet be undone. Who only
 * reads is served before them: no lock and no disk is in the way.
 */
export function sharedCommits(database: Pick<SqliteHandle, "inTransaction">, run: (statement: string) => void) {
  const waiting: Waiting[] = [];
  let busy = false;

  const serveSoon = (): void => {
    if (busy || waiting.length === 0) return;
    busy = true;
    // By then everybody has asked whose news the event loop had.
    setImmediate(() => void serve());
  };

  const serve = async (): Promise<void> => {
    const group = waiting.splice(0, sizeOfFirstGroup(waiting));
    const writers = group.filter(({ access }) => access !== "read");
    for (const each of group) if (each.access === "read") await serveAlone(each);
    if (writers.length > 1) await serveTogether(writers);
    else for (const each of writers) await serveAlone(each);
    busy = false;
    serveSoon();
  };

  const serveAlone = ({ give }: Waiting): Promise<void> =>
    new Promise((leave) => give({ shared: false, end: async () => leave() }));

  const serveTogether = async (group: readonly Waiting[]): Promise<void> => {
    try {
      run("begin immediate");
    } catch (cause) {
      for (const { refuse } of group) refuse(cause);
      return;
    }
    const committed: Promise<void> = serveAndCommit(group, () => committed);
    // Those who wait for it have been told.
    await committed.catch(() => undefined);
  };

  /** @throws That all was undone. */
  const serveAndCommit = async (group: readonly Waiting[], committed: () => Promise<void>): Promise<void> => {
    for (const [index, { give }] of group.entries()) {
      await new Promise<void>((leave) => {
        const end = (): Promise<void> => {
          const tookAllDown = !database.inTransaction;
          leave();
          return tookAllDown ? Promise.resolve() : committed();
        };
        give({ shared: true, end });
      });
      if (database.inTransaction) continue;
      // After some errors (disk full, I/O) SQLite rolls everything back by itself.
      waiting.unshift(...group.slice(index + 1));
      throw commitUndone();
    }
    try {
      run("commit");
    } catch (cause) {
      if (database.inTransaction) run("rollback");
      throw commitUndone(cause);
    }
  };

  return {
    /** Whether nobody is waiting or being served. */
    isIdle: (): boolean => !busy,
    turn: (access: Access): Promise<Turn> =>
      new Promise((give, refuse) => {
        waiting.push({ access, give, refuse });
        serveSoon();
      }),
  };
}

function sizeOfFirstGroup(waiting: readonly Waiting[]): number {
  const other = waiting.findIndex(({ access }) => access === "other");
  if (other === 0) return 1;
  return Math.min(other === -1 ? waiting.length : other, largestGroup);
}
