import { readFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'

/** CPU time of the whole machine since it started, in ticks: the first line of `/proc/stat` (proc(5)). */
export interface MachineTicks {
  readonly total: number
  /** Taken by other guests of the same host. */
  readonly stolen: number
}

export function parseMachineTicks(stat: string): MachineTicks {
  const fields = (/^cpu\s+(.*)$/m.exec(stat)?.[1] ?? '').split(' ').map(Number)
  // Guest time, the last two, is counted in user and nice time already.
  return { total: fields.slice(0, 8).reduce((sum, ticks) => sum + ticks, 0), stolen: fields[7] ?? 0 }
}

export const machineTicks = (): MachineTicks => parseMachineTicks(readFileSync('/proc/stat', 'latin1'))

/** The load on the machine by others while it was asked: one-minute load average (proc(5)). */
export const loadAverage = (): number => Number(readFileSync('/proc/loadavg', 'latin1').split(' ')[0])

/** Above this the machine was doing something else as well. */
const QUIET_LOAD = 0.5

/** The machine and how quiet it was, in words; nothing that names it. */
export function describeMachine(before: MachineTicks, loadBefore: number): string {
  const now = machineTicks()
  const stolen = (now.stolen - before.stolen) / Math.max(1, now.total - before.total)
  const isVirtual = /^flags\s*:.*\bhypervisor\b/m.test(readFileSync('/proc/cpuinfo', 'latin1'))
  const model = (cpus()[0]?.model ?? 'unknown model').trim()
  const cores = `${cpus().length} ${isVirtual ? 'virtual cores, shared with other guests of the host' : 'cores'}`
  const quiet = loadBefore < QUIET_LOAD ? '' : ' (NOT IDLE: something else was running)'
  return (
    `${cores} (${model}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}. ` +
    `Load average at the start ${loadBefore.toFixed(2)}${quiet}; ` +
    `${(stolen * 100).toFixed(1)} % of the time of the cores was stolen by the host meanwhile.`
  )
}
