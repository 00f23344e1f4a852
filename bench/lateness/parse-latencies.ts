import type { MedianAndP99 } from '../support/virtual-time-server.ts'

export interface ReportedLatencies {
  readonly requestsPerSecond: number
  readonly reportedUs: MedianAndP99
}

const US = { us: 1, ms: 1e3, s: 1e6, m: 60e6 } as const

/** hey: `50% in 0.0012 secs`, to a tenth of a millisecond. @throws Error where it has no such line. */
export function parseHeyLatencies(text: string): ReportedLatencies {
  const quantile = (percent: number): number =>
    Number(found('hey', text, new RegExp(`^\\s*${percent}%+ in ([\\d.]+) secs`, 'm'))[1]) * 1e6
  return {
    requestsPerSecond: Number(found('hey', text, /Requests\/sec:\s+([\d.]+)/)[1]),
    reportedUs: [quantile(50), quantile(99)],
  }
}

/** wrk2 with `--latency`: ` 50.000%    1.22ms`. @throws Error where it has no such line. */
export function parseWrk2Latencies(text: string): ReportedLatencies {
  const quantile = (percent: number): number => {
    const pattern = new RegExp(`^\\s*${percent}\\.000%\\s+([\\d.]+)(us|ms|s|m)\\b`, 'm')
    const [, value, unit] = found('wrk2', text, pattern)
    return Number(value) * US[unit as keyof typeof US]
  }
  return {
    requestsPerSecond: Number(found('wrk2', text, /^Requests\/sec:\s+([\d.]+)/m)[1]),
    reportedUs: [quantile(50), quantile(99)],
  }
}

function found(program: string, text: string, pattern: RegExp): RegExpExecArray {
  const match = pattern.exec(text)
  if (match === null) throw new Error(`${program} printed nothing like ${String(pattern)}:\n${text}`)
  return match
}
