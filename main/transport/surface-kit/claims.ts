import type { FastifyReply, FastifyRequest } from "fastify";

/** What a surface says where the framework finds no route to ask: a path that is not decodable, or no HTTP at all. */
export interface Claim {
  readonly owns: readonly string[];
  undecodable(request: FastifyRequest, reply: FastifyReply): void;
  /** A method that no surface has. */
  unrouted(request: FastifyRequest, reply: FastifyReply): void;
  unreadable(message: string, status: number): RawAnswer;
}

/** For a connection on which there is no request to answer yet. */
export interface RawAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export interface PathClaims {
  /** Contract: throws when another surface owns one of the prefixes. */
  add(claim: Claim): void;
  /** Whose path this is: of the prefixes that fit, the longest. */
  at(path: string): Claim;
}

const UNCLAIMED: Claim = {
  owns: [],
  undecodable: (_request, reply) => void reply.code(400).send(""),
  unrouted: (_request, reply) => void reply.code(404).send(""),
  unreadable: (_message, status) => ({ status, contentType: "text/plain", body: "" }),
};

export function createPathClaims(): PathClaims {
  const byPrefix = new Map<string, Claim>();
  return {
    add(claim) {
      for (const prefix of claim.owns) {
        if (byPrefix.has(prefix)) throw new Error(`two surfaces own ${prefix}`);
        byPrefix.set(prefix, claim);
      }
    },
    at(path) {
      let end = path.split(/[?#]/, 1)[0]?.length ?? 0;
      while (end > 0) {
        const found = byPrefix.get(path.slice(0, end));
        if (found !== undefined) return found;
        end = path.lastIndexOf("/", end - 1);
      }
      return byPrefix.get("/") ?? UNCLAIMED;
    },
  };
}
