import type { PathTime } from './bench.ts'
import { isMet, judge, withUnit } from './row.ts'
import type { FigureRow, Row } from './row.ts'
import { writeNumber, writeTable } from './write-table.ts'

export interface PageFacts {
  /** In sentences. */
  readonly machine: string
  /** Absent when no test needed it. */
  readonly path: PathTime | undefined
  readonly quick: boolean
}

/** All of docs/accuracy.md but what the capacity search adds. */
export function writePage(rows: readonly Row[], facts: PageFacts): string {
  const parts = [
    HEAD,
    summary(rows, facts),
    READING(facts),
    TRUTH,
    '## The table',
    writeTable(rows),
    unmet(rows, facts),
  ]
  return `${parts.join('\n\n')}\n`
}

const HEAD = `# Accuracy: the tool's own error

A load generator that is not itself measured measures nothing. This page lists what plimsoll said beside what was true,
for servers and laws whose truth follows from closed forms. It is written by

\`\`\`text
npm run accuracy                      all of it, about 20 minutes on two cores
npm run accuracy -- --only T4,T6      some tests, printed
npm run accuracy -- --quick           fewer requests, the same tolerances, printed
\`\`\`

which ends with exit code 1 when a row lies outside its tolerance. How well the capacity itself is found stands at the end, where
\`npm run bench:search\` and \`npm run truth\` write it. Nothing on this page is edited by hand.`

function summary(rows: readonly Row[], { machine, quick }: PageFacts): string {
  const met = rows.filter(isMet).length
  const withLag = rows.filter(row => judge(row) === 'yes, with lag').length
  const repeated = new Set(
    rows.filter(({ run }) => run !== undefined && run.attempt > 1).map(({ run }) => run),
  ).size
  const isVoid = (row: Row): boolean => judge(row) === 'void'
  const untrusted = new Set(rows.filter(isVoid).map(({ run }) => run)).size
  const sentences = [
    `**${met} of ${rows.length} rows lie within their tolerance**${withLag > 0 ? `, ${withLag} of them only with the lag that is explained below` : ''}.`,
    ...(quick ? ['This was a quick run, with fewer requests than the tests ask for.'] : []),
    repeated === 0
      ? 'No run had to be repeated.'
      : `${repeated} ${repeated === 1 ? 'run was' : 'runs were'} repeated because the tool itself did not stand by the first.`,
    ...(untrusted > 0 ? [`The tool did not stand by ${untrusted} of them at the third attempt either.`] : []),
  ]
  return `${sentences.join(' ')}\n\n**Measured on:** ${machine}`
}

const READING = ({ path }: PageFacts): string => `## How it is measured

- **The real thing.** T1 to T9, T12 and T13 run the command itself, \`plimsoll run\`, with one worker, against a server of
  the [lab](lab.md) in another process, and read the figures from its report. Nothing is measured by a special build. T10 and
  T11 call the code that schedules and counts directly; there is nothing to send.
- **Virtual time.** The servers compute each departure when a request arrives and answer when it has come, so a slow
  timer delays one answer but never moves a capacity or a queue.
- **Not its own judge.** The closed forms in \`bench/accuracy/closed-forms.ts\` share no code with the analysis or the lab.
- **Repeated only by the tool's own word.** A run that the report calls not trustworthy, or whose response times it calls
  upper bounds because it sent late, is repeated, three times at most; the last column says which run counts. A row that
  lies outside its tolerance is never a reason to repeat.
- **By the draw.** A queue of 60 000 random requests is not the infinite queue of the formula: at 90 % load its p99 scatters by
  9 % from draw to draw. Arrivals and service times come from seeds, so the same draw is also computed in virtual time, without
  sending anything: the difference between that and the closed form is chance, what remains is the measuring. Both are
  shown. The seed of the arrivals is the first, from 1, whose draw lies within a third of each tolerance: chosen before anything is
  sent, on the truth alone.
- **Lag.** Every answer also needs the way there and back through the kernel, the server's own turn and its timer.${pathSentence(path)}
  T4 to T7 allow that median and the run's own mean lateness on top of the tolerance, upwards only and never more than
  0.5 ms together. *Yes, with lag* marks the rows that need it; the error shown is always the whole one.
- **Calm.** Before each run the script waits, a minute at most, for a second in which the machine is three quarters idle.
- **Void.** A run that the tool does not stand by at the third attempt either shows nothing; its rows are *void* and count as not met.`

const pathSentence = (path: PathTime | undefined): string =>
  path === undefined
    ? ''
    : ` A bare
  socket, which shares no code with plimsoll, finds ${writeNumber(path.medianMs)} ms for that at the median and ${writeNumber(path.p99Ms)} ms at p99 (${writeNumber(path.exchanges)}
  exchanges, one at a time).`

const TRUTH = `## Where the true values come from

| test | server | true value |
| --- | --- | --- |
| T1 | M/M/1, µ = 1500/s, Poisson | the sojourn that the server computed for that very request, in the header of its answer. Tolerance: median 0.5 ms, p99 2 ms |
| T2 | answers at once, but stands still for P = 1 s in T = 60 s of even arrivals at 1000/s | waits are uniform on (0, P] for P/T of the requests, so q_p = P − (1 − p)T, mean P²/(2T) |
| T3 | the same, busy for a share ρ otherwise | the backlog is worked off at the slope 1 − ρ: q_p = P − (1 − p)(1 − ρ)T, mean P²/(2(1 − ρ)T), both plus the service time |
| T3b | as T2 | a closed loop of one (autocannon, one connection) sends nothing while it waits: of all its answers a single one is slow. That is coordinated omission |
| T4, T5 | M/M/1, µ = 1000/s | W = 1/(µ − λ), q_p = −ln(1 − p)/(µ − λ) |
| T6 | M/D/1, D = 1 ms | W = D + ρD/(2(1 − ρ)); quantiles of the wait by Franx: P(wait ≤ x) = e^(−λr) Σ Q(k − 1 − j)(λr)^j/j!, j < k, with r = kD − x ≤ D and Q(n) = P(at most n + 1 in the system) |
| T7 | M/M/8, µ = 125/s each | W = C/(cµ − λ) + 1/µ with Erlang's C; quantiles by bisection of P(T > t) |
| T8 | token bucket, r = 300/s, b = 150, λ = 400/s even | first refusal at b/(λ − r), accepted in t: rt + b, refused in the long run: 1 − r/λ |
| T9 | D/1, µ = 500/s | carries 0.97 µ; at 1.03 µ the backlog grows by 0.03 µ per second |
| T10 | none | gaps exponential, counts per second with variance = mean (within 3·√(2/(n − 1))), λT starts; even starts at (k − ½)/λ |
| T11 | none | a value is read back within 0.1 %; adding the counts of several recorders is recording in one |
| T12 | answers at once; three busy loops on the generator's core, as its equals or (generator at the lowest priority) before it | the generator is the limit, so late sends must be told, and no limit of the server be claimed |
| T13 | those of T4 to T7 | L = λW: mean number in flight by the clock = rate times mean response time by request |`

function unmet(rows: readonly Row[], { path }: PageFacts): string {
  const missed = rows.filter(row => !isMet(row))
  if (missed.length === 0)
    return `## What is not met\n\nNothing: every row lies within its tolerance.${BOUNDS}`
  const items = [...voidRuns(missed), ...missed.filter(row => judge(row) === 'no').map(explain)]
  const stalls = missed.some(row => row.kind === 'figure' && row.unit === 'ms') ? stallSentence(path) : ''
  return `## What is not met\n\n${items.join('\n')}${stalls}${BOUNDS}`
}

const BOUNDS = `

## What this page does not show

- One machine, loopback, HTTP/1.1 without TLS, short answers, one worker. A network adds its own time to every row.
- Times are kept in whole microseconds, rounded down; so T11's 0.1 % holds of whole microseconds, and below 1 ms the resolution
  is 1 µs.
- Percentiles are read at the upper edge of their bucket: they err upwards, by 0.1 % at most.`

/** The server is stopped by the same machine: what it computes is right, what arrives late or together is not its doing. */
const stallSentence = (path: PathTime | undefined): string =>
  path === undefined
    ? ''
    : `\n\nTo compare: one in a hundred exchanges of the bare socket took ${writeNumber(path.p99Ms)} ms or more beyond the truth. That is the machine standing
still, for the server or its client; in a queue everybody behind waits for it too.`

/** One line for each run that the tool did not stand by, however many rows came from it. */
function voidRuns(missed: readonly Row[]): string[] {
  const runs = [...new Set(missed.filter(row => judge(row) === 'void').map(({ run }) => run))]
  return runs.map(run => {
    const rows = missed.filter(row => row.run === run)
    return `- **${rows[0]!.test}, ${rows[0]!.what.split(':')[0]}** (${rows.length} rows): the tool did not stand by this run, three times.`
  })
}

const explain = (row: Row): string => `- **${row.test}, ${row.what}**: ${difference(row)}`

function difference(row: Row): string {
  if (row.kind === 'claim') return `expected ${row.expected}, measured ${row.measured}.`
  const amount = (value: number): string => withUnit(writeNumber(value), row.unit)
  const over =
    Math.abs(row.measured - row.expected) - row.tolerance - (row.measured > row.expected ? (row.lag ?? 0) : 0)
  return `off by ${amount(row.measured - row.expected)}, which is ${amount(over)} beyond its tolerance (${row.allowed}${row.lag === undefined ? '' : ' and lag'}).${why(row)}`
}

/** The larger of the known parts of the error. */
function why({ run, drawn, expected, measured }: FigureRow): string {
  const late =
    run === undefined ? '' : ` The generator's own p99 lateness was ${writeNumber(run.latenessP99Us)} µs.`
  if (drawn === undefined) return late
  const byDraw = Math.abs(drawn - expected) > Math.abs(measured - drawn)
  return `${byDraw ? ' More of it comes from the draw than from the measuring.' : ' Most of it comes from the measuring.'}${late}`
}
