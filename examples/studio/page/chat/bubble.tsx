import type { ChatMessage } from "../../protocol.ts";
import { clockTime } from "../clock-time.ts";
import { textsBelow } from "./captions.ts";
import { Keyboard, type KeyboardProps } from "./keyboard.tsx";
import { MessageMedia, type MessageMediaProps } from "./message-media.tsx";
import { ReplyQuote } from "./reply-quote.tsx";
import { RichText } from "./rich-text.tsx";

export interface BubbleProps extends Omit<KeyboardProps, "message">, MessageMediaProps {
  readonly first: ChatMessage;
  readonly find: (id: number) => ChatMessage | undefined;
  readonly onCommand: (command: string) => void;
}

export function Bubble({ first, messages, botName, find, onOpen, onCommand, onToast, onAlert, onPay }: BubbleProps) {
  const mine = first.from === "person";
  const withButtons = messages.find(({ buttons }) => buttons.length > 0);
  return (
    <article class={mine ? "bubble mine" : "bubble theirs"} id={`message-${first.id}`} tabIndex={-1}>
      <div class="paper">
        <h3 class="for-listeners">{mine ? "You" : botName}</h3>
        {first.replyTo !== undefined && <ReplyQuote message={find(first.replyTo)} botName={botName} />}
        <MessageMedia messages={messages} botName={botName} onOpen={onOpen} />
        {textsBelow(messages).map(({ id, text, entities }) => (
          <RichText key={id} text={text} entities={entities} onCommand={onCommand} />
        ))}
        <p class="time">
          {messages.some(({ edited }) => edited) && "edited "}
          <time dateTime={new Date(first.at * 1000).toISOString()}>{clockTime(first.at * 1000)}</time>
        </p>
      </div>
      {withButtons && <Keyboard message={withButtons} onToast={onToast} onAlert={onAlert} onPay={onPay} />}
    </article>
  );
}
