import type { BotStatus, TroubleStatus } from "../../protocol.ts";

export interface BotsBarProps {
  readonly bots: readonly BotStatus[];
  /** The troubles that kill each of them. */
  readonly kills: readonly TroubleStatus[];
  readonly onKill: (trouble: TroubleStatus) => void;
}

const states = {
  starting: "starting …",
  running: "running",
  waiting: "down …",
  stopped: "stopped",
} as const satisfies Record<BotStatus["state"], string>;

/** The status of each of several bots, with a button that kills it. */
export const BotsBar = ({ bots, kills, onKill }: BotsBarProps) => (
  <ul class="bots" aria-label="Bots">
    {kills.map((kill) => {
      const state = bots.find(({ name }) => name === kill.bot)?.state ?? "stopped";
      return (
        <li key={kill.bot}>
          <p role="status" class={`bot-state ${state}`}>
            <strong>{kill.bot}</strong> {states[state]}
          </p>
          <button
            type="button"
            class="make"
            aria-disabled={kill.state === "busy"}
            aria-label={`Kill ${kill.bot}`}
            onClick={() => kill.state !== "busy" && onKill(kill)}
          >
            Kill
          </button>
        </li>
      );
    })}
  </ul>
);
