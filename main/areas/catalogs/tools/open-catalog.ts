import type { LookAround } from "../../inspection/surroundings.ts";
import type { OpenToolCatalog, Tool, ToolCatalog } from "./tool.ts";

/** The tools of a catalog, and before and after them what areas offer, in the order in which they start. */
export function openCatalog(catalog: ToolCatalog, look: LookAround): OpenToolCatalog {
  const offers = { first: [] as (() => readonly Tool[])[], last: [] as (() => readonly Tool[])[] };
  const named = (name: string) => (tools: () => readonly Tool[]) =>
    tools().find(({ info }) => info.name === name);
  return {
    list: () => [
      ...offers.first.flatMap((tools) => tools()),
      ...catalog.list(),
      ...offers.last.flatMap((tools) => tools()),
    ],
    find(name) {
      const offered = [...offers.first, ...offers.last].map(named(name)).find((tool) => tool !== undefined);
      return offered ?? catalog.find(name);
    },
    look,
    offer: (place, tools) => void offers[place].push(tools),
  };
}
