import type { Check, Found } from "../../ports/check.ts";
import type { Clock } from "../../ports/clock.ts";
import { cleanText } from "../../values/clean-text.ts";

/** One line of a check-up. */
export type Finding = Found & {
  /** The name of the check. */
  readonly check: string;
};

/** What all checks have found. JSON. */
export interface CheckUp {
  /** Whether something is broken. */
  readonly broken: boolean;
  /** In the order of the checks. */
  readonly findings: readonly Finding[];
}

const usualSeconds = 10;
const longestText = 300;
const mostFindings = 30;

/** Runs checks side by side, each within its time. A check that throws or hangs is a finding; the others go on. */
export async function runChecks({ clock }: { readonly clock: Clock }, checks: readonly Check[]): Promise<CheckUp> {
  const findings = (
    await Promise.all(
      checks.map(async (check) => {
        const all = await inTime(clock, check);
        return all.slice(0, mostFindings).map((each): Finding => ({ check: check.name, ...tidy(each) }));
      }),
    )
  ).flat();
  return { broken: findings.some(({ verdict }) => verdict === "broken"), findings };
}

function inTime(clock: Clock, { seconds = usualSeconds, ...check }: Check): Promise<readonly Found[]> {
  const controller = new AbortController();
  return new Promise((resolve) => {
    const callOff = clock.after(seconds * 1_000, () => {
      resolve([check.late ?? { verdict: "broken", what: `no answer within ${seconds} s`, whatToDo: lateAdvice }]);
      controller.abort();
    });
    const end = (all: readonly Found[]): void => {
      callOff();
      resolve(all);
    };
    // A check that throws at once rejects as well.
    new Promise<readonly Found[]>((started) => started(check.look(controller.signal))).then(end, (thrown: unknown) =>
      end([{ verdict: "broken", what: `it could not be looked at: ${messageOf(thrown)}`, whatToDo: thrownAdvice }]),
    );
  });
}

const lateAdvice = "see whether it is running and can be reached from here, then look again";
const thrownAdvice = "this is a defect of the check: please report it";

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** What others said may be in it: it stays one line, and steers neither a terminal nor the direction of the text. */
function tidy(one: Found): Found {
  const what = oneLine(one.what);
  return one.whatToDo === undefined ? { ...one, what } : { ...one, what, whatToDo: oneLine(one.whatToDo) };
}

const oneLine = (text: string): string => cleanText(text.replaceAll(/\p{Cf}/gu, ""), longestText);
