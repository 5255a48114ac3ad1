import { spawnSync } from "node:child_process";
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { root } from "../repository.ts";
import { faultsOfWorkflow } from "./faults-of-workflow.ts";
import type { Manifest } from "./published-packages.ts";

const manifests = globSync("{packages,examples}/*/package.json", { cwd: root });

/** The workspace's manifests in a folder of their own, where versions can be raised. */
function workspaceCopy(): string {
  const folder = mkdtempSync(join(tmpdir(), "likeness-release-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const path of [
    "package.json",
    "package-lock.json",
    ".prettierrc.json",
    ".changeset/config.json",
    ...manifests,
  ]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path));
  }
  // The texts would name commits, and this is no repository.
  const config = join(folder, ".changeset/config.json");
  writeFileSync(config, JSON.stringify({ ...JSON.parse(readFileSync(config, "utf8")), changelog: false }));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  return folder;
}

describe("a release", () => {
  it("gives every package the same version, and siblings exactly that", () => {
    const folder = workspaceCopy();
    writeFileSync(join(folder, ".changeset/some.md"), `---\n"@likeness/otel": major\n---\n\nSomething.\n`);
    const cli = join(root, "node_modules/@changesets/cli/bin.js");
    const run = spawnSync(process.execPath, [cli, "version"], { cwd: folder, encoding: "utf8" });
    expect(run.status, run.stdout + run.stderr).toBe(0);
    const raised = manifests.map((path): Manifest => JSON.parse(readFileSync(join(folder, path), "utf8")));
    expect(new Set(raised.map(({ version }) => version))).toStrictEqual(new Set(["1.0.0"]));
    const siblings = raised.flatMap(({ dependencies = {}, devDependencies = {}, peerDependencies = {} }) =>
      Object.entries({ ...dependencies, ...devDependencies, ...peerDependencies }).filter(([name]) =>
        raised.some((sibling) => sibling.name === name),
      ),
    );
    expect(siblings.length).toBeGreaterThan(20);
    expect(siblings.filter(([, range]) => range !== "1.0.0")).toStrictEqual([]);
  });

  it("has changesets that name packages of the workspace", () => {
    const names = new Set(
      manifests.map((path) => (JSON.parse(readFileSync(join(root, path), "utf8")) as Manifest).name),
    );
    const changesets = globSync(".changeset/*.md", { cwd: root }).map((path) => readFileSync(join(root, path), "utf8"));
    const named = changesets.flatMap((text) =>
      [...text.matchAll(/^"([^"]+)": (?:patch|minor|major)$/gm)].map(([, name = ""]) => name),
    );
    expect(named.length).toBeGreaterThanOrEqual(changesets.length);
    expect(named.filter((name) => !names.has(name))).toStrictEqual([]);
  });
});

const readWorkflow = (path: string): string => readFileSync(join(root, path), "utf8");

describe.each([".github/workflows/ci.yml", ".github/workflows/release.yml"])("%s", (path) => {
  const workflow = readWorkflow(path);

  it("has no fault that a linter finds", async () => {
    expect(await faultsOfWorkflow(workflow)).toStrictEqual([]);
  });

  it.each([
    ["is no YAML", "jobs:", "jobs", /Implicit|Nested|mapping/i],
    ["has another indentation", "    steps:", "   steps:", /mapping items must start at the same column/],
    ["has a key that there is not", "runs-on:", "run-on:", /unexpected key "run-on"/],
    ["asks for a right that there is not", "contents: read", "contents: reed", /"reed" is invalid/],
    ["breaks off in an expression", "run: bash", "run: ${{ bash", /while lexing expression/],
  ])("would not pass where it %s", async (_, right, wrong, fault) => {
    expect(workflow).toContain(right);
    expect((await faultsOfWorkflow(workflow.replace(right, wrong))).join("\n")).toMatch(fault);
  });

  it("runs actions at a commit, which nobody can move, and all that has to pass", () => {
    const actions = [...workflow.matchAll(/uses: (.+)/g)].map(([, action]) => action);
    expect(actions.length).toBeGreaterThan(0);
    for (const action of actions) expect(action).toMatch(/^[\w/-]+@[0-9a-f]{40} # v\d/);
    expect(workflow).toMatch(/^ +- run: bash \.ci\/run$/m);
  });
});

it("pull requests are checked, with no right but to read", () => {
  const workflow = readWorkflow(".github/workflows/ci.yml");
  expect(workflow).toMatch(/^ {2}pull_request:$/m);
  expect(workflow).not.toContain(": write");
});

describe("the workflow of a release", () => {
  const workflow = readWorkflow(".github/workflows/release.yml");

  it("would not pass with a job that waits for none", async () => {
    const faults = await faultsOfWorkflow(workflow.replace("needs: check", "needs: chek"));
    expect(faults.join("\n")).toContain('needs job "chek" which does not exist');
  });

  it("publishes only what passed and could be installed, and lets no other run replace one that waits", () => {
    expect(workflow).toMatch(/^ {2}publish:\n {4}needs: \[check, installs\]$/m);
    expect(workflow).toMatch(/^ +- run: npm run check:installs$/m);
    expect(workflow).not.toMatch(/^concurrency/m);
    expect(workflow).toMatch(/^ {4}concurrency: publish$/m);
  });

  it("proves where packages come from", () => {
    const [, publish = ""] = workflow.split(/^ {2}publish:$/m);
    expect(publish).toContain("id-token: write");
    expect(publish).toContain('NPM_CONFIG_PROVENANCE: "true"');
    expect(workflow.replace(publish, "")).not.toContain("id-token");
  });
});
