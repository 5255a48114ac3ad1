import type { ComponentChildren, VNode } from "preact";
import type { ChatEntity } from "../../protocol.ts";
import { textPieces } from "./text-pieces.ts";
import { withStars } from "./with-stars.tsx";

export interface RichTextProps {
  readonly text: string;
  readonly entities: readonly ChatEntity[];
  /** Called when a command in the text is pressed. */
  readonly onCommand?: (command: string) => void;
}

/** Text with its formatting. Links are not clickable, because the page sends no requests to other hosts. */
export const RichText = ({ text, entities, onCommand }: RichTextProps) => (
  <p class="text" dir="auto">
    {textPieces(text, entities).map((piece, index) => (
      <Piece key={index} {...piece} onCommand={onCommand} />
    ))}
  </p>
);

const Piece = ({ text, entities, onCommand }: RichTextProps) =>
  entities.reduce<ComponentChildren>((content, entity) => dress(entity, content, text, onCommand), withStars(text));

function dress(entity: ChatEntity, content: ComponentChildren, text: string, onCommand: RichTextProps["onCommand"]) {
  if (entity.type === "text_link")
    return (
      <span class="link" title={entity.url}>
        {content}
      </span>
    );
  if (entity.type === "bot_command" && onCommand)
    return (
      <button type="button" class="link" onClick={() => onCommand(text)}>
        {content}
      </button>
    );
  return looks[entity.type]?.(content) ?? content;
}

/** By Telegram's names: https://core.telegram.org/bots/api#messageentity. Other entities are shown as plain text. */
const looks: Readonly<Record<string, (content: ComponentChildren) => VNode>> = {
  bold: (content) => <strong>{content}</strong>,
  italic: (content) => <em>{content}</em>,
  underline: (content) => <u>{content}</u>,
  strikethrough: (content) => <s>{content}</s>,
  code: (content) => <code>{content}</code>,
  pre: (content) => <code>{content}</code>,
  blockquote: (content) => <q class="block">{content}</q>,
  expandable_blockquote: (content) => <q class="block">{content}</q>,
  url: (content) => <span class="link">{content}</span>,
  email: (content) => <span class="link">{content}</span>,
};
