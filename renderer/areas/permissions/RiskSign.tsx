import { TriangleAlert } from "lucide-react";
import type { PermissionSummary } from "../../../main/areas/permissions/contract.ts";
import styles from "./RiskSign.module.css";

const words = { low: "little risk", medium: "some risk", high: "high risk" };

export const riskWord = (level: PermissionSummary["riskLevel"]) => words[level];

/** Nothing for little risk; else a sign and a word. */
export function RiskSign({ level }: { readonly level: PermissionSummary["riskLevel"] }) {
  if (level === "low") return null;
  return (
    <span className={styles[level]}>
      {level === "high" && <TriangleAlert size={12} aria-hidden />}
      {words[level]} ·{" "}
    </span>
  );
}
