import { setTimeout as sleep } from 'node:timers/promises'
import { PLIMSOLL, SERVER_CORE, runNode, stop } from './child-process.ts'

/** A server of `docs/lab.md`, its settings and the seed of its service times. */
export interface LabWish {
  readonly name: string
  readonly settings: readonly string[]
  readonly seed: number
  /** Several at once share the core. */
  readonly lowCpu?: boolean
}

export interface ServedLab {
  readonly url: string
  readonly port: number
  readonly stop: () => Promise<void>
}

const READY_WITHIN_MS = 30_000

/** Serves it in a process and on a core of its own. */
export async function serveLab({ name, settings, seed, lowCpu = false }: LabWish): Promise<ServedLab> {
  const set = settings.flatMap(setting => ['--set', setting])
  const words = ['lab', name, ...set, '--seed', String(seed), '--port', '0', ...(lowCpu ? ['--low-cpu'] : [])]
  const child = runNode(SERVER_CORE, [PLIMSOLL, ...words])
  const giveUpAt = performance.now() + READY_WITHIN_MS
  for (;;) {
    const [, url, port] = /^listening on (http:\S+:(\d+))$/m.exec(child.stdout()) ?? []
    if (url !== undefined) return { url, port: Number(port), stop: () => stop(child) }
    if (child.process.exitCode !== null || performance.now() > giveUpAt) {
      await stop(child)
      throw new Error(`the lab does not serve ${name}:\n${child.stdout()}${child.stderr()}`)
    }
    await sleep(20)
  }
}
