import type { ChatEntity } from "../../protocol.ts";

/** A stretch of text in which nothing begins or ends, with all that applies to it. */
export interface TextPiece {
  readonly text: string;
  readonly entities: readonly ChatEntity[];
}

/** Cuts a text where its entities begin and end; they may lie within each other. */
export function textPieces(text: string, entities: readonly ChatEntity[]): readonly TextPiece[] {
  const edges = entities.flatMap(({ offset, length }) => [offset, offset + length]);
  const cuts = [...new Set([0, ...edges, text.length])]
    .filter((cut) => cut >= 0 && cut <= text.length)
    .toSorted((one, other) => one - other);
  return cuts.slice(1).map((end, index) => {
    const start = cuts[index] ?? 0;
    return {
      text: text.slice(start, end),
      entities: entities.filter(({ offset, length }) => offset <= start && end <= offset + length),
    };
  });
}
