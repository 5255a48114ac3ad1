import { z } from "zod";

/** What a picture shows, from which it can be drawn again at any size. It lies in each picture as its comment. */
export const drawingSchema = z.object({
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  prompt: z.string(),
  /** Decides what is where. */
  seed: z.number(),
  /** Whose face it is: the avatar's trigger and weights. Absent: there is no face. */
  avatar: z.string().optional(),
  /** Seed and share of a change of all colours. */
  tint: z.object({ seed: z.number(), strength: z.number() }).optional(),
  /** How often it was enlarged. */
  enlarged: z.number().optional(),
});

export type Drawing = z.infer<typeof drawingSchema>;

const name = "likeness-drawing ";

export const commentOf = (drawing: Drawing): Uint8Array => Buffer.from(name + JSON.stringify(drawing));

/** The drawing in a comment; `undefined` when it was not made here. */
export function drawingIn(comment: Uint8Array): Drawing | undefined {
  const text = Buffer.from(comment).toString("utf8");
  if (!text.startsWith(name)) return undefined;
  try {
    return drawingSchema.safeParse(JSON.parse(text.slice(name.length))).data;
  } catch {
    return undefined;
  }
}
