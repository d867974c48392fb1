import { Component, type ReactNode } from "react";
import { asCallError, type CallError } from "../client/errors.ts";
import { ErrorNote } from "../ui/ErrorNote.tsx";
import styles from "./Shell.module.css";

interface State {
  readonly error: CallError | null;
}

/** A page with a fault takes only itself down. */
export class PageBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(caught: unknown): State {
    return { error: asCallError(caught) };
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return (
      <div className={styles.crashed}>
        <ErrorNote
          title="This page has a fault. The rest of Gatehouse goes on."
          error={this.state.error}
          onRetry={() => this.setState({ error: null })}
        />
      </div>
    );
  }
}
