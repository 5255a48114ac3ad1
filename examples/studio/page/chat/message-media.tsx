import { useState } from "preact/hooks";
import { arrowKeys } from "../arrow-keys.ts";
import { Icon } from "../icon.tsx";
import type { ChatDocument, ChatMessage } from "../../protocol.ts";
import { nameOf } from "./captions.ts";
import { RichText } from "./rich-text.tsx";
import { shownSize } from "./shown-size.ts";

export interface MessageMediaProps {
  readonly messages: readonly ChatMessage[];
  readonly botName: string;
  readonly onOpen: (message: ChatMessage, alt: string) => void;
}

/** The media of a bubble: one picture, an album, or files. */
export function MessageMedia({ messages, botName, onOpen }: MessageMediaProps) {
  const photos = messages.filter(({ photo }) => photo);
  return (
    <>
      {photos.length > 0 && <Photos photos={photos} botName={botName} onOpen={onOpen} />}
      {messages.map(({ id, document, other, text, entities }) => (
        <div key={id} class="files">
          {document && <DocumentLine {...document} />}
          {document && text !== "" && <RichText text={text} entities={entities} />}
          {other && <p class="other">{other}</p>}
        </div>
      ))}
    </>
  );
}

interface PhotosProps extends Pick<MessageMediaProps, "botName" | "onOpen"> {
  readonly photos: readonly ChatMessage[];
}

/** The pictures of an album are one Tab stop: the one that had the focus last, initially the first. */
function Photos({ photos, botName, onOpen }: PhotosProps) {
  const [current, setCurrent] = useState(0);
  const [single, stop] = [photos.length === 1, Math.min(current, photos.length - 1)];
  const label = single ? undefined : `Album of ${photos.length} photos. Arrow keys go from photo to photo.`;
  return (
    <div
      class={single ? "photos single" : "photos"}
      role={single ? undefined : "group"}
      aria-label={label}
      onKeyDown={arrowKeys("button", "grid")}
    >
      {photos.map((message, index) => {
        const alt = nameOf(message, botName, single ? undefined : `${index + 1} of ${photos.length}`);
        const wide = index < widePhotos(photos.length);
        const onFocus = (): void => setCurrent(index);
        const tabIndex = index === stop ? 0 : -1;
        return <PhotoButton key={message.id} {...{ message, alt, wide, tabIndex, onFocus, onOpen }} />;
      })}
    </div>
  );
}

/** Rows have three photos; if the number is not divisible by three, the first rows have two. By the remainder. */
const widePhotos = (count: number): number => [0, 4, 2][count % 3] ?? 0;

interface PhotoButtonProps extends Pick<MessageMediaProps, "onOpen"> {
  readonly message: ChatMessage;
  readonly alt: string;
  readonly wide: boolean;
  readonly tabIndex: number;
  readonly onFocus: () => void;
}

const PhotoButton = ({ message, alt, wide, tabIndex, onFocus, onOpen }: PhotoButtonProps) => (
  <button
    type="button"
    class={wide ? "photo wide" : "photo"}
    id={`photo-${message.id}`}
    tabIndex={tabIndex}
    onFocus={onFocus}
    onClick={() => onOpen(message, alt)}
  >
    {message.photo && <img src={message.photo.url} {...shownSize(message.photo)} alt={alt} />}
  </button>
);

const DocumentLine = ({ url, name, bytes }: ChatDocument) => (
  <a class="document" href={url} download={name}>
    <span class="document-icon">
      <Icon name="file" />
    </span>
    <span>
      <span class="document-name">{name}</span>
      <span class="quiet">{bytes === undefined ? "File" : sizeOf(bytes)}</span>
    </span>
  </a>
);

const sizeOf = (bytes: number): string =>
  bytes < 1000 ? `${bytes} bytes` : bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
