import { readFileSync, readdirSync } from 'node:fs'

/** Linux reports CPU time in ticks of USER_HZ, which is 100 per second for every program (proc(5)). */
const TICKS_PER_SECOND = 100

const SAMPLE_EVERY_MS = 100

/** A process with all its children, at one moment. */
export interface UsageSample {
  /** Milliseconds since the epoch. */
  readonly at: number
  /** User and system time so far, dead threads and children that were waited for included. */
  readonly cpuSeconds: number
  readonly residentBytes: number
  /** Each process's own highest, added. */
  readonly peakResidentBytes: number
}

/** CPU seconds in the text of `/proc/<pid>/stat`: utime, stime, cutime and cstime (proc(5)). */
export function parseCpuSeconds(stat: string): number {
  // The second field is the name of the program in brackets and may hold blanks and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS_PER_SECOND
}

/** A line such as `VmHWM:  1234 kB` of `/proc/<pid>/status`, in bytes; 0 where it is missing. */
export function parseMemory(status: string, name: 'VmHWM' | 'VmRSS'): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0) * 1024
}

/** Undefined once the process is gone. */
export function sampleUsage(pid: number): UsageSample | undefined {
  try {
    let [cpuSeconds, residentBytes, peakResidentBytes] = [0, 0, 0]
    for (const each of withChildren(pid)) {
      const status = readFileSync(`/proc/${each}/status`, 'latin1')
      cpuSeconds += parseCpuSeconds(readFileSync(`/proc/${each}/stat`, 'latin1'))
      residentBytes += parseMemory(status, 'VmRSS')
      peakResidentBytes += parseMemory(status, 'VmHWM')
    }
    return { at: Date.now(), cpuSeconds, residentBytes, peakResidentBytes }
  } catch {
    return undefined
  }
}

function withChildren(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap(task =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'latin1').split(' ').filter(Boolean).map(Number),
  )
  return [pid, ...children.flatMap(withChildren)]
}

/** Looks at a process again and again until it ends or `stop` is called, which gives what was seen. */
export function watchUsage(
  pid: number,
  everyMs: number | undefined = SAMPLE_EVERY_MS,
): { stop(): UsageSample[] } {
  const samples: UsageSample[] = []
  const look = (): void => {
    const sample = sampleUsage(pid)
    // A process that has ended and was not waited for yet has no memory any more.
    if (sample !== undefined && sample.residentBytes > 0) samples.push(sample)
  }
  look()
  const timer = setInterval(look, everyMs)
  return {
    stop() {
      clearInterval(timer)
      return samples
    },
  }
}

/** Mean number of cores in use between two moments, from the nearest samples inside. Undefined with fewer than two. */
export function coresUsed(samples: readonly UsageSample[], from: number, to: number): number | undefined {
  const inside = samples.filter(({ at }) => at >= from && at <= to)
  const [first, last] = [inside[0], inside.at(-1)]
  if (first === undefined || last === undefined || last.at <= first.at) return undefined
  return (last.cpuSeconds - first.cpuSeconds) / ((last.at - first.at) / 1000)
}

export const peakBytes = (samples: readonly UsageSample[]): number =>
  Math.max(0, ...samples.map(({ peakResidentBytes }) => peakResidentBytes))
