import { newState, type TelegramSnapshot, type TelegramState } from "./telegram-snapshot.ts";

interface Remembered {
  readonly state: TelegramState;
  readonly bytes: Map<string, Uint8Array<ArrayBuffer>>;
}

export function snapshotOf(state: TelegramState, bytes: Remembered["bytes"]): TelegramSnapshot {
  return {
    ...structuredClone(state),
    version: 1,
    bytes: Object.fromEntries([...bytes].map(([digest, content]) => [digest, Buffer.from(content).toString("base64")])),
  };
}

/** The state of a snapshot, or the initial one. */
export function restored(snapshot: TelegramSnapshot | undefined, bot: TelegramState["bot"]): Remembered {
  if (!snapshot) return { state: newState(bot), bytes: new Map() };
  const { version: _, bytes, ...state } = structuredClone(snapshot);
  const contents = Object.entries(bytes).map(
    ([digest, base64]) => [digest, Uint8Array.from(Buffer.from(base64, "base64"))] as const,
  );
  // A snapshot of an earlier version lacks what was added since.
  const fresh = newState(bot);
  return { state: { ...fresh, ...state, next: { ...fresh.next, ...state.next } }, bytes: new Map(contents) };
}
