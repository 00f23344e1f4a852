import type { Report } from '../../src/report/report.ts'

/** A report that is kept. */
export interface GoldenReport {
  /** Of the file, without its ending. */
  readonly name: string
  /** Of the file, in `reports/golden/`; absent: that one itself. */
  readonly folder?: string
  /** What it shows, in words. */
  readonly shows: string
  /** Does it? On a busy machine a run may have been limited by the load generator; then it is made once more. */
  readonly isShown?: (report: Report) => boolean
  /** Of the day on which all of them were made, as they say. */
  readonly hour: number
  /** Sent once the journal has so many lines: its header, windows, and where a search stands. */
  readonly signal?: { readonly name: 'SIGINT' | 'SIGKILL'; readonly afterLines: number }
}

/** A run of the real command against a server of known truth. */
export interface GoldenTrial extends GoldenReport {
  /** `plimsoll lab` with these words, or a server of Node's own that speaks HTTP/2. */
  readonly lab: readonly string[] | 'http2'
  /** A scenario without its target; absent: the lab's bare URL. */
  readonly scenario?: string
  readonly flags?: readonly string[]
  /** File descriptors that the run may have. */
  readonly descriptors?: number
}

export const isMeasured = ({ trust, capacity }: Report): boolean =>
  trust.ok && capacity.knee.bound === 'measured'

/** When it says that it was made: ISO 8601, UTC. */
export const startOf = ({ hour }: GoldenReport): string =>
  new Date(Date.UTC(2026, 0, 5, 0, hour * 60)).toISOString()

/** 8 slots that take 95 ms in the mean of the mix: 84/s. */
const SHOP = ['STOREFRONT', '--set', 'home=60ms', '--set', 'product=120ms', '--set', 'checkout=300ms']

const STOREFRONT: GoldenTrial = {
  name: 'storefront',
  shows: 'a ramp through a knee of 83.3/s with the 502s behind it, a recovery, and two broken promises',
  isShown: report =>
    isMeasured(report) && report.verdict === 'failed' && report.onset['502']?.loadRelated === true,
  lab: SHOP,
  scenario: `
name: storefront launch
stages:
  - { name: warm-up, rate: 20/s, for: 2s, warmup: true }
  - { name: ramp, from: 20/s, to: 200/s, for: 15s }
  - { name: recovery, rate: 20/s, for: 4s }
deadline: 3s
requests:
  - { name: home, weight: 8, get: / }
  - { name: product, weight: 3, get: /product/42 }
  - { name: checkout, weight: 1, post: /checkout, json: { sku: 42 } }
promises:
  - p99 < 3s up to 60/s
  - p50 < 10ms up to 60/s
  - knee > 120/s
`,
  hour: 0,
}

const SEARCHED = {
  lab: ['MM1K', '--set', 'rate=60', '--set', 'limit=20'],
  flags: ['--from', '10/s', '--to', '300/s', '--precision', '15%', '--budget', '45s'],
} as const

const SEARCH: GoldenTrial = {
  ...SEARCHED,
  name: 'search',
  shows: 'the search of a bare URL for a knee of 60/s, which its budget ends before it is done',
  isShown: report => isMeasured(report) && report.search?.complete === false,
  hour: 1,
}

const CUT_OFF: GoldenTrial = {
  ...SEARCHED,
  name: 'cut-off',
  shows: 'the journal of such a search that was killed',
  signal: { name: 'SIGKILL', afterLines: 14 },
  hour: 2,
}

const CLOSED: GoldenTrial = {
  name: 'closed',
  shows: 'a closed model: throughput levels off at 100/s',
  isShown: ({ trust, saturation }) => trust.ok && saturation?.levelsOffAt === 2,
  lab: ['D1', '--set', 'service=10ms'],
  scenario: `
name: closed probe
model: closed
connections: [1, 2, 4]
for: 3s
requests:
  - { name: home, get: / }
promises:
  - errors < 1%
`,
  hour: 3,
}

const HTTP2: GoldenTrial = {
  name: 'http2',
  shows: 'HTTP/2, a knee that is not reached, and a promise that held',
  isShown: ({ verdict }) => verdict === 'passed',
  lab: 'http2',
  scenario: `
name: over http2
http: 2
streams: 10
stages:
  - { name: warm-up, rate: 20/s, for: 1s, warmup: true }
  - { name: hold, rate: 40/s, for: 6s }
requests:
  - { name: home, get: / }
promises:
  - errors < 5%
`,
  hour: 4,
}

const INTERRUPTED: GoldenTrial = {
  ...STOREFRONT,
  name: 'interrupted',
  shows: 'the same as storefront, ended by Ctrl-C',
  isShown: ({ run, trust }) => run.ended.how === 'interrupted' && trust.ok,
  signal: { name: 'SIGINT', afterLines: 8 },
  hour: 5,
}

const UNTRUSTED: GoldenTrial = {
  name: 'untrusted',
  shows: 'a run that cannot be believed: the load generator has no file descriptors left',
  isShown: ({ trust, windows }) =>
    !trust.ok && windows.some(({ neverSentReasons }) => neverSentReasons['client-resources'] !== undefined),
  // So many servers that nobody waits, of 8 s in the mean: 100/s soon keep more connections open than are allowed.
  lab: ['MMC', '--set', 'slots=2000', '--set', 'rate=250'],
  scenario: `
name: out of descriptors
stages:
  - { name: hold, rate: 100/s, for: 8s }
requests:
  - { name: home, get: / }
promises:
  - errors < 5%
`,
  // Starting takes up to 200 of them.
  descriptors: 256,
  hour: 6,
}

export const GOLDEN_TRIALS: readonly GoldenTrial[] = [
  STOREFRONT,
  SEARCH,
  CUT_OFF,
  CLOSED,
  HTTP2,
  INTERRUPTED,
  UNTRUSTED,
]
