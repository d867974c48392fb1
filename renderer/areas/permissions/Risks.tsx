import {
  Eye,
  Globe,
  HelpCircle,
  Pencil,
  Terminal,
  Trash2,
  TriangleAlert,
  type LucideIcon,
} from "lucide-react";
import type { Risk, RiskKind } from "../../../main/areas/inspection/contract.ts";
import { classNames } from "../../ui/class-names.ts";
import { Prose } from "../../ui/Prose.tsx";
import { Tooltip } from "../../ui/Tooltip.tsx";
import styles from "./Risks.module.css";

const icons: Readonly<Record<RiskKind, LucideIcon>> = {
  reads: Eye,
  writes: Pencil,
  deletes: Trash2,
  network: Globe,
  runs_code: Terminal,
  unknown: HelpCircle,
};

const levels = { low: "Low risk", medium: "Some risk", high: "High risk" };

/** What could go wrong, in words; the gravest first, why on hover or focus. */
export function Risks({ risks }: { readonly risks: readonly Risk[] }) {
  if (risks.length === 0) return null;
  const rank = { high: 0, medium: 1, low: 2 };
  const sorted = risks.toSorted((a, b) => rank[a.level] - rank[b.level]);
  return (
    <ul className={styles.risks} aria-label="Risks">
      {sorted.map((risk, index) => {
        const Icon = risk.level === "high" ? TriangleAlert : icons[risk.kind];
        return (
          <li key={index}>
            <Tooltip text={`${levels[risk.level]}. ${risk.why}`}>
              <span className={classNames(styles.risk, styles[risk.level])} tabIndex={0}>
                <Icon size={14} strokeWidth={1.75} aria-hidden />
                <Prose text={risk.text} />
              </span>
            </Tooltip>
          </li>
        );
      })}
    </ul>
  );
}
