import { TriangleAlert } from "lucide-react";
import type { PermissionSummary } from "../../../main/areas/permissions/contract.ts";
import styles from "./RiskSign.module.css";

const words = { low: "", medium: "some risk", high: "high risk" };

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
