import { readFileSync } from 'node:fs'
import { availableParallelism, loadavg, totalmem } from 'node:os'
import { isPinned } from './child-process.ts'

export interface MachineWatch {
  /** Sentences, in words: what the machine is and what else it did since. */
  describe(): string
}

/** Notes now what else the machine does, to be compared with the end. */
export function watchMachine(): MachineWatch {
  const load = loadavg()[0]!
  const before = readTimes()
  return {
    describe() {
      const cores = availableParallelism()
      const stolen = stolenShare(before, readTimes())
      const placed = isPinned()
        ? 'The server has one core to itself, the load another.'
        : 'The system places server and load; they may share a core.'
      return [
        `${cores} ${ARCHITECTURES[process.arch] ?? process.arch} cores and ${Math.round(totalmem() / 2 ** 30)} GiB of memory under ${process.platform === 'linux' ? 'Linux' : process.platform}, Node.js ${process.versions.node}.`,
        placed,
        `Before the start ${load.toFixed(1)} processes wanted a core on average.`,
        ...(stolen === undefined
          ? []
          : [`Other machines on the same host took ${(stolen * 100).toFixed(1)} % of its time.`]),
      ].join(' ')
    },
  }
}

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'x86-64', arm64: '64-bit ARM' }

export interface Times {
  readonly total: number
  readonly idle: number
  readonly stolen: number
}

/** proc_stat(5): user, nice, system, idle, iowait, irq, softirq, steal, in ticks since the start. */
/** Of all cores; undefined where the system does not tell. */
export function readTimes(): Times | undefined {
  try {
    const ticks = /^cpu +(.*)$/m
      .exec(readFileSync('/proc/stat', 'utf8'))![1]!
      .split(' ')
      .map(Number)
      .slice(0, 8)
    return {
      total: ticks.reduce((sum, each) => sum + each, 0),
      idle: ticks[3]! + ticks[4]!,
      stolen: ticks[7]!,
    }
  } catch {
    return undefined
  }
}

function stolenShare(before: Times | undefined, after: Times | undefined): number | undefined {
  if (before === undefined || after === undefined || after.total <= before.total) return undefined
  return (after.stolen - before.stolen) / (after.total - before.total)
}
