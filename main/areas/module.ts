import type { Area, Routes, Streams } from "../contract/define.ts";
import type { SettingsSection } from "../contract/settings-section.ts";
import type { Command } from "../command/command.ts";
import type { Bus, Publish } from "../kernel/bus.ts";
import type { Check } from "../kernel/check.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Migration } from "../kernel/database.ts";
import type { Kept } from "../kernel/kept.ts";
import type { StreamSources } from "../kernel/invoke.ts";
import type { Storage } from "../kernel/storage.ts";

/** What every area gets of the daemon it is part of. */
export interface AreaContext<A extends Area = Area> extends Storage {
  readonly clock: Clock;
  readonly publish: Publish<A>;
  readonly subscribe: Bus["subscribe"];
  /** For failures that no caller is told of. */
  readonly report: (error: unknown) => void;
  /** Checks of all areas that have started by the time it is asked. */
  readonly checks: () => readonly Check[];
  /** What all areas keep that have started by the time it is asked. */
  readonly kept: () => readonly Kept[];
}

/** An area that runs. */
export interface StartedArea<A extends Area, Service> {
  readonly service: Service;
  readonly routes: Routes<A>;
  /** A source for each stream that the contract declares. */
  readonly streams?: Streams<A>;
  /** Shown in Diagnostics. */
  readonly checks?: readonly Check[];
  /** What it keeps that may be let go when it is old, or too much. */
  readonly kept?: readonly Kept[];
  /** What a client may rely on, in the words of the dialects that list such things. */
  readonly capabilities?: readonly string[];
  /** Ends what goes on. Areas stop in the opposite order of their start. */
  readonly stop?: () => void | Promise<void>;
}

/**
 * An area as list one names it: what it means, what it keeps, and how it starts.
 *
 * `Needs` are services of areas before it in the list, by the name of the area, and ports to the outside world. A need
 * that nothing before it meets does not compile.
 */
export interface AreaModule<A extends Area, Needs, Service> {
  readonly contract: A;
  readonly migrations?: readonly Migration[];
  /** Tables without a bound: no statement may read through one. */
  readonly growingTables?: readonly string[];
  /** What `gatehouse` can do with it. */
  readonly commands?: readonly Command[];
  create(context: AreaContext<A>, needs: Needs): StartedArea<A, Service>;
}

export type AnyModule = AreaModule<Area, never, unknown>;

export function defineModule<const A extends Area, Needs, Service>(
  module: AreaModule<A, Needs, Service>,
): AreaModule<A, Needs, Service> {
  return module;
}

type InOrder<Modules, Have> = Modules extends readonly [infer First, ...infer Rest]
  ? First extends AreaModule<infer A, infer Needs, infer Service>
    ? Have extends Needs
      ? readonly [First, ...InOrder<Rest, Have & Readonly<Record<A["name"], Service>>>]
      : readonly [`${A["name"]} needs what does not start before it`]
    : never
  : readonly [];

export type ContractsOf<Modules extends readonly AnyModule[]> = {
  readonly [M in Modules[number] as M["contract"]["name"]]: M["contract"];
};
export type ServicesOf<Modules extends readonly AnyModule[]> = {
  readonly [M in Modules[number] as M["contract"]["name"]]: M extends AreaModule<
    infer _A,
    infer _N,
    infer Service
  >
    ? Service
    : never;
};
export type RoutesOf<Modules extends readonly AnyModule[]> = {
  readonly [M in Modules[number] as M["contract"]["name"]]: Routes<M["contract"]>;
};

export interface StartedAreas<Modules extends readonly AnyModule[]> {
  readonly services: ServicesOf<Modules>;
  readonly routes: RoutesOf<Modules>;
  /** By area, then by stream. */
  readonly streams: StreamSources;
  readonly capabilities: readonly string[];
  stop(): Promise<void>;
}

export function contractsOf<const Modules extends readonly AnyModule[]>(
  modules: Modules,
): ContractsOf<Modules> {
  const byName = modules.map(({ contract }) => [contract.name, contract] as const);
  return Object.fromEntries(byName) as ContractsOf<Modules>;
}

type SectionsOf<Modules extends readonly AnyModule[]> = Extract<
  Modules[number]["contract"],
  { readonly settings: SettingsSection }
>["settings"];

/** The sections of the settings that the areas of a list declare. */
export function sectionsOf<const Modules extends readonly AnyModule[]>(
  modules: Modules,
): readonly SectionsOf<Modules>[] {
  return modules.flatMap(({ contract }) => contract.settings ?? []);
}

/** Starts the areas of a list, in its order, each with its ports and what came before it. */
export function startAreas<const Modules extends readonly AnyModule[], Ports extends object>(
  modules: Modules & InOrder<Modules, Ports>,
  daemon: Pick<AreaContext, keyof Storage | "clock"> & {
    readonly bus: Bus;
    readonly report: (source: string, error: unknown) => void;
  },
  ports: Ports,
): StartedAreas<Modules> {
  const { bus, db, commit, readers, health, clock } = daemon;
  const services: Record<string, unknown> = {};
  const routes: Record<string, unknown> = {};
  const streams: Record<string, StreamSources[string]> = {};
  const started: StartedArea<Area, unknown>[] = [];
  for (const { contract, create } of modules as readonly AnyModule[]) {
    const context: AreaContext = {
      db,
      commit,
      readers,
      health,
      clock,
      publish: bus.publish,
      subscribe: bus.subscribe,
      report: (error) => daemon.report(contract.name, error),
      checks: () => started.flatMap(({ checks = [] }) => checks),
      kept: () => started.flatMap(({ kept = [] }) => kept),
    };
    const area = create(context, { ...ports, ...services } as never);
    started.push(area);
    services[contract.name] = area.service;
    routes[contract.name] = area.routes;
    streams[contract.name] = area.streams ?? {};
  }
  return {
    services: services as ServicesOf<Modules>,
    routes: routes as RoutesOf<Modules>,
    streams,
    capabilities: started.flatMap(({ capabilities = [] }) => capabilities),
    async stop() {
      for (const area of started.toReversed()) await area.stop?.();
    },
  };
}
