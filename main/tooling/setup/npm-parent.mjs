const intervalMs = 100;

/**
 * npm starts a script through a shell, and a shell that is told to end does not tell its child. So that the signal arrives all
 * the same, losing that shell counts as being told to end.
 */
export function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, intervalMs);
  watch.unref();
}
