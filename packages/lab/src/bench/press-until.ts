import { setTimeout as wait } from "node:timers/promises";
import type { Person } from "@likeness/grammy/testing";
import { buttonOf, press } from "./walk.ts";

const pauseMilliseconds = 100;

/** Ticks and unticks a box of the bot until the signal, and tells in how many milliseconds each press was answered. */
export async function pressUntil(person: Person, signal: AbortSignal): Promise<readonly number[]> {
  const times: number[] = [];
  while (!signal.aborted) {
    const start = performance.now();
    const pressed = press(person, buttonOf(person, "v1:tick:photos") ? "v1:tick:photos" : "v1:untick:photos");
    await pressed.answer;
    times.push(performance.now() - start);
    await wait(pauseMilliseconds);
  }
  return times;
}
