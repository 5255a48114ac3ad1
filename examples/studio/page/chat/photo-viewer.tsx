import { Icon } from "../icon.tsx";
import { Modal } from "../modal.tsx";
import type { ChatPhoto } from "../../protocol.ts";

export interface PhotoViewerProps {
  readonly photo: ChatPhoto;
  readonly alt: string;
  readonly onClose: () => void;
}

export const PhotoViewer = ({ photo, alt, onClose }: PhotoViewerProps) => (
  <Modal label={alt} class="viewer" onClose={onClose}>
    <img src={photo.url} width={photo.width} height={photo.height} alt={alt} />
    <button type="button" class="round" aria-label="Close" onClick={onClose}>
      <Icon name="close" />
    </button>
  </Modal>
);
