import type { MemorySource } from "../../../main/areas/memories/contract.ts";
import { sourceWords } from "./source-words.ts";

export function Source({ source }: { readonly source: MemorySource }) {
  const { words, name } = sourceWords(source);
  return (
    <>
      {words}
      {name !== "" && (
        <>
          {words !== "" && " of "}
          <bdi>{name}</bdi>
        </>
      )}
    </>
  );
}
