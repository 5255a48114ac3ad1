import { Icon } from "../icon.tsx";
import { Modal } from "../modal.tsx";
import type { ChatMessage, ChatPhoto } from "../../protocol.ts";
import { RichText } from "./rich-text.tsx";

export interface PhotoViewerProps {
  readonly photo: ChatPhoto;
  readonly caption: Pick<ChatMessage, "text" | "entities">;
  readonly alt: string;
  readonly onClose: () => void;
}

export const PhotoViewer = ({ photo, caption, alt, onClose }: PhotoViewerProps) => (
  <Modal label={alt} class="viewer" onClose={onClose}>
    <img src={photo.url} width={photo.width} height={photo.height} alt={alt} />
    {caption.text !== "" && <RichText text={caption.text} entities={caption.entities} />}
    <button type="button" class="round" aria-label="Close" onClick={onClose}>
      <Icon name="close" />
    </button>
  </Modal>
);
