import { troubles as words, type Activity, type TroubleStatus } from "../../protocol.ts";
import { TroubleSwitch } from "./trouble-switch.tsx";

export interface TroublePanelProps {
  readonly troubles: readonly TroubleStatus[];
  /** The outcome of the last trouble, shown here because its line soon scrolls out of view. */
  readonly latest: Activity | undefined;
  readonly onPress: (trouble: TroubleStatus) => void;
}

/** The troubles that can be started. Collapsed at first, because a new user does not need them. */
export function TroublePanel({ troubles, latest, onPress }: TroublePanelProps) {
  const armed = troubles.filter(({ state }) => state === "armed").map(({ name }) => words[name].label);
  return (
    <div class="making">
      <details>
        <summary>
          Make trouble
          {armed.length === 0 ? (
            <span class="hint">and see how the bot copes</span>
          ) : (
            <span class="hint armed">Armed: {armed.join(", ")}</span>
          )}
        </summary>
        <ul aria-label="Troubles">
          {troubles.map((trouble) => (
            <TroubleSwitch key={trouble.name} {...trouble} onPress={() => onPress(trouble)} />
          ))}
        </ul>
      </details>
      <p role="status" class={latest ? "latest" : "for-listeners"}>
        {latest?.line}
      </p>
    </div>
  );
}
