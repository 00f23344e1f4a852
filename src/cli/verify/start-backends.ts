import { LAW_SCHEMA } from '../../lab/backend-law.ts'
import type { BackendLaw } from '../../lab/backend-law.ts'
import { highestValueAt, lowestValueAt } from '../../result/histogram-layout.ts'
import type { Counts } from '../../result/counts.ts'
import type { Endpoint } from '../../sizing/config/addresses.ts'
import type { ChildProcess, Effects } from '../effects.ts'

/** Backends that are to be there. */
export interface BackendsOrder {
  readonly count: number
  /** Of each, 1/s. */
  readonly capacity: number
  readonly slots: number
  /** Null where a gateway turns away whoever is too much. */
  readonly mostWait: number | null
  readonly serviceTimes: Counts
  /** Each at a port of its own. */
  readonly apart: boolean
  /** Waits by timer: somebody else needs the processors. */
  readonly lowCpu: boolean
}

export interface RunningBackends {
  readonly endpoints: readonly Endpoint[]
  readonly end: () => Promise<void>
}

/** In a process of their own, which is ours with other words. The law stays in the folder, so that they can be had again. */
export async function startBackends(
  order: BackendsOrder,
  lawFile: string,
  { files, processes }: Pick<Effects, 'files' | 'processes'>,
): Promise<RunningBackends> {
  await files.replace(lawFile, `${JSON.stringify(lawOf(order))}\n`)
  const lab: ChildProcess = processes.startSelf([
    'lab',
    '--law',
    lawFile,
    '--port',
    '0',
    ...(order.apart ? ['--apart'] : []),
    ...(order.lowCpu ? ['--low-cpu'] : []),
  ])
  try {
    const [, urls = ''] = await lab.lineMatching(/^listening on (.+)$/)
    const endpoints = urls.split(' ').map(url => ({ host: '127.0.0.1', port: Number(new URL(url).port) }))
    return { endpoints, end: () => lab.end() }
  } catch (error) {
    await lab.end()
    throw error
  }
}

function lawOf({ count, capacity, slots, mostWait, serviceTimes }: BackendsOrder): BackendLaw {
  const { indices, counts } = serviceTimes
  return {
    schema: LAW_SCHEMA,
    backends: count,
    capacityRps: capacity,
    slots,
    mostWaitSeconds: mostWait,
    // Values were rounded down to whole µs, so that a bucket reaches up to one beyond its highest.
    serviceTimes: Array.from(indices, (index, i) => ({
      fromSeconds: lowestValueAt(index) / 1e6,
      toSeconds: (highestValueAt(index) + 1) / 1e6,
      requests: counts[i]!,
    })),
  }
}
