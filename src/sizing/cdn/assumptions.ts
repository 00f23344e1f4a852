import { formatShare } from '../../units/format.ts'
import type { Cached } from './cdn-answer.ts'
import type { CdnQuestion } from './cdn-question.ts'

/** What the figures take for granted, in sentences. */
export function assumptions({ routes, cache, fetchTime }: CdnQuestion, cached: readonly Cached[]): string[] {
  const unknown = routes.reduce((sum, { share }, i) => sum + (cached[i]?.kind === 'unknown' ? share : 0), 0)
  const when = (holds: boolean, text: string): string[] => (holds ? [text] : [])
  return [
    'requests for each object come as Poisson arrivals, whatever is asked for besides; objects of a route are of one size',
    'a copy is used until its lifetime is over, counted from the request that fetched it; serving it stale while it is fetched anew (grace) saves waiting and not origin requests',
    ...when(
      unknown > 0,
      `of ${formatShare(unknown)} of the requests no usable head was kept: they count as origin load`,
    ),
    ...when(
      cache.room !== null,
      'the least recently used object gives way; an expired one keeps its room until it is fetched anew or gives way',
    ),
    ...when(
      cache.edges > 1 && !cache.shield,
      `each of the ${cache.edges} caches gets an equal part of the requests for each object`,
    ),
    ...when(
      cache.edges > 1 && cache.shield,
      'the shield says how old its copies are, so that they expire at the edges when they expire there; what edges hold and the shield has no room for is not counted',
    ),
    ...when(
      !cache.collapsing && fetchTime !== null,
      'requests that come during a fetch go to the origin too, which goes on answering in the measured time',
    ),
    ...when(
      !cache.collapsing && fetchTime === null,
      'how long a fetch takes was not measured: requests that come during one are not counted',
    ),
  ]
}
