import { zipfShares } from '../../../../src/statistics/cache-hits.ts'
import { createRandom } from '../../../../src/units/random.ts'

/** Times in s, rates in 1/s. */
export interface CacheSetting {
  readonly rate: number
  readonly objects: number
  readonly zipf: number
  readonly life: number
  readonly room?: number
  readonly edges?: number
  /** A shield between the edges and the origin, from which copies come with the age they have there. */
  readonly shield?: boolean
  /** How long a fetch takes when requests that come meanwhile are not collapsed into it; 0 where they are. */
  readonly uncollapsed?: number
  readonly until: number
}

/** When a copy was asked for at the origin, by object; the least recently used first. */
type Copies = Map<number, number>

/** Plays Poisson requests against empty caches, one by one; when the origin was asked. Shares no formula with what it checks. */
export function simulateCache(setting: CacheSetting, seed = 1): readonly number[] {
  const random = createRandom(seed)
  const draw = drawObject(setting, () => random.uniform())
  const { rate, until, edges = 1 } = setting
  const caches: Copies[] = Array.from({ length: edges }, () => new Map<number, number>())
  const shield: Copies | undefined = setting.shield === true ? new Map<number, number>() : undefined
  const asked: number[] = []
  for (let now = -Math.log(random.uniform()) / rate; now < until; now -= Math.log(random.uniform()) / rate) {
    const object = draw()
    const edge = caches[Math.floor(random.pick() * edges)]!
    const own = use(edge, object, now, setting)
    if (own === 'hit') continue
    const behind = shield === undefined ? 'miss' : use(shield, object, now, setting)
    if (behind !== 'hit') asked.push(now)
    if (own === 'during') continue
    const since = behind === 'hit' ? shield!.get(object)! : now
    keep(edge, object, since, setting)
    if (shield !== undefined && behind === 'miss') keep(shield, object, now, setting)
  }
  return asked
}

/** A number of the fetches between two times. */
export const between = (times: readonly number[], from: number, to: number): number =>
  times.filter(time => time >= from && time < to).length

function use(
  copies: Copies,
  object: number,
  now: number,
  { life, uncollapsed = 0 }: CacheSetting,
): 'hit' | 'miss' | 'during' {
  const since = copies.get(object)
  if (since === undefined || now - since >= life) return 'miss'
  copies.delete(object)
  copies.set(object, since)
  return now - since < uncollapsed ? 'during' : 'hit'
}

function keep(copies: Copies, object: number, since: number, { room = Infinity }: CacheSetting): void {
  copies.delete(object)
  copies.set(object, since)
  if (copies.size > room) copies.delete(copies.keys().next().value!)
}

function drawObject({ objects, zipf }: CacheSetting, uniform: () => number): () => number {
  let total = 0
  const upTo = zipfShares(zipf, objects).map(share => (total += share))
  return () => {
    const drawn = uniform() * total
    let [low, high] = [0, objects - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (upTo[middle]! < drawn) low = middle + 1
      else high = middle
    }
    return low
  }
}
