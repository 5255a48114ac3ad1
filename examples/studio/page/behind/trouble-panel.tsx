import { troubles as words, type Happening, type TroubleStatus } from "../../protocol.ts";
import { TroubleSwitch } from "./trouble-switch.tsx";

export interface TroublePanelProps {
  readonly troubles: readonly TroubleStatus[];
  /** What became of the last trouble: among hundreds of other lines it would soon be out of sight. */
  readonly latest: Happening | undefined;
  readonly onPress: (trouble: TroubleStatus) => void;
}

/** What can be made to go wrong. Folded, because nobody's first look at the studio is for that. */
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
