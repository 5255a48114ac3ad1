import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

export async function childrenOf(pid: number): Promise<number[]> {
  const found = await text(spawn("pgrep", ["-P", String(pid)]).stdout);
  return found.trim().split("\n").filter(Boolean).map(Number);
}

export const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
