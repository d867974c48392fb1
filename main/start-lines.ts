/** The lines that scripts read from a daemon's standard output (Glue contract 6.3). The token is never among them. */
export function startLines(address: {
  readonly baseUrl: string;
  readonly metadataPath: string | null;
  readonly tokenSource: string;
}): string {
  const token =
    address.metadataPath === null
      ? [`token: configured (${address.tokenSource}); metadata file disabled`]
      : [`metadata: ${address.metadataPath}`, `token: written to metadata file (${address.tokenSource})`];
  return ["gatehouse listening", `base_url: ${address.baseUrl}`, ...token, ""].join("\n");
}
