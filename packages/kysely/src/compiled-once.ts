import type { Compilable, CompiledQuery, Kysely } from "kysely";
import type { Database } from "./database.ts";

/** Stands for a parameter while a query is compiled. */
class Slot {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

interface Shape<Row> {
  readonly query: CompiledQuery<Row>;
  /** For each parameter of the text its value, or the name of the parameter that has it. */
  readonly parameters: readonly unknown[];
}

/** By the adapter, which a database shares with its transactions. */
const shapes = new WeakMap<object, Map<string, Shape<unknown>>>();

/**
 * Runs a query that is built and compiled once for each database. To build and compile it costs more than to run it on
 * SQLite. `build` gets a stand-in for each value, so it must not look at the values; queries that differ have different
 * names.
 */
export async function compiledOnce<Row, Values extends object>(
  db: Kysely<Database>,
  name: string,
  values: Values,
  build: (on: Kysely<Database>, values: Values) => Compilable<Row>,
): Promise<Row[]> {
  const { adapter, plugins } = db.getExecutor();
  // A plugin, e.g. that of a schema, may make another text of the same query.
  if (plugins.length > 0) return (await db.executeQuery(build(db, values).compile())).rows;
  const known = shapes.get(adapter) ?? new Map<string, Shape<unknown>>();
  shapes.set(adapter, known);
  // A row that leaves out a column is another query.
  const key = `${name}: ${Object.keys(values).join()}`;
  const shape = (known.get(key) ?? compile(db, values, build)) as Shape<Row>;
  known.set(key, shape);
  const parameters = shape.parameters.map((parameter) =>
    parameter instanceof Slot ? values[parameter.name as keyof Values] : parameter,
  );
  return (await db.executeQuery<Row>({ ...shape.query, parameters })).rows;
}

function compile<Row, Values extends object>(
  db: Kysely<Database>,
  values: Values,
  build: (on: Kysely<Database>, values: Values) => Compilable<Row>,
): Shape<Row> {
  const slots = Object.fromEntries(Object.keys(values).map((name) => [name, new Slot(name)])) as Values;
  const query = build(db, slots).compile();
  return { query, parameters: query.parameters };
}
