import {
  CompilerState,
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  type IConfigFile,
} from "@microsoft/api-extractor";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../repository.ts";
import { entriesOf, type PublishedPackage } from "./published-packages.ts";

/** What an entry of a package exports, as text for a review. */
export interface ApiReport {
  /** Where it belongs: `api/index.api.md` of the package, `api/testing-msw.api.md` for its entry `./testing/msw`. */
  readonly path: string;
  readonly text: string;
}

/**
 * What the built packages export: every signature, and every type that a host reaches from one, exported or not. Entries
 * of a package share types: what is not exported is shown for the first entry that reaches it.
 */
export function apiReports(packages: readonly PublishedPackage[]): ApiReport[] {
  const scratch = mkdtempSync(join(tmpdir(), "likeness-api-"));
  try {
    const perPackage = packages.map((published) =>
      entriesOf(published).map(({ specifier, types }) => {
        const name = specifier.slice(published.manifest.name.length + 1).replaceAll("/", "-") || "index";
        const file = `${name}.api.md`;
        return { path: join(published.folder, "api", file), file, config: prepare(published, types, name, scratch) };
      }),
    );
    const extract = extraction(perPackage.flat().map(({ config }) => config));
    return perPackage.flatMap((entries) => {
      const shown = new Set<string>();
      return entries.map(({ path, file, config }) => {
        extract(config);
        return { path, text: condensed(readFileSync(join(scratch, file), "utf8"), shown) };
      });
    });
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** All entries share one program: reading the libraries takes longer than everything else. */
function extraction(configs: readonly ExtractorConfig[]): (config: ExtractorConfig) => void {
  const [first] = configs;
  if (!first) return () => {};
  const additionalEntryPoints = configs.map(({ mainEntryPointFilePath }) => mainEntryPointFilePath);
  const compilerState = CompilerState.create(first, { additionalEntryPoints });
  return (config) => {
    const problems: string[] = [];
    Extractor.invoke(config, {
      compilerState,
      localBuild: true,
      messageCallback: (message) => {
        message.handled = true;
        if (message.logLevel === ExtractorLogLevel.Error)
          problems.push(message.formatMessageWithLocation(config.projectFolder));
      },
    });
    if (problems.length > 0) throw new Error(problems.join("\n"));
  };
}

/** Leaves out notes about comments, which change no host, and types that `shown` has already. */
function condensed(report: string, shown: Set<string>): string {
  const declarations = report
    .replaceAll(/^ *\/\/ \(undocumented\)\n/gm, "")
    .replaceAll(" (undocumented)", "")
    .replace("// (No @packageDocumentation comment for this package)\n\n", "")
    .split("\n\n");
  return declarations
    .filter((declaration) => {
      const type = declaration.replace(/^export /m, "");
      const isRepeated = type === declaration && declaration.startsWith("// @") && shown.has(type);
      shown.add(type);
      return !isRepeated;
    })
    .join("\n\n");
}

const prepare = ({ folder }: PublishedPackage, types: string, name: string, scratch: string): ExtractorConfig =>
  ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(folder, "package.json"),
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: types,
      newlineKind: "lf",
      compiler: { overrideTsconfig: { compilerOptions, files: [types] } },
      apiReport: {
        enabled: true,
        includeForgottenExports: true,
        reportFileName: name,
        reportFolder: scratch,
        reportTempFolder: scratch,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages,
    },
  });

const compilerOptions = {
  target: "ES2023",
  lib: ["ES2023", "DOM", "DOM.Iterable", "DOM.AsyncIterable"],
  module: "NodeNext",
  types: ["node"],
  typeRoots: [join(root, "node_modules/@types")],
  strict: true,
  skipLibCheck: true,
};

/** Only what keeps a report from being true is a problem. */
const messages = {
  compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
  extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
  tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
} satisfies IConfigFile["messages"];
