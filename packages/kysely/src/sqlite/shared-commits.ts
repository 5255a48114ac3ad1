import { setImmediate } from "node:timers";
import type { SqliteHandle } from "./sqlite-handle.ts";

/** What a turn does with the connection. `other` may do anything, so it never shares a transaction. */
export type Access = "read" | "write" | "other";

/** The right to use the connection, for one statement or one transaction. */
export interface Turn {
  /**
   * Whether other turns write in the same SQLite transaction, so that a transaction of this turn has to be a savepoint.
   */
  readonly shared: boolean;
  /**
   * Ends the turn. Resolves when the writes of all turns in the group are on disk; that applies to a turn that wrote
   * nothing too, because it may have read the others' writes. Rejects when the group was rolled back because of another
   * turn.
   */
  end(): Promise<void>;
}

interface Waiting {
  readonly access: Access;
  give(turn: Turn): void;
  refuse(cause: unknown): void;
}

/** Limits the size of a group, because other processes cannot write to the file during its transaction. */
const largestGroup = 100;

/**
 * Grants turns in the order of the requests. Writers that ask in the same iteration of the event loop share one SQLite
 * transaction, because its commit waits for the disk and blocks the event loop. Each of them gets its result only after
 * the commit, so that no caller acts on writes that may still be rolled back. Readers of a group run before its
 * writers, as they need neither a lock nor the disk.
 */
export function sharedCommits(database: Pick<SqliteHandle, "inTransaction">, run: (statement: string) => void) {
  const waiting: Waiting[] = [];
  let busy = false;

  const serveSoon = (): void => {
    if (busy || waiting.length === 0) return;
    busy = true;
    // Waits for the requests of the other callbacks in this iteration of the event loop.
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
    // Every turn of the group gets the error from `end`.
    await committed.catch(() => undefined);
  };

  /** @throws If the whole group was rolled back. */
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
      // After some errors (disk full, I/O) SQLite rolls back the whole transaction by itself.
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
    /** Whether no turn is waiting or running. */
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

const code = "SHARED_COMMIT_UNDONE";

/** Writes were rolled back because other writes in the same shared commit failed. They can be repeated. */
const commitUndone = (cause?: unknown): Error =>
  Object.assign(new Error("a commit that was shared with others was undone", { cause }), { code });

export const isCommitUndone = (cause: unknown): boolean =>
  cause instanceof Error && "code" in cause && cause.code === code;
