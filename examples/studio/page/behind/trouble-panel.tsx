import { troubles as words, type TroubleStatus } from "../../protocol.ts";
import { makeTrouble } from "../ask-server.ts";
import { Icon } from "../icon.tsx";
import { TroubleSwitch } from "./trouble-switch.tsx";

export interface TroublePanelProps {
  readonly troubles: readonly TroubleStatus[];
  readonly show: (text: string, trouble?: boolean) => void;
}

/** What can be made to go wrong. Folded, because nobody's first look at the studio is for that. */
export function TroublePanel({ troubles, show }: TroublePanelProps) {
  const armed = troubles.filter(({ state }) => state === "armed");
  const set = async ({ name, state }: TroubleStatus): Promise<void> => {
    const answer = await makeTrouble(name, state !== "armed");
    if (!answer.ok) show(answer.problem, true);
  };
  return (
    <details class="making">
      <summary>
        <Icon name="down" />
        <span>Make trouble</span>
        <span class="quiet">
          {armed.length > 0 ? armed.map(({ name }) => words[name].label).join(", ") : "and see how the bot copes"}
        </span>
      </summary>
      <ul aria-label="Troubles">
        {troubles.map((trouble) => (
          <TroubleSwitch key={trouble.name} {...trouble} onPress={() => void set(trouble)} />
        ))}
      </ul>
    </details>
  );
}
