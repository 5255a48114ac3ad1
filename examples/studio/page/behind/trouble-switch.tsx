import { useId } from "preact/hooks";
import { troubles as words, type TroubleStatus } from "../../protocol.ts";

export interface TroubleSwitchProps extends TroubleStatus {
  readonly onPress: () => void;
}

/** One trouble: a button that stays pressed while it waits, and a sentence about its effect. */
export function TroubleSwitch({ name, state, onPress }: TroubleSwitchProps) {
  const id = useId();
  const about: { readonly label: string; readonly about: string; readonly armed?: string } = words[name];
  return (
    <li>
      <button
        type="button"
        class="make"
        aria-pressed={about.armed === undefined ? undefined : state === "armed"}
        aria-disabled={state === "busy"}
        aria-describedby={id}
        onClick={() => state !== "busy" && onPress()}
      >
        {about.label}
      </button>
      <p id={id}>{about.about}</p>
      <p role="status" class="armed">
        {state === "armed" && `${about.armed} Press again to take it back.`}
        {state === "busy" && "Under way …"}
      </p>
    </li>
  );
}
