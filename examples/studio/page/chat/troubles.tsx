import type { StudioState } from "../studio-state.ts";

/** Why the bot cannot answer, if it cannot. */
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
