import { PLAIN_WISH, USUAL_GATEWAY } from '../sizing/sizing-wish.ts'
import { CACHE_DEFAULTS } from '../sizing/cdn/cdn-question.ts'
import type { ObjectMix } from '../sizing/cdn/cdn-question.ts'
import type { MeasuredSystem } from '../sizing/measured-system.ts'
import type { CdnWish, SizingWish } from '../sizing/sizing-wish.ts'
import { nearestFix } from '../units/nearest.ts'
import { parseDuration } from '../units/parse.ts'
import type { Problem } from '../units/problem.ts'
import type { Flag } from './command.ts'
import { DURATION } from './size-flags.ts'
import { wholeNumber } from './given-words.ts'
import type { GivenWords } from './given-words.ts'

const CDN = 'A cache before the backends'
const SIMULATION = 'A simulation'

/** What is to be worked out besides, and what a report does not show for it. */
export const WISH_FLAGS: Readonly<Record<string, Flag>> = {
  cdn: { kind: 'switch', does: 'work out what a cache would answer, by what the answers allow', group: CDN },
  objects: {
    kind: 'texts',
    does: 'objects that a request stands for, and their Zipf exponent, e.g. product=10000,0.9 (default: one)',
    group: CDN,
  },
  ttl: {
    kind: 'texts',
    does: 'how long its answers are kept, e.g. product=60s (default: as they say)',
    group: CDN,
  },
  edges: { kind: 'text', does: 'caches that know nothing of one another (default: 1)', group: CDN },
  shield: { kind: 'switch', does: 'they fetch through one more cache', group: CDN },
  'no-collapsing': { kind: 'switch', does: 'they do not wait for a fetch under way', group: CDN },
  'cache-room': { kind: 'text', does: 'objects that each has room for (default: all)', group: CDN },
  simulate: {
    kind: 'switch',
    does: 'simulate the peak with each option: response times, 502, 503, 504',
    group: SIMULATION,
  },
  'gateway-timeout': {
    kind: 'text',
    does: 'when the gateway that there is gives up an answer (default: 60s)',
    group: SIMULATION,
  },
}

const OF_CDN = ['objects', 'ttl', 'edges', 'cache-room']

/** Names of requests are looked up later, when the reports are open. */
export function readWish(words: GivenWords): SizingWish {
  const edges = words.parsed('edges', wholeNumber(1, 10_000, '20')) ?? CACHE_DEFAULTS.edges
  const room = words.parsed('cache-room', wholeNumber(1, 1_000_000_000, '50000')) ?? CACHE_DEFAULTS.room
  const objects = readEach(
    words,
    'objects',
    readObjects,
    'a name and a number of objects',
    'product=10000,0.9',
  )
  const ttls = readEach(words, 'ttl', readTtl, 'a name and a duration', 'product=60s')
  const isAsked =
    words.isOn('cdn') ||
    words.isOn('shield') ||
    words.isOn('no-collapsing') ||
    OF_CDN.some(flag => words.texts(flag).length > 0)
  const cache = { edges, room, shield: words.isOn('shield'), collapsing: !words.isOn('no-collapsing') }
  return { cdn: isAsked ? { cache, objects, ttls } : null, simulate: readSimulation(words) }
}

function readSimulation(words: GivenWords): SizingWish['simulate'] {
  const given = words.parsed('gateway-timeout', DURATION)
  if (words.isOn('simulate')) return { gatewayTimeout: given ?? USUAL_GATEWAY.gatewayTimeout }
  if (words.texts('gateway-timeout').length > 0)
    words.problems.push({
      code: 'size/only-with-simulate',
      message: '--gateway-timeout is for a simulation, and none is to be made',
      fix: 'add --simulate, or leave out --gateway-timeout',
      at: { file: '--gateway-timeout' },
    })
  return PLAIN_WISH.simulate
}

/** `NAME=VALUE`, each name once. A name may hold an equals sign, a value none. */
function readEach<Value>(
  words: GivenWords,
  flag: string,
  read: (text: string) => Value | undefined,
  expected: string,
  example: string,
): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>()
  for (const text of words.texts(flag)) {
    const [, name = '', rest = ''] = /^(.+)=([^=]+)$/.exec(text) ?? []
    const value = read(rest.trim())
    if (name === '' || value === undefined)
      words.problems.push({
        code: 'usage/wrong-value',
        message: `--${flag} is ${JSON.stringify(text)}; it takes ${expected}`,
        fix: `write, for example, --${flag} ${example}`,
        at: { file: `--${flag}` },
      })
    else if (values.has(name))
      words.problems.push({
        code: 'size/named-twice',
        message: `--${flag} speaks twice of ${JSON.stringify(name)}`,
        fix: 'name it once',
        at: { file: `--${flag}` },
      })
    else values.set(name, value)
  }
  return values
}

const MOST_OBJECTS = 1_000_000_000
const MOST_ZIPF = 5

function readObjects(text: string): ObjectMix | undefined {
  const [, count, zipf = '0'] = /^(\d{1,10})(?:,(\d+(?:\.\d+)?))?$/.exec(text) ?? []
  const mix = { count: Number(count), zipf: Number(zipf) }
  return mix.count >= 1 && mix.count <= MOST_OBJECTS && mix.zipf <= MOST_ZIPF ? mix : undefined
}

/** In s. */
function readTtl(text: string): number | undefined {
  const time = parseDuration(text)
  return time === undefined ? undefined : time / 1e9
}

/** Requests that no report has. */
export function unknownRequests(
  { objects, ttls }: CdnWish,
  systems: readonly MeasuredSystem[],
): readonly Problem[] {
  const names = [...new Set(systems.flatMap(({ routes }) => routes.map(({ name }) => name)))]
  if (names.length === 0) return []
  return (
    [
      ['objects', objects],
      ['ttl', ttls],
    ] as const
  ).flatMap(([flag, values]) =>
    [...values.keys()]
      .filter(name => !names.includes(name))
      .map(name => ({
        code: 'size/unknown-request',
        message: `--${flag} speaks of ${JSON.stringify(name)}, and no report has such a request`,
        fix: nearestFix(name, names, 'write one of'),
        at: { file: `--${flag}` },
      })),
  )
}
