import { BUCKETS, bucketIndex } from '../result/histogram-layout.ts'
import { ENDINGS } from './outcome.ts'

/**
 * What is counted while a replication goes on, by its parts (`cells`). A request is counted in the cell that it came in, whenever it ends;
 * what concerns time is counted in the cell of its instant. One cell more, the last, takes what came before and after the counted part.
 */
export interface Tally {
  readonly cells: number
  readonly endings: Float64Array
  readonly attempts: Float64Array
  /** Sums over good answers, in seconds: all, and those of backends. */
  readonly responseTime: Float64Array
  readonly backendResponseTime: Float64Array
  readonly backendAnswers: Float64Array
  /** Of the requests of the cell: those that backends were given, and how long these had waited. */
  readonly given: Float64Array
  readonly gatewayWait: Float64Array
  readonly begun: Float64Array
  readonly backendWait: Float64Array
  readonly waited: Float64Array
  /** Within the cell's time: its length, what backends were given, integrals of the queue and of the power used by each backend. */
  readonly seconds: Float64Array
  readonly givenNow: Float64Array
  readonly queueArea: Float64Array
  readonly usedArea: Float64Array
  readonly hits: Uint32Array
  readonly answers: Uint32Array
  /** The cell whose time it is. */
  cell: number
  longestQueue: number
  /** One more ends as `ENDINGS[ending]`. */
  ended(cell: number, ending: number): void
  /** One more good answer: from the cache, or of a backend. */
  hit(cell: number, seconds: number): void
  answered(cell: number, seconds: number): void
  /** The counted time moves on to another cell. */
  enter(cell: number, now: number): void
  queue(length: number, now: number): void
  /** Backend `backend` uses so much power from now on. */
  use(backend: number, power: number, now: number): void
}

/** For one replication over `cells` parts and so many backends. */
export function createTally(cells: number, backends: number, hasCache: boolean): Tally {
  const inQueue = { length: 0, since: 0 }
  const used = new Float64Array(backends)
  const usedSince = new Float64Array(backends)
  const time = { enteredAt: 0 }
  const tally: Tally = {
    ...createColumns(cells, backends, hasCache),
    cells,
    cell: cells,
    longestQueue: 0,
    ended(cell, ending) {
      tally.endings[cell * ENDINGS.length + ending]! += 1
    },
    hit(cell, seconds) {
      tally.responseTime[cell]! += seconds
      tally.hits[cell * BUCKETS + bucketIndex(seconds * 1e6)]! += 1
    },
    answered(cell, seconds) {
      tally.responseTime[cell]! += seconds
      tally.backendResponseTime[cell]! += seconds
      tally.backendAnswers[cell]! += 1
      tally.answers[cell * BUCKETS + bucketIndex(seconds * 1e6)]! += 1
    },
    enter(cell, now) {
      tally.queue(inQueue.length, now)
      for (let backend = 0; backend < backends; backend += 1) tally.use(backend, used[backend]!, now)
      tally.seconds[tally.cell]! += now - time.enteredAt
      time.enteredAt = now
      tally.cell = cell
    },
    queue(length, now) {
      tally.queueArea[tally.cell]! += inQueue.length * (now - inQueue.since)
      inQueue.length = length
      inQueue.since = now
      if (length > tally.longestQueue && tally.cell < cells) tally.longestQueue = length
    },
    use(backend, power, now) {
      tally.usedArea[tally.cell * backends + backend]! += used[backend]! * (now - usedSince[backend]!)
      used[backend] = power
      usedSince[backend] = now
    },
  }
  return tally
}

type Columns = {
  readonly [Name in keyof Tally as Tally[Name] extends Float64Array | Uint32Array ? Name : never]: Tally[Name]
}

function createColumns(cells: number, backends: number, hasCache: boolean): Columns {
  const rows = cells + 1
  const column = (): Float64Array => new Float64Array(rows)
  return {
    endings: new Float64Array(rows * ENDINGS.length),
    attempts: column(),
    responseTime: column(),
    backendResponseTime: column(),
    backendAnswers: column(),
    given: column(),
    gatewayWait: column(),
    begun: column(),
    backendWait: column(),
    waited: column(),
    seconds: column(),
    givenNow: column(),
    queueArea: column(),
    usedArea: new Float64Array(rows * backends),
    hits: new Uint32Array(hasCache ? rows * BUCKETS : 0),
    answers: new Uint32Array(rows * BUCKETS),
  }
}
