import type { ChatMessage } from "../../protocol.ts";

export interface ReplyQuoteProps {
  /** `undefined` when it was deleted. */
  readonly message: ChatMessage | undefined;
  readonly botName: string;
}

/** A short quote of the message that was replied to; pressing it scrolls there. */
export function ReplyQuote({ message, botName }: ReplyQuoteProps) {
  if (!message) return <p class="quote">A deleted message</p>;
  const show = (): void => {
    const target = document.getElementById(`photo-${message.id}`) ?? document.getElementById(`message-${message.id}`);
    target?.scrollIntoView({ block: "center" });
    target?.animate([{ outline: "3px solid var(--accent)" }, { outline: "3px solid transparent" }], 1200);
  };
  const [who, what] = [message.from === "bot" ? botName : "You", shortOf(message)];
  return (
    <button type="button" class="quote" aria-label={`Answers ${who}: ${what}`} onClick={show}>
      {message.photo && <img src={message.photo.url} alt="" width="36" height="36" />}
      <span>
        <span class="quote-who">{who}</span>
        <span class="quote-what">{what}</span>
      </span>
    </button>
  );
}

const shortOf = ({ text, photo, document, other }: ChatMessage): string =>
  text || (photo && "Photo") || document?.name || other || "Message";
