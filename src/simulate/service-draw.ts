import type { Counts } from '../result/counts.ts'
import { totalCount } from '../result/counts.ts'
import { highestValueAt, lowestValueAt } from '../result/histogram-layout.ts'
import type { Random } from '../units/random.ts'
import type { ServiceLaw } from './setting.ts'

/** Seconds of service of the next request that this backend is given. */
export type ServiceDraw = (backend: number) => number

/** @throws RangeError where a given law has no more times, or a measured one no counts. */
export function createServiceDraw(law: ServiceLaw, random: Random): ServiceDraw {
  switch (law.kind) {
    case 'exponential': {
      const { mean } = law
      return () => -Math.log(random.uniform()) * mean
    }
    case 'deterministic': {
      const { mean } = law
      return () => mean
    }
    case 'erlang':
      return createErlangDraw(law.mean, law.shape, random)
    case 'measured':
      return createMeasuredDraw(law.timesUs, law.scale, random)
    case 'given':
      return createGivenDraw(law.seconds)
    default:
      return law satisfies never
  }
}

/** One logarithm of the product of the uniforms does for all phases. */
function createErlangDraw(mean: number, shape: number, random: Random): ServiceDraw {
  return () => {
    let product = 1
    for (let phase = 0; phase < shape; phase += 1) product *= random.uniform()
    return (-Math.log(product) * mean) / shape
  }
}

function createGivenDraw(seconds: readonly ArrayLike<number>[]): ServiceDraw {
  const drawn = seconds.map(() => 0)
  return backend => {
    const k = drawn[backend]!
    drawn[backend] = k + 1
    const time = seconds[backend]?.[k]
    if (time === undefined)
      throw new RangeError(`no service time is given for request ${k} of backend ${backend}`)
    return time
  }
}

/**
 * A bucket by its count, by the alias method: two uniforms and one look, however many buckets there are (Walker, ACM TOMS 3(3), 1977; built
 * as in Vose, IEEE TSE 17(9), 1991). Values were rounded down to whole µs, so that a bucket reaches up to one beyond its highest.
 */
function createMeasuredDraw(timesUs: Counts, scale: number, random: Random): ServiceDraw {
  const { indices, counts } = timesUs
  const n = indices.length
  if (n === 0) throw new RangeError('no service times were measured')
  const { alias, keep } = aliasTable(counts, totalCount(timesUs))
  const low = Float64Array.from({ length: n }, (_, i) => lowestValueAt(indices[i]!) * 1e-6 * scale)
  const width = Float64Array.from(
    { length: n },
    (_, i) => (highestValueAt(indices[i]!) + 1 - lowestValueAt(indices[i]!)) * 1e-6 * scale,
  )
  return () => {
    const column = Math.floor(random.pick() * n)
    const bucket = random.pick() < keep[column]! ? column : alias[column]!
    return low[bucket]! + width[bucket]! * random.pick()
  }
}

function aliasTable(counts: ArrayLike<number>, total: number): { alias: Int32Array; keep: Float64Array } {
  const n = counts.length
  const keep = Float64Array.from({ length: n }, (_, i) => (counts[i]! * n) / total)
  const alias = Int32Array.from({ length: n }, (_, i) => i)
  const poor: number[] = []
  const rich: number[] = []
  for (let i = 0; i < n; i += 1) (keep[i]! < 1 ? poor : rich).push(i)
  while (poor.length > 0 && rich.length > 0) {
    const [less, more] = [poor.pop()!, rich.at(-1)!]
    alias[less] = more
    keep[more]! -= 1 - keep[less]!
    if (keep[more]! < 1) poor.push(rich.pop()!)
  }
  // What rounding has left over is whole.
  for (const i of [...poor, ...rich]) keep[i] = 1
  return { alias, keep }
}
