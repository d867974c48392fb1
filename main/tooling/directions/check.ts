import type { Row } from "./rows.ts";
import { FOLDERS, type Source } from "./sources.ts";

interface Room {
  readonly row: Row;
  readonly name: string;
}

export function roomOf(path: string, rows: readonly Row[]): Room | null {
  for (const row of rows) {
    const match = row.room.exec(path);
    if (match !== null) return { row, name: match[0] };
  }
  return null;
}

const isOurs = (path: string) =>
  FOLDERS.some((folder) => path.startsWith(`${folder}/`)) || path.startsWith("..");

/** What goes against the rows, a line each: imports that no row allows, and files that are in no room. */
export function violations(sources: readonly Source[], rows: readonly Row[]): string[] {
  return sources.flatMap(({ path, imports }) => {
    const room = roomOf(path, rows);
    if (room === null) return [`${path} is in no room: a row has to say what it may import`];
    const { may, types = [] } = room.row;
    return imports
      .filter(({ to }) => isOurs(to))
      .filter(({ to }) => !`${roomOf(to, rows)?.name}/`.startsWith(`${room.name}/`))
      .filter(({ to, isTypeOnly }) => ![...may, ...(isTypeOnly ? types : [])].some((rule) => rule.test(to)))
      .map(({ to, isTypeOnly }) => `${path} imports ${isTypeOnly ? "types of " : ""}${to}`);
  });
}

const AREA = /^main\/areas\/((?:catalogs\/)?[^/]+)\//;

/** Areas that reach each other in a circle, whether by code or by types; contracts are held apart from that. */
export function areaCircles(sources: readonly Source[]): string[] {
  const reaches = new Map<string, Set<string>>();
  for (const { path, imports } of sources) {
    const from = AREA.exec(path)?.[1];
    if (from === undefined) continue;
    for (const { to } of imports) {
      const target = AREA.exec(to)?.[1];
      if (target === undefined || target === from || to.endsWith("/contract.ts")) continue;
      reaches.set(from, (reaches.get(from) ?? new Set()).add(target));
    }
  }
  const circles = new Set<string>();
  const walk = (area: string, trail: readonly string[]) => {
    const at = trail.indexOf(area);
    if (at >= 0) {
      const circle = trail.slice(at);
      const first = circle.indexOf(circle.toSorted()[0] ?? "");
      circles.add([...circle.slice(first), ...circle.slice(0, first), circle[first]].join(" → "));
      return;
    }
    for (const next of reaches.get(area) ?? []) walk(next, [...trail, area]);
  };
  for (const area of reaches.keys()) walk(area, []);
  return [...circles].toSorted();
}
