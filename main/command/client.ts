import type { Area, Client, Endpoint, Follows, Stream } from "../contract/define.ts";
import { follow, type FollowOptions } from "./follow.ts";
import type { DaemonAddress } from "./handshake.ts";
import { send, targetOf } from "./send.ts";

/**
 * Every endpoint and every stream of an area as a function: `client(permissions).listPending()`,
 * `for await (const frame of client(runs).follow({ id }))`.
 */
export type DaemonClient = <A extends Area>(area: A) => Client<A> & Follows<A>;

export function createDaemonClient(address: DaemonAddress): DaemonClient {
  return <A extends Area>({ endpoints, streams = {} }: A) => {
    const calls = Object.entries<Endpoint>(endpoints).map(([name, endpoint]) => [
      name,
      (input: Record<string, unknown> = {}) => request(address, endpoint, input),
    ]);
    const follows = Object.entries<Stream>(streams).map(([name, stream]) => [
      name,
      (input: Record<string, unknown>, options?: FollowOptions) => follow(address, stream, input, options),
    ]);
    return Object.fromEntries([...calls, ...follows]) as Client<A> & Follows<A>;
  };
}

async function request(
  address: DaemonAddress,
  endpoint: Endpoint,
  input: Record<string, unknown>,
): Promise<unknown> {
  const { target, body } = targetOf(endpoint, input);
  const answer = await send(address, target, {
    method: endpoint.method,
    ...(body !== null && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  return answer.json();
}
