import { risk } from "../risks/risk.ts";
import { runsOthers, usesKeys, writesFiles } from "./effects.ts";
import type { Program, Use } from "./form.ts";
import { named } from "./names.ts";
import { sqlRisks } from "./sql.ts";

const opens = risk(
  "network",
  "high",
  "opens a database",
  "It uses your login; what it does there comes from its input.",
);

function placeOf(database: string | undefined, host: string | undefined): string {
  const of = database === undefined ? "" : `of ${named(database)} `;
  return `${of}on ${host === undefined ? "this machine" : named(host)}`;
}

const sql = (texts: (use: Use) => readonly string[], place: (use: Use) => string) => (use: Use) => {
  const given = texts(use);
  return given.length === 0 ? [opens] : given.flatMap((text) => sqlRisks(text, place(use)));
};

/** Programs that take statements for a database. Always asked: what is in the database decides what they do. */
export const databasePrograms: readonly Program[] = [
  {
    names: "psql",
    does: [],
    options:
      "-h: --host: -p: --port: -U: --username: -d: --dbname: -c: --command: -f:file --file:file -A -t -q -X -x -w -W -1 --single-transaction -v: --set: -e -E -l --list -o:out --csv -H -b -n -s -S -a -P: -F: -R: -z -0",
    operands: "any",
    once: true,
    otherwise: runsOthers,
    check: sql(
      (use) => use.values("-c", "--command"),
      (use) =>
        placeOf(use.values("-d", "--dbname")[0] ?? use.operands[0]?.text, use.values("-h", "--host")[0]),
    ),
  },
  {
    names: "mysql mariadb",
    does: [],
    options:
      "-h: --host: -P: --port: -u: --user: -p?: --password?: -D: --database: -e: --execute: -N -B -s -v -t -f --batch --silent --table --ssl-mode:",
    operands: "any",
    once: true,
    otherwise: runsOthers,
    check: sql(
      (use) => use.values("-e", "--execute"),
      (use) =>
        placeOf(use.values("-D", "--database")[0] ?? use.operands[0]?.text, use.values("-h", "--host")[0]),
    ),
  },
  {
    names: "sqlite3",
    does: [writesFiles],
    style: "words",
    options: "-readonly -json -csv -header -noheader -column -line -list -table -box -markdown -batch -bail",
    operands: "any",
    once: true,
    otherwise: runsOthers,
    check: sql(
      (use) => use.operands.slice(1).map(({ text }) => text),
      (use) => `in ${named(use.operands[0]?.text ?? "a file")}`,
    ),
  },
  {
    names: "dropdb dropuser",
    does: [],
    options: "-h: --host: -p: --port: -U: --username: -w -W -e -i -f --force --if-exists",
    operands: "any",
    once: true,
    otherwise: opens,
    check: (use) => [
      risk(
        "deletes",
        "high",
        `deletes the database or user ${named(use.operands[0]?.text ?? "")} ${placeOf(undefined, use.values("-h", "--host")[0])}`,
        "What is deleted in a database does not come back.",
      ),
    ],
  },
  {
    names: "redis-cli",
    does: [],
    options: "-h: -p:n -n:n -a: -u: --user: --pass: --tls --raw --no-raw --csv",
    operands: "any",
    once: true,
    otherwise: opens,
    check: (use) => {
      const [command = "", ...keys] = use.operands.map(({ text }) => text.toLowerCase());
      const where = placeOf(undefined, use.values("-h")[0]);
      if (/^flush(all|db)$/.test(command))
        return [risk("deletes", "high", `empties the database ${where}`, "All keys in it are gone.")];
      if (/^(del|unlink)$/.test(command))
        return [
          risk(
            "deletes",
            "high",
            `deletes keys ${where}`,
            `It names ${keys.slice(0, 3).map(named).join(", ")}.`,
          ),
        ];
      return [opens];
    },
  },
  {
    names:
      "mongosh mongo mongoexport mongoimport mongodump mongorestore pg_dump pg_dumpall pg_restore mysqldump createdb createuser cqlsh clickhouse-client duckdb sqlcmd",
    does: [opens, usesKeys],
    operands: "anything",
    once: true,
  },
];
