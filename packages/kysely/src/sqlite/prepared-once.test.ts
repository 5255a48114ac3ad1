import { describe, expect, it, vi } from "vitest";
import { openSqlite, temporaryPath } from "../__fixtures__/temporary-sqlite.ts";
import { preparedOnce } from "./prepared-once.ts";

function prepare() {
  const { database } = openSqlite(temporaryPath());
  const spy = vi.spyOn(database, "prepare");
  return { database, spy, prepared: preparedOnce(database) };
}

describe("preparedOnce", () => {
  it("prepares the same text once", () => {
    const { prepared, spy } = prepare();
    for (const number of [1, 2, 3]) expect(prepared("select ? as n").all([number])).toStrictEqual([{ n: number }]);
    expect(spy).toHaveBeenCalledOnce();
  });

  it("keeps up with tables that change under it", () => {
    const { prepared, database } = prepare();
    database.exec("create table t (a integer)");
    const all = () => prepared("select * from t").all([]);
    prepared("insert into t values (1)").run([]);
    expect(all()).toStrictEqual([{ a: 1 }]);
    openSqlite(database.name).database.exec("alter table t add column b default 2");
    expect(all()).toStrictEqual([{ a: 1, b: 2 }]);
    database.exec("drop table t");
    expect(all).toThrow("no such table: t");
  });

  it("forgets the oldest texts when there are very many", () => {
    const { prepared, spy } = prepare();
    for (let number = 0; number < 1_000; number++) prepared(`select ${number}`);
    prepared("select 999");
    expect(spy).toHaveBeenCalledTimes(1_000);
    prepared("select 0");
    expect(spy).toHaveBeenCalledTimes(1_001);
  });
});
