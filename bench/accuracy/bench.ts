import { waitForCalm } from './calm.ts'
import { runPart } from './child-process.ts'
import { serveLab } from './serve-lab.ts'

/** What all tests share. */
export interface Bench {
  /** Fewer requests and shorter runs. The tolerances stay as they are. */
  readonly quick: boolean
  readonly isWanted: (test: string) => boolean
  /** Progress, for whoever waits. */
  readonly say: (text: string) => void
  /** Measured once, when first asked for. */
  readonly path: () => Promise<PathTime>
  /** The same, if anybody asked for it. */
  readonly knownPath: () => Promise<PathTime | undefined>
}

/** What lies between the truth and any client on this machine: loopback, the server's own turns, its timer. */
export interface PathTime {
  readonly medianMs: number
  readonly p99Ms: number
  readonly exchanges: number
}

export interface PathQuestion {
  readonly port: number
  readonly exchanges: number
}

/** Asks a bare socket, which shares no code with plimsoll, one request at a time. */
async function measurePath(exchanges: number): Promise<PathTime> {
  await waitForCalm()
  const lab = await serveLab({ name: 'D1', settings: ['service=1ms'], seed: 1 })
  try {
    return await runPart<PathTime>('path', { port: lab.port, exchanges } satisfies PathQuestion)
  } finally {
    await lab.stop()
  }
}

export function createBench(wanted: readonly string[], quick: boolean, say: (text: string) => void): Bench {
  let path: Promise<PathTime> | undefined
  return {
    quick,
    isWanted: test => wanted.length === 0 || wanted.includes(test),
    say,
    path: () => (path ??= measurePath(quick ? 500 : 2000)),
    knownPath: async () => path,
  }
}
