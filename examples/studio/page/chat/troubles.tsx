import type { StudioState } from "../studio-state.ts";

/** What keeps the bot from answering, if anything does. */
export function Troubles({ state: { bots, connected } }: { state: StudioState }) {
  const line = !connected
    ? "The studio does not answer. This page goes on by itself when it is started again."
    : bots.some(({ state }) => state === "running")
      ? ""
      : bots.map((bot) => bot.line).join(" ");
  return (
    <p role="status" class={line === "" ? "for-listeners" : "troubles"}>
      {line}
    </p>
  );
}
