import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { projectManifest } from "./project-manifest.ts";
import { questionNames, type Answers } from "./questions.ts";

const template = fileURLToPath(new URL("../template", import.meta.url));

/** The contents of a project's files, by their paths in its folder. */
export type Project = ReadonlyMap<string, string>;

/** Files whose name in the template is another: npm leaves some out of packages, and editors read others in place. */
const renamed: Readonly<Record<string, string>> = {
  gitignore: ".gitignore",
  env: ".env.example",
  "tsconfig.project.json": "tsconfig.json",
};

/** Puts a project together: the files of the bot, and those of each choice. Files of the same name follow each other. */
export function composeProject(name: string, answers: Answers): Project {
  const folders = ["bot", ...questionNames.map((question) => answers[question].value)];
  const project = new Map([["package.json", `${JSON.stringify(projectManifest(name, answers), undefined, 2)}\n`]]);
  for (const folder of folders)
    for (const path of filesIn(join(template, folder))) {
      const target = renamed[path] ?? path;
      const content = readFileSync(join(template, folder, path), "utf8").replaceAll("\r\n", "\n");
      project.set(target, (project.get(target) ?? "") + content);
    }
  const page = project.get("README.md");
  if (page !== undefined) project.set("README.md", page.replace("my-bot", name));
  return project;
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .toSorted();
