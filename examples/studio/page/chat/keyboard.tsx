import { useState } from "preact/hooks";
import { press, refund } from "../ask-server.ts";
import { withStars } from "./with-stars.tsx";
import type { ChatButton, ChatMessage } from "../../protocol.ts";

export interface KeyboardProps {
  readonly message: ChatMessage;
  readonly onToast: (text: string, trouble?: boolean) => void;
  readonly onAlert: (text: string) => void;
  /** Opens the sheet on which the person confirms a payment. */
  readonly onPay: (message: ChatMessage) => void;
}

const problems = {
  unanswered: "The bot has not answered this button. It may be busy or starting again.",
  gone: "This button is not there any more.",
} as const;

/** Buttons under a message. A pressed one is busy until the bot has answered, even if the message changes meanwhile. */
export function Keyboard({ message, onToast, onAlert, onPay }: KeyboardProps) {
  const [busy, setBusy] = useState<readonly string[]>([]);

  const onPress = async (data: string): Promise<void> => {
    if (busy.includes(data)) return;
    setBusy((all) => [...all, data]);
    const answer = await press(message.id, data);
    setBusy((all) => all.filter((other) => other !== data));
    if (!answer.ok) return onToast(answer.problem, true);
    if (answer.value.type !== "answered") return onToast(problems[answer.value.type], true);
    const { text, alert } = answer.value;
    if (text) (alert ? onAlert : onToast)(text);
  };

  const onAct = async (act: NonNullable<ChatButton["act"]>): Promise<void> => {
    if (act === "pay") return onPay(message);
    const answer = await refund(message.id);
    if (!answer.ok) return onToast(answer.problem, true);
    onToast(answer.value.refunded ? "Telegram has given it back." : "It has been given back before.");
  };

  return (
    <div class="keyboard" role="group" aria-label="Buttons of this message">
      {message.buttons.map((row, index) => (
        <div key={index} class="keyboard-row">
          {row.map((button, column) => (
            <Key key={button.data ?? column} button={button} busy={busy} onPress={onPress} onAct={onAct} />
          ))}
        </div>
      ))}
    </div>
  );
}

interface KeyProps {
  readonly button: ChatButton;
  readonly busy: readonly string[];
  readonly onPress: (data: string) => Promise<void>;
  readonly onAct: (act: NonNullable<ChatButton["act"]>) => Promise<void>;
}

/** A sign before a label stays in the line of its first word. */
const mark = /^([✓☑☐▸]) /;

/** Stays focusable while it is busy, so that keyboard users keep their place. */
function Key({ button: { text, data, url, act }, busy, onPress, onAct }: KeyProps) {
  const waits = data !== undefined && busy.includes(data);
  const dead = data === undefined && act === undefined;
  return (
    <button
      type="button"
      class="key"
      aria-busy={waits}
      aria-disabled={waits || dead}
      title={url}
      onClick={() => void (data === undefined ? act && onAct(act) : onPress(data))}
    >
      {withStars(text.replace(mark, "$1\u00a0"))}
      {waits && <span class="spinner" />}
    </button>
  );
}
