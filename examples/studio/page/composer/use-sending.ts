import { useState } from "preact/hooks";
import { sendFiles, sendSampleAlbum, type Answer } from "../ask-server.ts";
import type { SendAs } from "../../protocol.ts";

export interface Sending {
  /** What is under way, for people. */
  readonly progress: string | undefined;
  readonly files: (files: readonly File[], as: SendAs) => void;
  readonly sampleAlbum: () => void;
}

/** Sends files, one run at a time. */
export function useSending(tell: (asking: Promise<Answer<unknown>>) => Promise<boolean>): Sending {
  const [progress, setProgress] = useState<string>();

  const run = async (first: string, send: () => Promise<Answer<unknown>>): Promise<void> => {
    setProgress(first);
    await tell(send());
    setProgress(undefined);
  };

  return {
    progress,
    files: (files, as) => {
      if (files.length === 0 || progress) return;
      const words = (sent: number): string =>
        files.length === 1 ? `Sending ${files[0]?.name} …` : `Sending ${sent + 1} of ${files.length} files …`;
      void run(words(0), () => sendFiles(files, as, (sent) => setProgress(words(sent))));
    },
    sampleAlbum: () => {
      if (!progress) void run("Drawing a sample album …", sendSampleAlbum);
    },
  };
}
