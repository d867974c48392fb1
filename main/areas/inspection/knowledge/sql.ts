import type { Risk } from "../contract.ts";
import { risk } from "../risks/risk.ts";
import { runsOthers } from "./effects.ts";
import { named } from "./names.ts";

const MAX_SQL = 20_000;
const MAX_STATEMENTS = 200;

const readsData = risk("network", "medium", "reads from a database", "It uses your login to look at data.");
const actsOnData = risk(
  "writes",
  "high",
  "acts on a database",
  "It uses your login to read or change data; Gatehouse does not know every statement in it.",
);

const removing = (what: string, name: string, where: string): Risk =>
  risk(
    "deletes",
    "high",
    `${what} ${named(name)} ${where}`,
    "What is deleted in a database does not come back.",
  );
const changing = (what: string, where: string, level: Risk["level"] = "medium"): Risk =>
  risk("writes", level, `${what} ${where}`, "It uses your login to change data.");

/** A name as it is written, without its quotes. */
const name = String.raw`((?:["\x60[]?[\w$-]+["\x60\]]?\.?)+)`;
const kinds =
  "database|schema|table|view|materialized view|index|role|user|owned by|keyspace|collection|function|type|sequence|extension";
const drops = new RegExp(String.raw`^drop (${kinds})(?: concurrently)?(?: if exists)? ${name}`, "i");
const empties = new RegExp(String.raw`^truncate(?: table)?(?: only)? ${name}`, "i");
const deletes = new RegExp(String.raw`^delete from(?: only)? ${name}(.*)$`, "i");
const updates = new RegExp(String.raw`^update(?: only)? ${name}(.*)$`, "i");

/** What the text for a database does; `where` names the database: "of shop on db.example.org". */
export function sqlRisks(text: string, where: string): readonly Risk[] {
  if (text.length > MAX_SQL) return [actsOnData];
  // Their own commands start programs and read files.
  if (/^\s*[\\.!]|;\s*[\\.]|\\[!a-z]|\bprogram\b|\bload_extension\b|\binto\s+(out|dump)file\b/im.test(text))
    return [runsOthers, actsOnData];
  const statements = text
    .replace(/--[^\n]*|\/\*(?:[^*]|\*(?!\/))*\*\//g, " ")
    .split(";")
    .map((one) => one.replace(/\s+/g, " ").trim())
    .filter((one) => one !== "");
  if (statements.length > MAX_STATEMENTS) return [actsOnData];
  return statements.length === 0 ? [readsData] : statements.map((one) => statementRisk(one, where));
}

const plain = (text: string | undefined): string => (text ?? "").replace(/["`[\]]/g, "");

function statementRisk(statement: string, where: string): Risk {
  const dropped = drops.exec(statement);
  if (dropped !== null) {
    const kind = (dropped[1] ?? "").toLowerCase();
    // No database is of another one.
    const place = kind === "database" ? where.replace(/^of .* (?=on )/, "") : where;
    return removing(`deletes ${kind}`, plain(dropped[2]), place);
  }
  const emptied = empties.exec(statement);
  if (emptied !== null) return removing("empties table", plain(emptied[1]), where);
  const deleted = deletes.exec(statement);
  if (deleted !== null) {
    const isAll = !/\bwhere\b/i.test(deleted[2] ?? "");
    return removing(isAll ? "deletes every row of" : "deletes rows of", plain(deleted[1]), where);
  }
  const updated = updates.exec(statement);
  if (updated !== null) {
    const isAll = !/\bwhere\b/i.test(updated[2] ?? "");
    return changing(
      `changes ${isAll ? "every row" : "rows"} of ${named(plain(updated[1]))}`,
      where,
      isAll ? "high" : "medium",
    );
  }
  if (/^(insert|merge|upsert|replace|create|alter|comment|grant|revoke)\b/i.test(statement))
    return changing("changes data or tables", where);
  const isReading = /^(select|show|explain|describe|desc|values|table)\b/i.test(statement);
  return isReading && !/\b(insert|update|delete|into|analyze)\b/i.test(statement) ? readsData : actsOnData;
}
