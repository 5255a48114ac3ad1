const cells = 30;

/** One line that is redrawn on a terminal; in a pipe or a log, one line per change. */
export function progressBar(output: NodeJS.WriteStream) {
  let last = "";
  return {
    draw: (percent: number, label: string): void => {
      const filled = Math.round((percent / 100) * cells);
      const line = `  [${"█".repeat(filled)}${"·".repeat(cells - filled)}] ${String(percent).padStart(3)} %  ${label}`;
      if (line === last) return;
      output.write(output.isTTY ? `\r\u001B[K${line}` : `${line}\n`);
      last = line;
    },
    end: (): void => {
      if (output.isTTY && last) output.write("\n");
    },
  };
}
