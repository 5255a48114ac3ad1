import { useMemo, useRef } from "preact/hooks";
import { Icon } from "../icon.tsx";
import type { StudioState } from "../studio-state.ts";
import { useStickToEnd } from "../use-stick-to-end.ts";
import { arrange } from "./arrange.ts";
import { Bubble, type BubbleProps } from "./bubble.tsx";
import { EmptyChat } from "./empty-chat.tsx";

export interface ChatLogProps extends Pick<BubbleProps, "onOpen" | "onCommand" | "onToast" | "onAlert" | "onPay"> {
  readonly state: StudioState;
}

/** The conversation. Screen readers announce new messages, but not edits, such as progress. */
export function ChatLog({ state, ...handlers }: ChatLogProps) {
  const { room, messages } = state;
  const box = useRef<HTMLDivElement>(null);
  const { away, unseen, toEnd } = useStickToEnd(box, messages.length);
  const rows = useMemo(() => arrange(messages), [messages]);
  const find = useMemo(() => {
    const byId = new Map(messages.map((message) => [message.id, message]));
    return (id: number) => byId.get(id);
  }, [messages]);

  return (
    <div class="log-frame">
      <div ref={box} class="log" role="log" aria-live="polite" aria-label={`Chat with ${room.botName}`} tabIndex={0}>
        <div class="log-rows">
          {messages.length === 0 && <EmptyChat botName={room.botName} onStart={() => handlers.onCommand("/start")} />}
          {rows.map((row) => {
            if (row.type === "day")
              return (
                <p key={row.key} class="aside">
                  {row.day}
                </p>
              );
            if (row.type === "service")
              return (
                <p key={row.key} class="aside">
                  {row.message.text}
                </p>
              );
            const { key, first, messages: together } = row;
            return (
              <Bubble key={key} first={first} messages={together} botName={room.botName} find={find} {...handlers} />
            );
          })}
          {room.action && (
            <p class="paper dots" aria-hidden="true">
              <i /> <i /> <i />
            </p>
          )}
        </div>
      </div>
      {away && (
        <button type="button" class="to-end" onClick={() => toEnd("smooth")}>
          <Icon name="down" />
          {unseen > 0 ? `${unseen} new ${unseen === 1 ? "message" : "messages"}` : "Newest message"}
        </button>
      )}
    </div>
  );
}
