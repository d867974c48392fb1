import type { UsageRow } from "../../../main/areas/usage/contract.ts";
import { TextButton } from "../../ui/TextButton.tsx";
import type { Grouping } from "./store.ts";
import styles from "./UsagePage.module.css";
import { dollars, exactDollars, shortCount, tokensOf, tokenWords } from "./usage-words.ts";

interface Props {
  readonly rows: readonly UsageRow[];
  readonly by: Grouping;
  readonly onOpen: ((name: string) => void) | undefined;
}

const titles: Readonly<Record<Grouping, string>> = { model: "Model", client: "Client", session: "Session" };

export function UsageTable({ rows, by, onOpen }: Props) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{titles[by]}</th>
          <th scope="col">Runs</th>
          <th scope="col">Tokens</th>
          <th scope="col">Cost</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <th scope="row">
              {onOpen === undefined ? (
                <bdi>{row.name === "" ? "unnamed" : row.name}</bdi>
              ) : (
                <TextButton onClick={() => onOpen(row.name)}>
                  <bdi>{row.name}</bdi>
                </TextButton>
              )}
            </th>
            <td>{row.runs.toLocaleString()}</td>
            <td title={tokenWords(row)}>{shortCount(tokensOf(row))}</td>
            <td title={exactDollars(row.cost)}>
              {row.unpricedRuns === row.runs ? (
                <span className={styles.unknown}>no price</span>
              ) : (
                dollars(row.cost)
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
