import { createLikeness, type Likeness } from "@likeness/core";
import { storeTroubles, testPorts, type TestPorts } from "@likeness/testing";

/** A deployment in which each of these needs a person, an hour after it began. */
export interface Troubled {
  readonly likeness: Likeness;
  readonly fakes: TestPorts;
  readonly unknown: string;
  readonly late: string;
  readonly uncopied: string;
  readonly delivery: string;
  readonly message: string;
}

/** What a service said, as it should never reach a terminal or a page. */
export const hostile = "\u001B[2J\u001B]0;owned\u0007<script>alert(1)</script>\r\nnew line \u202Eright to left";

export async function troubled(): Promise<Troubled> {
  const fakes = testPorts();
  const { unknown, late, uncopied, delivery, message } = await storeTroubles(fakes.ports.store, { words: hostile });
  await fakes.clock.advance(3_600);
  const ids = { unknown: unknown.id, late: late.id, uncopied: uncopied.id, delivery: delivery.id, message: message.id };
  return { likeness: createLikeness(fakes.ports), fakes, ...ids };
}
