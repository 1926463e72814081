/** Long work that the window can cancel, by the caller's name for it. */
export function createJobs() {
  const running = new Map<string, AbortController>();
  return {
    async run<T>(name: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
      const controller = new AbortController();
      running.set(name, controller);
      try {
        return await work(controller.signal);
      } finally {
        if (running.get(name) === controller) running.delete(name);
      }
    },
    cancel: (name: string): void => running.get(name)?.abort(),
    cancelAll(): void {
      for (const controller of running.values()) controller.abort();
    },
  };
}

export type Jobs = ReturnType<typeof createJobs>;
