import { fileURLToPath } from "node:url";
import { runProgram } from "@likeness/test-processes/run-program.ts";
import { expect, it, onTestFinished } from "vitest";
import { temporarySqlite } from "../__fixtures__/temporary-sqlite.ts";

const program = fileURLToPath(new URL("../__fixtures__/processes/write-credits.ts", import.meta.url));

/** Queries that return what contradicts the promises of the ledger. */
const contradictions = {
  "a balance is the sum of its entries": `select owner_id from likeness_credit_account a where balance <>
    (select coalesce(sum(amount), 0) from likeness_credit_entry e where e.owner_id = a.owner_id)`,
  "what is owed is the sum of its entries": `select owner_id from likeness_credit_account a where owed <>
    (select coalesce(sum(owed), 0) from likeness_credit_entry e where e.owner_id = a.owner_id)`,
  "what is held is the sum of the open holds": `select owner_id from likeness_credit_account a where held <>
    (select coalesce(sum(amount), 0) from likeness_credit_hold h where h.owner_id = a.owner_id and h.state = 'held')`,
  "0 <= held <= balance": "select owner_id from likeness_credit_account where held < 0 or held > balance or owed < 0",
  "nothing is owed while it can be paid":
    "select owner_id from likeness_credit_account where owed > 0 and balance > held",
  "a reference is booked once": `select kind, reference from likeness_credit_entry group by kind, reference having count(*) > 1`,
  "the entries are numbered without gaps": `select owner_id from likeness_credit_account a where entries <>
    (select coalesce(max(number), 0) from likeness_credit_entry e where e.owner_id = a.owner_id) or entries <>
    (select count(*) from likeness_credit_entry e where e.owner_id = a.owner_id)`,
  "a hold is captured exactly by an entry": `select h.id from likeness_credit_hold h left join likeness_credit_entry e
    on e.kind = 'capture' and e.reference = h.id where (h.state = 'captured') <> (e.amount is not null and e.amount = -h.amount)`,
} as const;

it("keeps its promises while 8 processes write to the same accounts of one file", { timeout: 300_000 }, async () => {
  const { database, path } = await temporarySqlite();
  const writers = Array.from({ length: 8 }, (_, seed) =>
    runProgram(program, { parameters: [path, String(seed + 1), "150"], onTestFinished }),
  );
  await Promise.all(writers.map(({ said }) => said(/ready/)));
  for (const { child } of writers) child.stdin.write("go\n");
  for (const { ended } of writers) expect(await ended).toMatchObject({ code: 0, output: "ready\n", errors: "" });
  for (const [promise, query] of Object.entries(contradictions))
    expect(database.prepare(query).all(), promise).toStrictEqual([]);
  const kinds = database.prepare("select distinct kind from likeness_credit_entry order by kind").pluck().all();
  expect(kinds).toStrictEqual(["adjust", "capture", "debt", "refund", "top_up"]);
});
