import { sql, type ColumnDefinitionBuilder, type CreateTableBuilder, type RawBuilder } from "kysely";

type Column = ColumnDefinitionBuilder;

export const required = (column: Column): Column => column.notNull();

export const primaryKey = (column: Column): Column => column.notNull().primaryKey();

export const ofAvatar = (column: Column): Column =>
  column.notNull().references("likeness_avatar.id").onDelete("cascade");

export const flag = (name: string) => (column: Column) => column.notNull().check(sql`${sql.ref(name)} in (0, 1)`);

export const count = (name: string) => (column: Column) => column.notNull().check(sql`${sql.ref(name)} >= 0`);

export const time = (name: string) => (column: Column) => optionalTime(name)(column).notNull();

/** Fixed width, because the order of texts has to be the order of times. */
export const optionalTime = (name: string) => (column: Column) =>
  column.check(sql`${sql.ref(name)} like '____-__-__T__:__:__.___Z'`);

type Table = CreateTableBuilder<string, string>;
type Statuses = readonly [string, ...string[]];

/** The column holds one of these statuses. */
export const statuses = (known: Statuses) => (table: Table) =>
  table.addCheckConstraint("status_known", sql`status in (${list(known)})`);

/** These columns are not null in these statuses, and null in all others. */
export const filledExactlyIn =
  (known: Statuses, columns: readonly string[]) =>
  (table: Table): Table =>
    columns.reduce(
      (built, column) =>
        built.addCheckConstraint(
          `${column}_filled_exactly`,
          sql`(${sql.ref(column)} is not null) = (status in (${list(known)}))`,
        ),
      table,
    );

/** These columns are null outside of these statuses. */
export const filledOnlyIn =
  (known: Statuses, columns: readonly string[]) =>
  (table: Table): Table =>
    columns.reduce(
      (built, column) =>
        built.addCheckConstraint(
          `${column}_filled_only`,
          sql`${sql.ref(column)} is null or status in (${list(known)})`,
        ),
      table,
    );

/** These columns are not null in these statuses. */
export const filledIn =
  (known: Statuses, columns: readonly string[]) =>
  (table: Table): Table =>
    columns.reduce(
      (built, column) =>
        built.addCheckConstraint(
          `${column}_filled`,
          sql`${sql.ref(column)} is not null or status not in (${list(known)})`,
        ),
      table,
    );

const list = (values: Statuses): RawBuilder<unknown> => sql.join(values.map((value) => sql.lit(value)));
