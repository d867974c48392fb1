import type * as z from "zod";
import type { AccessScope, Principal } from "./principal.ts";
import type { SettingsSection } from "./settings-section.ts";

/** The pages of ours that may make a call. What is not listed does not exist for a page. */
export type Page = "window" | "popup";

export interface Endpoint {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below the surface's prefix; `:name` segments are taken from the input. */
  readonly path: `/${string}`;
  /** One sentence for the API reference. */
  readonly summary: string;
  readonly input: z.ZodObject;
  readonly output: z.ZodType;
  /** Success status, 200 if absent. */
  readonly status?: number;
  /** What a caller must be allowed to do. */
  readonly scope: AccessScope;
  readonly pages?: readonly Page[];
}

/** Something that is told as it goes on, frame after frame, until it ends or its follower has had enough. */
export interface Stream {
  /** As in an endpoint; answered as Server-Sent Events. */
  readonly path: `/${string}`;
  readonly summary: string;
  /** What is followed, and from where. */
  readonly input: z.ZodObject;
  /** A frame with a `type` goes by it, others by the name of the stream. */
  readonly frame: z.ZodType;
  /** The field of the input that takes the position of a frame, to go on after it; so does Last-Event-ID. */
  readonly position: string;
  readonly scope: AccessScope;
  readonly pages?: readonly Page[];
}

export interface Area {
  readonly name: string;
  /** What it speaks about, by the names that the description of the API gives them. */
  readonly nouns?: Readonly<Record<string, z.ZodType>>;
  readonly endpoints: Readonly<Record<string, Endpoint>>;
  readonly events: Readonly<Record<string, z.ZodType>>;
  /** What a follower must be allowed to do besides, to be told of an event; events that are not named need no more. */
  readonly eventScopes?: Readonly<Record<string, AccessScope>>;
  readonly streams?: Readonly<Record<string, Stream>>;
  /** Reasons a call may be refused, with their HTTP status. */
  readonly errors: Readonly<Record<string, number>>;
  /** Its section of the settings, if a person can set something here. */
  readonly settings?: SettingsSection;
}

/** What an area means to the outside. Routes, IPC, clients, events and OpenAPI all derive from it. */
export function defineArea<const A extends Area>(area: A): A {
  return area;
}

type Endpoints<A extends Area> = A["endpoints"];

/** Whether who called is still there to hear the answer. */
export interface Presence {
  /** Called once, when the connection has ended, by whichever side. */
  onLeft(listener: () => void): void;
}

/** One handler per endpoint: parsed input in, output out. Who always hears the answer gives no presence. */
export type Routes<A extends Area> = {
  readonly [K in keyof Endpoints<A>]: (
    input: z.output<Endpoints<A>[K]["input"]>,
    principal: Principal,
    presence?: Presence,
  ) => z.input<Endpoints<A>[K]["output"]> | Promise<z.input<Endpoints<A>[K]["output"]>>;
};

type DeclaredStreams<A extends Area> = A extends {
  readonly streams: infer S extends Readonly<Record<string, Stream>>;
}
  ? S
  : Record<never, Stream>;

export type StreamInput<A extends Area, K extends keyof DeclaredStreams<A>> = DeclaredStreams<A>[K] extends {
  readonly input: infer I extends z.ZodObject;
}
  ? z.output<I>
  : never;
/** What a caller gives to follow a stream. */
type StreamRequest<A extends Area, K extends keyof DeclaredStreams<A>> = DeclaredStreams<A>[K] extends {
  readonly input: infer I extends z.ZodObject;
}
  ? z.input<I>
  : never;
export type FrameOf<A extends Area, K extends keyof DeclaredStreams<A>> = DeclaredStreams<A>[K] extends {
  readonly frame: infer F extends z.ZodType;
}
  ? z.output<F>
  : never;

/** Takes the frames of a stream in order. */
export interface StreamFollower<Frame> {
  /**
   * False: hold back until `resume`. `position` is where a follower goes on that has had this frame. Followers who are
   * told the same get the same object: it is encoded once, however many they are.
   */
  push(frame: Frame, position: string): boolean;
  /** Everything has been told. */
  end(): void;
}

export interface StreamFollowing {
  resume(): void;
  stop(): void;
}

/** One source per stream. Contract: throws a refusal for what can't be followed, before it tells anything. */
export type Streams<A extends Area> = {
  readonly [K in keyof DeclaredStreams<A>]: (
    input: StreamInput<A, K>,
    follower: StreamFollower<FrameOf<A, K>>,
    principal: Principal,
  ) => StreamFollowing;
};

/** An endpoint as whoever calls it sees it. */
type Call<E extends Endpoint> = (
  ...input: Record<never, never> extends z.input<E["input"]>
    ? [input?: z.input<E["input"]>]
    : [input: z.input<E["input"]>]
) => Promise<z.output<E["output"]>>;

type PagesOf<E> = E extends { readonly pages: readonly (infer P)[] } ? P : never;

/**
 * The endpoints of an area as functions, over HTTP and IPC alike. `P` names pages and leaves what each of them may
 * call; without it there are all endpoints.
 */
export type Client<A extends Area, P extends Page = never> = {
  readonly [K in keyof Endpoints<A> as [P] extends [PagesOf<Endpoints<A>[K]>] ? K : never]: Call<
    Endpoints<A>[K]
  >;
};

/** The streams of an area as functions. Frames are checked, and a connection that breaks is taken up where it was. */
export type Follows<A extends Area> = {
  readonly [K in keyof DeclaredStreams<A>]: (
    input: StreamRequest<A, K>,
    options?: { readonly signal?: AbortSignal },
  ) => AsyncIterable<FrameOf<A, K>>;
};

/** What of them pages may follow; `P` as in a client. The result of each stops it. */
export type PageStreams<A extends Area, P extends Page> = {
  readonly [K in keyof DeclaredStreams<A> as [P] extends [PagesOf<DeclaredStreams<A>[K]>] ? K : never]: (
    input: StreamRequest<A, K>,
    listener: (frame: FrameOf<A, K>) => void,
  ) => () => void;
};

/** A published event. `seq` counts all events of this daemon process, from 1, without gaps. */
export type EventOf<A extends Area> = {
  [K in keyof A["events"] & string]: {
    readonly type: `${A["name"]}.${K}`;
    readonly seq: number;
    readonly payload: z.output<A["events"][K]>;
  };
}[keyof A["events"] & string];

/** One reducer per event, or the word "ignore": forgetting one does not compile. */
export type Reducers<A extends Area, State> = {
  readonly [K in keyof A["events"] & string]:
    "ignore" | ((state: State, payload: z.output<A["events"][K]>) => State);
};
