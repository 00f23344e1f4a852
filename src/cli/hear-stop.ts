import type { Effects } from './effects.ts'
import { EXIT } from './exit-code.ts'
import type { ExitCode } from './exit-code.ts'

/** Several runs that one signal ends. */
export interface StopHearing {
  /** For the runs: one that begins after the signal hears it, too, and ends at once. */
  readonly effects: Effects
  /** What to end with; undefined as long as nobody wants it to end. */
  readonly exit: () => ExitCode | undefined
  readonly forget: () => void
}

/** A run hears signals from its own start on; this hears them from now on, so that none is lost in between. */
export function hearStop(effects: Effects): StopHearing {
  const { processes } = effects
  let heard: 'SIGINT' | 'SIGTERM' | undefined
  const forget = processes.onStopSignal(signal => {
    heard ??= signal
  })
  return {
    effects: {
      ...effects,
      processes: {
        ...processes,
        onStopSignal(listener) {
          // Who listens is ready to be told when the rest of its own beginning has been gone through.
          const earlier = heard
          if (earlier !== undefined) queueMicrotask(() => listener(earlier))
          return processes.onStopSignal(listener)
        },
      },
    },
    exit: () => (heard === undefined ? undefined : heard === 'SIGINT' ? EXIT.interrupted : EXIT.terminated),
    forget,
  }
}
