import { formatDuration, formatNumber, formatRate, formatShare, formatSize } from '../../units/format.ts'
import type { Derived } from '../server-limits.ts'
import type { ExpectedLoad } from './cdn-answer.ts'
import type { CdnRoute } from './cdn-question.ts'
import type { Caches, OriginLoad, Stream } from './origin-load.ts'
import { cachesAtOrigin } from './origin-load.ts'

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** What is left for the origin in the long run, in requests and in bytes. */
export function expectedLoad(
  routes: readonly CdnRoute[],
  streams: readonly Stream[],
  caches: Caches,
  load: OriginLoad,
): ExpectedLoad {
  const peak = sum(streams.map(({ rps }) => rps))
  const origin = sum(load.originRps)
  const bytes = (rates: readonly number[]): number =>
    sum(rates.map((rps, i) => rps * (routes[i]?.bytesPerAnswer ?? 0)))
  const toUsers = bytes(streams.map(({ rps }) => rps))
  const fromOrigin = bytes(load.originRps)
  const parts = routes.map(({ name }, i) => `${name} ${formatRate(load.originRps[i] ?? 0)}`).join(' + ')
  const hitRatio = saved(origin, peak)
  const byteHitRatio = saved(fromOrigin, toUsers)
  return {
    hitRatio: derived(
      hitRatio,
      `h = 1 − origin/peak = 1 − ${formatRate(origin)} / ${formatRate(peak)} = ${formatShare(hitRatio)}${thinness(hitRatio)}`,
    ),
    originRps: derived(origin, `${parts} = ${formatRate(origin)}`),
    byteHitRatio: derived(
      byteHitRatio,
      `1 − ${formatSize(fromOrigin)}/s / ${formatSize(toUsers)}/s = ${formatShare(byteHitRatio)}`,
    ),
    originBytesPerSecond: derived(
      fromOrigin,
      `Σ origin requests × bytes of an answer = ${formatSize(fromOrigin)}/s`,
    ),
    edgeBytesPerSecond: toUsers,
    characteristicTime: Number.isFinite(load.idle) ? roomTime(load.idle, caches) : null,
  }
}

/** How long `rps` requests for one route are saved from the origin, the formula with its numbers. */
export function routeHits(stream: Stream, originRps: number, caches: Caches, load: OriginLoad): Derived {
  const value = saved(originRps, stream.rps)
  if (stream.ttl === null) return derived(0, `every one of ${formatRate(stream.rps)} goes to the origin`)
  const number = cachesAtOrigin(caches)
  const count = stream.classes.reduce((total, each) => total + each.count, 0)
  const rate = stream.rps / number
  const asked = `${formatRate(originRps)} of ${formatRate(stream.rps)} = ${formatShare(value)} hits`
  const life = formatDuration(stream.ttl * 1e9)
  if (count === 1 && stream.ttl <= load.idle && caches.collapsing)
    return derived(
      value,
      `h = λτ/(1 + λτ) with λ = ${formatRate(rate)}${number > 1 ? ` for each of ${number} caches` : ''}, τ = ${life}: ${asked}`,
    )
  const law =
    stream.ttl <= load.idle ? 'Σ λᵢ/(1 + λᵢτ)' : `Σ λᵢ/M(λᵢ; τ, T), T = ${formatDuration(load.idle * 1e9)},`
  const where = number > 1 ? ` in each of ${number} caches` : ''
  return derived(value, `origin ${law} over ${formatNumber(count)} objects${where}, τ = ${life}: ${asked}`)
}

const saved = (left: number, all: number): number => (all > 0 ? Math.max(0, 1 - left / all) : 0)

/** d ln(origin)/dh = −1/(1 − h): a hit ratio near 1 is a thin support. */
function thinness(hitRatio: number): string {
  if (hitRatio <= 0 || hitRatio >= 0.99) return ''
  return `; one point less is ${formatShare(0.01 / (1 - hitRatio))} more origin load`
}

const roomTime = (idle: number, { room }: Caches): Derived =>
  derived(
    idle,
    `Σ(1 − e^(−λᵢT)) = ${formatNumber(room ?? 0)} objects at T = ${formatDuration(idle * 1e9)}: what nobody asked for in that time has fallen out`,
  )

const derived = (value: number, from: string): Derived => ({ value, from })
