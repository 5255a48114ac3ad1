import type { ExportDocument } from "./export-document.ts";

/** A file of the export. */
export interface ExportFile {
  readonly name: string;
  readonly blobKey: string;
  readonly bytes: number;
}

/** The files that the document names, each once. */
export function filesOf({ avatars, pictures }: ExportDocument, models: "files" | "links"): ExportFile[] {
  const named = [
    ...avatars.flatMap(({ photos }) => photos.flatMap(({ file, sha256, bytes }) => fileOf(file, sha256, bytes))),
    ...pictures.flatMap(({ file, sha256, bytes }) => fileOf(file, sha256, bytes)),
    ...avatars.flatMap(({ trainings }) =>
      models === "links"
        ? []
        : trainings.flatMap(({ model }) => model.flatMap(({ file, sha256, bytes }) => fileOf(file, sha256, bytes))),
    ),
  ];
  return [...new Map(named.map((file) => [file.name, file])).values()];
}

const fileOf = (name: string | undefined, blobKey: string | undefined, bytes = 0): ExportFile[] =>
  name === undefined || blobKey === undefined ? [] : [{ name, blobKey, bytes }];
