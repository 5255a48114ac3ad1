import { useRef, useState } from "preact/hooks";
import { arrowKeys } from "../arrow-keys.ts";
import { Icon } from "../icon.tsx";
import { useStickToEnd } from "../use-stick-to-end.ts";
import { makeTrouble } from "../ask-server.ts";
import type { StudioState } from "../studio-state.ts";
import { kinds, type Kind, type TroubleStatus } from "../../protocol.ts";
import { BotsBar } from "./bots-bar.tsx";
import { fold } from "./fold.ts";
import { ActivityLine } from "./activity-line.tsx";
import { TroublePanel } from "./trouble-panel.tsx";

export interface BehindPanelProps {
  readonly state: Pick<StudioState, "bots" | "activities" | "troubles">;
  readonly show: (text: string, trouble?: boolean) => void;
}

const allKinds = Object.keys(kinds) as Kind[];

/** What the bot, Telegram and fal do while the person chats. */
export function BehindPanel({ state: { bots, activities, troubles }, show }: BehindPanelProps) {
  const [hidden, setHidden] = useState<readonly Kind[]>([]);
  const shown = fold(activities.filter(({ kind }) => !hidden.includes(kind)));
  const box = useRef<HTMLDivElement>(null);
  const lastOpenable = shown.findLast(({ first }) => first.details !== undefined);
  const newest = shown.at(-1)?.first.id ?? 0;
  const { away, toEnd } = useStickToEnd(box, newest);
  const toggle = (kind: Kind): void =>
    setHidden((all) => (all.includes(kind) ? all.filter((other) => other !== kind) : [...all, kind]));
  const press = async (trouble: TroubleStatus): Promise<void> => {
    const answer = await makeTrouble(trouble, trouble.state !== "armed");
    if (!answer.ok) show(answer.problem, true);
  };
  const ofOneBot = troubles.filter(({ bot }) => bot !== undefined);

  return (
    <aside class="behind" aria-labelledby="behind-title">
      <header>
        <h2 id="behind-title">Behind the chat</h2>
        <div class="filters" role="group" aria-label="Show">
          {allKinds.map((kind) => (
            <button
              key={kind}
              type="button"
              class={`filter kind-${kind}`}
              aria-pressed={!hidden.includes(kind)}
              title={kinds[kind].about}
              onClick={() => toggle(kind)}
            >
              {kinds[kind].label}
            </button>
          ))}
        </div>
      </header>
      {ofOneBot.length > 0 && <BotsBar bots={bots} kills={ofOneBot} onKill={(trouble) => void press(trouble)} />}
      <TroublePanel
        troubles={troubles.filter(({ bot }) => bot === undefined)}
        latest={activities.findLast(({ kind }) => kind === "trouble")}
        onPress={(trouble) => void press(trouble)}
      />
      <div
        ref={box}
        class="activities"
        tabIndex={0}
        role="region"
        aria-label="What happened, the newest last. Arrow keys go from line to line."
      >
        <ol onKeyDown={arrowKeys("summary")}>
          {shown.map((row) => (
            <ActivityLine key={row.first.id} {...row} tabStop={row === lastOpenable} />
          ))}
        </ol>
        {shown.length === 0 && (
          <p class="quiet nothing">
            {activities.length === 0 ? "Nothing has happened yet." : "Nothing of what is shown has happened yet."}
          </p>
        )}
      </div>
      {away && (
        <button type="button" class="to-end" onClick={() => toEnd("smooth")}>
          <Icon name="down" /> Newest
        </button>
      )}
    </aside>
  );
}
