import { OperationNodeTransformer, RawNode, type ColumnDefinitionNode, type KyselyPlugin, type QueryId } from "kysely";
import type { Migration } from "../migrations/migration.ts";
import { migrations } from "../migrations/migrations.ts";

/**
 * Text is compared by its bytes, as in SQLite, regardless of the database's locale. That is fast, and an update of the
 * operating system does not break an index. https://www.postgresql.org/docs/current/collation.html
 */
class OrderedByBytes extends OperationNodeTransformer {
  protected override transformColumnDefinition(node: ColumnDefinitionNode, queryId?: QueryId): ColumnDefinitionNode {
    const column = super.transformColumnDefinition(node, queryId);
    return isText(column) ? { ...column, dataType: RawNode.createWithSql(`text collate "C"`) } : column;
  }
}

const isText = ({ dataType }: ColumnDefinitionNode): boolean => "dataType" in dataType && dataType.dataType === "text";

const transformer = new OrderedByBytes();

const orderedByBytes: KyselyPlugin = {
  transformQuery: ({ node, queryId }) => transformer.transformNode(node, queryId),
  transformResult: async ({ result }) => result,
};

/** `migrations` for PostgreSQL. The job queue has its own schema and its own migrations. */
export const postgresMigrations: Readonly<Record<string, Migration>> = Object.freeze(
  Object.fromEntries(
    Object.entries(migrations).map(([name, { up }]): [string, Migration] => [
      name,
      { up: (db) => up(db.withPlugin(orderedByBytes)) },
    ]),
  ),
);
