import { useEffect, useRef, useState } from "preact/hooks";
import { sendSampleAlbum, type Answer } from "../ask-server.ts";
import type { SendAs } from "../../protocol.ts";
import { sendFiles } from "./send-files.ts";

export interface Sending {
  /** A text about the current upload. */
  readonly progress: string | undefined;
  readonly files: (files: readonly File[], as: SendAs) => void;
  readonly sampleAlbum: () => void;
}

/** Sends files. Files that are chosen during an upload are queued. */
export function useSending(tell: (asking: Promise<Answer<unknown>>) => Promise<boolean>): Sending {
  const [progress, setProgress] = useState<string>();
  const isSending = progress !== undefined;
  const queue = useRef(Promise.resolve());
  const waiting = useRef(0);

  // The browser asks before it leaves the page, because unsent files are only in this page.
  useEffect(() => {
    if (!isSending) return undefined;
    addEventListener("beforeunload", prevent);
    return () => removeEventListener("beforeunload", prevent);
  }, [isSending]);

  const run = (first: string, send: () => Promise<Answer<unknown>>): void => {
    waiting.current += 1;
    setProgress((current) => current ?? first);
    queue.current = queue.current.then(async () => {
      setProgress(first);
      await tell(send());
      waiting.current -= 1;
      if (waiting.current === 0) setProgress(undefined);
    });
  };

  return {
    progress,
    files: (files, as) => {
      if (files.length === 0) return;
      const words = (sent: number): string =>
        files.length === 1 ? `Sending ${files[0]?.name} …` : `Sending ${sent + 1} of ${files.length} files …`;
      run(words(0), () => sendFiles(files, as, (sent) => setProgress(words(sent))));
    },
    sampleAlbum: () => {
      if (!isSending) run("Drawing a sample album …", sendSampleAlbum);
    },
  };
}

const prevent = (event: Event): void => event.preventDefault();
