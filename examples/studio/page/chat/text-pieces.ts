import type { ChatEntity } from "../../protocol.ts";

/** A piece of text with the entities that cover it. */
export interface TextPiece {
  readonly text: string;
  readonly entities: readonly ChatEntity[];
}

/** Splits a text where its entities begin and end; entities may be nested. */
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
