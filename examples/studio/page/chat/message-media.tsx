import { Icon } from "../icon.tsx";
import type { ChatDocument, ChatMessage } from "../../protocol.ts";

export interface MessageMediaProps {
  readonly messages: readonly ChatMessage[];
  readonly botName: string;
  readonly onOpen: (message: ChatMessage, alt: string) => void;
}

/** What a bubble carries besides text: one picture, an album of them, files. */
export function MessageMedia({ messages, botName, onOpen }: MessageMediaProps) {
  const photos = messages.filter(({ photo }) => photo);
  return (
    <>
      {photos.length > 0 && (
        <div class={photos.length === 1 ? "photos single" : "photos"}>
          {photos.map((message, index) => {
            const place = photos.length > 1 ? ` ${index + 1} of ${photos.length}` : "";
            const alt = `Photo${place} from ${message.from === "bot" ? botName : "you"}`;
            const wide = index < widePhotos(photos.length);
            return <PhotoButton key={message.id} message={message} alt={alt} wide={wide} onOpen={onOpen} />;
          })}
        </div>
      )}
      {messages.map(({ id, document, other }) => (
        <div key={id} class="files">
          {document && <DocumentLine {...document} />}
          {other && <p class="other">{other}</p>}
        </div>
      ))}
    </>
  );
}

/** Rows have three photos; what does not divide by three begins with rows of two. By the remainder. */
const widePhotos = (count: number): number => [0, 4, 2][count % 3] ?? 0;

interface PhotoButtonProps extends Pick<MessageMediaProps, "onOpen"> {
  readonly message: ChatMessage;
  readonly alt: string;
  readonly wide: boolean;
}

const PhotoButton = ({ message, alt, wide, onOpen }: PhotoButtonProps) => (
  <button
    type="button"
    class={wide ? "photo wide" : "photo"}
    id={`photo-${message.id}`}
    onClick={() => onOpen(message, alt)}
  >
    <img src={message.photo?.url} width={message.photo?.width} height={message.photo?.height} alt={alt} />
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
