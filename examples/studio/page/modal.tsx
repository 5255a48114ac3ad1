import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

export interface ModalProps {
  readonly label: string;
  readonly class: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** The browser's own dialog: it keeps the focus inside, closes on Escape and gives the focus back. */
export function Modal({ label, class: look, onClose, children }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const closeOutside = ({ target }: Event): void => {
    if (target === dialog.current) onClose();
  };
  return (
    <dialog ref={dialog} class={look} aria-label={label} onClose={onClose} onClick={closeOutside}>
      {children}
    </dialog>
  );
}
