const firstDelayMs = 1000;
const maxDelayMs = 60_000;

/** Has something tried again after it failed, later each time: a disk that is full is not asked without a pause. */
export class RetryTimer {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private delayMs = firstDelayMs;

  constructor(private readonly retry: () => void) {}

  /** It has failed: `retry` is called later, once. */
  failed(): void {
    if (this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.retry();
    }, this.delayMs);
    // Nobody waits for it, so it keeps no process alive.
    this.timer.unref();
    this.delayMs = Math.min(this.delayMs * 2, maxDelayMs);
  }

  /** It has succeeded: the next failure is retried soon. */
  succeeded(): void {
    this.stop();
    this.delayMs = firstDelayMs;
  }

  /** Does not retry, for instance because that is being done now. */
  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
