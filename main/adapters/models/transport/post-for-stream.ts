import { encodeBody } from "./encode-body.ts";
import { ServerRefusal } from "./failure.ts";
import { patientFetch } from "./patient-fetch.ts";

/**
 * Asks a model for an answer that comes as a stream. The SDKs would do it, but loading one holds everything else up for
 * longer than any answer does, at the first run of all; they are left to what a person waits for, the lists of models.
 *
 * Contract: throws a ServerRefusal for a no.
 */
export async function postForStream(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: object,
  signal: AbortSignal,
): Promise<Response> {
  const response = await patientFetch(url, {
    method: "POST",
    headers: {
      accept: "text/event-stream",
      "content-type": "application/json",
      "user-agent": "Gatehouse",
      ...headers,
    },
    body: await encodeBody(body),
    signal,
  });
  if (response.ok) return response;
  const { error } = (await response.json()) as { error: unknown };
  throw new ServerRefusal(response.status, error, response.headers);
}
