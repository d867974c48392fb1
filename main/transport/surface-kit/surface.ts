import type { FastifyReply, FastifyRequest, HTTPMethods } from "fastify";
import type { AccessScope, Principal } from "../../contract/principal.ts";
import type { Refusal, RefusalWords } from "./refusals.ts";

/**
 * Who sent a request, or null when it proves nobody. Throws a refusal of the family's own where "nobody" is not enough
 * to say: a wrong scheme, a missing CSRF token, too many attempts.
 */
export type Authenticate = (request: FastifyRequest) => Principal | null | Promise<Principal | null>;

/**
 * Answers with what goes out through the surface's serializer, or has answered by itself when it returns. By then the
 * caller is known (`principalOf`) and has the scope that the route needs.
 */
export type Handler = (request: FastifyRequest, reply: FastifyReply) => unknown;

export interface Route {
  readonly method: HTTPMethods;
  /** Whole, prefix included; `:name` stands for a segment, which is never empty. */
  readonly path: string;
  /** The scope a caller must have; "caller": anyone who is known; null: everyone, and nobody is asked who it is. */
  readonly needs: AccessScope | "caller" | null;
  /** Where this route takes other credentials than the rest of the surface. */
  readonly authenticate?: Authenticate;
  /** Where a smaller body than the surface's largest is enough. */
  readonly bodyLimitBytes?: number;
  readonly handler: Handler;
}

/** One family of clients, as data: what it calls things, in which order it is checked, how it is told no. */
export interface Surface {
  readonly name: string;
  /** Where unknown paths are refused in this family's words: `/v1` is `/v1` and all below, `/` what nobody else owns. */
  readonly owns: readonly `/${string}`[];
  readonly routes: readonly Route[];
  readonly authenticate: Authenticate;
  /**
   * After the guard, which always comes first. "caller first": who is not known learns nothing about routes and
   * methods. "route first": an unknown route or a wrong method is told to anybody.
   */
  readonly order: "caller first" | "route first";
  /** What the kit refuses by itself, in the words of this family. */
  readonly refusals: RefusalWords;
  /** What a handler threw, in the words of this family; null for what is a fault of ours. */
  readonly refusalOf: (error: unknown) => Refusal | null;
  /** The body of every refusal. */
  readonly envelope: (refusal: Refusal) => unknown;
  /** Of answers and refusals, as it goes out. A handler may set another. */
  readonly contentType: string;
  readonly serialize: (value: unknown) => string;
  readonly bodyLimitBytes: number;
  /** Whether the framework may refuse a content type that it can't read. Bodies are text for the handler either way. */
  readonly contentTypeIsRead: boolean;
  /** Adds what every answer of this family carries, refusals included. Runs before any check. */
  readonly addHeaders?: (reply: FastifyReply) => void;
}
