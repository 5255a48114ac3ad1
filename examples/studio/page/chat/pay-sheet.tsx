import { useState } from "preact/hooks";
import { pay } from "../ask-server.ts";
import { Modal } from "../modal.tsx";
import { withStars } from "./with-stars.tsx";
import type { ChatMessage } from "../../protocol.ts";

export interface PaySheetProps {
  readonly message: ChatMessage;
  readonly onToast: (text: string, trouble?: boolean) => void;
  readonly onAlert: (text: string) => void;
  readonly onClose: () => void;
}

const outcomes = {
  paid: "Paid.",
  timeout: "The bot did not answer in time, so nothing was paid (BOT_PRECHECKOUT_TIMEOUT).",
  gone: "This invoice is not there any more.",
  "opened-bot": "The forwarded copy has no Pay button: it opened the bot for your friend instead.",
} as const;

/** Where a person confirms a payment, or does not. The Stars are play money. */
export function PaySheet({ message, onToast, onAlert, onClose }: PaySheetProps) {
  const [busy, setBusy] = useState(false);
  const confirm = async (forwarded: boolean): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const answer = await pay(message.id, forwarded);
    setBusy(false);
    onClose();
    if (!answer.ok) return onToast(answer.problem, true);
    if (answer.value.type === "refused") return onAlert(answer.value.text);
    onToast(outcomes[answer.value.type], answer.value.type === "timeout");
  };
  const label = message.buttons.flat().find(({ act }) => act === "pay")?.text ?? "Pay";
  const [title, ...about] = message.text.split("\n");
  return (
    <Modal label="Confirm the payment" class="alert" onClose={onClose}>
      <h2>{title}</h2>
      <p>{about.join("\n")}</p>
      <button type="button" class="main" aria-busy={busy} onClick={() => void confirm(false)}>
        {withStars(label)}
      </button>
      <button type="button" class="plain" onClick={() => void confirm(true)}>
        As a friend, from a forwarded copy
      </button>
      <button type="button" class="plain" onClick={onClose}>
        Not now
      </button>
    </Modal>
  );
}
